"""Logs: one line per event, of fields on a list, so that no value slips in."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, Literal

import orjson
import structlog
from structlog.typing import EventDict, Processor

FIELDS = frozenset({
    "event", "level", "timestamp", "logger", "request_id", "method", "route", "status",
    "duration_ms", "way", "kind", "operation", "document", "code", "fault", "fault_code",
    "field", "where", "name", "count", "address", "check", "cost",
    "instance", "sequence", "head",
})  # fmt: skip

# With more digits, or digits here and there, the name of an operation carries something.
NAME = re.compile(r"(?=.{1,100}$)[A-Za-z_]*[0-9]{0,4}[A-Za-z_]*")
OURS = ("graph", "schema", "transport")  # libraries are heard from WARNING on


def configure(form: Literal["json", "console"] = "json", level: int = logging.INFO) -> None:
    """Send our events and those of the libraries to standard error, in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        listed_only,
    ]
    last: Processor = (
        structlog.processors.JSONRenderer(_json)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                without_values,
                structlog.stdlib.ExtraAdder(allow=FIELDS),
                *shared,
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def _json(event: EventDict, **given: Any) -> str:
    return orjson.dumps(event, default=given.get("default")).decode()


def listed_only(_logger: Any, _method: str, event: EventDict) -> Mapping[str, Any]:
    """Drop every field that is not on the list."""
    return {name: value for name, value in event.items() if name in FIELDS or name[0] == "_"}


def without_values(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Of what a library logs keep the words it wrote, and the kind of an exception.

    Behind its first line asyncio writes what it has of a task, its exception with all values too.
    """
    record: logging.LogRecord = event["_record"]
    event["event"] = str(record.msg).partition("\n")[0]
    if record.exc_info and record.exc_info[0]:
        event["fault"] = record.exc_info[0].__name__
        record.exc_info = record.exc_text = None
    event.pop("exc_info", None)
    return event


def speakable(name: str) -> bool:
    """Whether the name that a client gave an operation may be logged and entered."""
    return NAME.fullmatch(name) is not None
