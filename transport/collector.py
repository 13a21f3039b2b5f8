"""Checkpoints of the audit sent out of the machine: to a collector, by OTLP over HTTP.

The libraries are imported only where there is a collector. They send from a thread of their own;
what cannot be sent is dropped, and the next checkpoint speaks for all before it.
"""

from time import time_ns
from typing import Any

PATH = "/v1/logs"
SECONDS = 5.0  # for one attempt, and for the last one when the server stops
SOON = 200  # milliseconds until what is told is sent


class Collector:
    """Where checkpoints are told; they hold an instance, a number and a hash."""

    def __init__(self, endpoint: str) -> None:
        """Send to this address; further settings are those of OpenTelemetry's exporters."""
        import requests
        from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
        from opentelemetry.sdk._logs import LoggerProvider
        from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
        from opentelemetry.sdk.resources import Resource

        session = requests.Session()
        session.trust_env = False  # no proxy, no password that the environment names
        sending = OTLPLogExporter(endpoint.rstrip("/") + PATH, timeout=SECONDS, session=session)
        # Nothing of the process: its arguments and folders are nobody's business.
        self._provider = LoggerProvider(
            Resource({"service.name": "account-graph"}), shutdown_on_exit=False
        )
        self._provider.add_log_record_processor(
            BatchLogRecordProcessor(sending, schedule_delay_millis=SOON)
        )
        self._logger = self._provider.get_logger("transport.audit")

    def tell(self, checkpoint: dict[str, Any]) -> None:
        """Send it soon."""
        from opentelemetry._logs import LogRecord, SeverityNumber

        self._logger.emit(
            LogRecord(
                timestamp=time_ns(),
                severity_number=SeverityNumber.INFO,
                body="audit",
                attributes=checkpoint,
            )
        )

    def close(self) -> None:
        """Send what waits, if that can be."""
        self._provider.shutdown()
