"""Checkpoints that are sent to a collector outside, by OTLP over HTTP."""

import time
from pathlib import Path
from typing import Any

import httpx2
import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from tests.collecting import receiving
from tests.transport.audit.reading import everything, journal, verified
from tests.transport.serving import running
from transport import Audit, Collector, keeping
from transport.audit_folder import digest, files


def asked(sent: list[tuple[str, bytes]]) -> list[ExportLogsServiceRequest]:
    return [ExportLogsServiceRequest.FromString(body) for _, body in sent]


def told(sent: list[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """The attributes of all records."""
    return [
        {one.key: one.value.string_value or one.value.int_value for one in record.attributes}
        for request in asked(sent)
        for resource in request.resource_logs
        for scope in resource.scope_logs
        for record in scope.log_records
    ]


async def test_each_checkpoint_is_sent_and_tells_that_the_end_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")  # which is not asked
    with receiving() as (address, sent):
        collector = Collector(address + "/")
        audit = Audit(journal(tmp_path, tell=collector.tell), collector)
        direct = httpx2.AsyncClient(trust_env=False)
        async with keeping(audit), running(audit=audit) as one, direct as client:
            for _ in range(3):
                await client.post(one.graphql, json={"query": "{ caller }"})
            audit.journal.checkpoint()
            await client.post(one.graphql, json={"query": "{ caller }"})

    lines = [line for file in files(tmp_path) for line in file.path.read_bytes().splitlines()]
    signed = [e for e in everything(tmp_path) if e["what"] == "CHECKPOINT"]
    assert [path for path, _ in sent] == ["/v1/logs"] * len(sent)
    found = told(sent)
    assert found == [
        {"instance": "server", "sequence": e["sequence"], "head": digest(lines[e["sequence"] - 1])}
        for e in signed
    ]
    assert len(found) == 2
    resource = asked(sent)[0].resource_logs[0].resource
    assert [one.key for one in resource.attributes] == ["service.name"]

    outside = {f"_{found[-1]['sequence']}": found[-1]["head"]}
    assert verified(tmp_path, **outside).fault is None
    [file] = files(tmp_path)
    file.path.write_bytes(b"\n".join(lines[:-2]) + b"\n")
    assert verified(tmp_path).fault is None
    assert verified(tmp_path, **outside).fault


@pytest.mark.parametrize("status", [400, 307])
async def test_a_collector_that_refuses_or_leads_elsewhere_stops_nothing(
    tmp_path: Path, status: int
) -> None:
    with receiving(status) as (address, sent):
        collector = Collector(address)
        audit = Audit(journal(tmp_path, tell=collector.tell), collector)
        async with keeping(audit):
            audit.journal.append({"what": "REQUEST"})

    assert [path for path, _ in sent] == ["/v1/logs"]
    assert verified(tmp_path).fault is None


async def test_a_collector_that_is_away_keeps_nobody_waiting(tmp_path: Path) -> None:
    collector = Collector("http://127.0.0.1:1")
    audit = Audit(journal(tmp_path, tell=collector.tell), collector)
    began = time.monotonic()
    async with keeping(audit):
        for _ in range(100):
            audit.journal.append({"what": "REQUEST"})
            audit.journal.checkpoint()
        wrote = time.monotonic() - began

    assert wrote < 2.0
    assert time.monotonic() - began < 15.0
