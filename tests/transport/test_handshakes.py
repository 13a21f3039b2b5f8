"""What a socket meets that is refused before its handshake is done: a status, and our words."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.types import Message
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.http11 import Response

from tests.transport.audit.reading import KEY, entries, journal
from tests.transport.audit.test_streams_end import Lost
from tests.transport.serving import Running, running
from tests.transport.test_socket import PROTOCOL
from transport import Audit
from transport.drain import Drain, Refuse

ALWAYS = {
    "cache-control": "no-store",
    "vary": "Accept, Authorization, Cookie",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}


async def refused(one: Running, **headers: str) -> Response:
    """What the handshake was answered with."""
    with pytest.raises(InvalidStatus) as told:
        async with connect(one.socket, subprotocols=[PROTOCOL], additional_headers=headers):
            pass
    return told.value.response


def code(answer: Response) -> Any:
    """The code in the body, which is the same as over HTTP."""
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert len(answer.headers["x-request-id"]) == 16
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.body
    return json.loads(answer.body)["errors"][0]["extensions"]["code"]


async def test_another_host_is_told_that_it_is_none_of_ours(tmp_path: Path) -> None:
    kept = journal(tmp_path)
    async with running(audit=Audit(kept), hosts=("elsewhere",)) as one:
        answer = await refused(one)

    assert (answer.status_code, code(answer)) == (421, "BAD_REQUEST")
    assert [(e["what"], e["code"]) for e in entries(tmp_path)] == [("SOCKET_END", "HTTP_421")]
    kept.close()


async def test_far_too_many_headers_are_told(
    toy_server: Running, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await refused(toy_server, **{f"x-{number}": "y" * 1000 for number in range(17)})

    assert (answer.status_code, code(answer)) == (431, "BAD_REQUEST")
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []  # anybody can do it


async def test_a_server_that_stops_is_tried_again_later() -> None:
    async with running() as one:
        one.served.drain.begin()
        answer = await refused(one)

    assert (answer.status_code, code(answer)) == (503, "UNAVAILABLE")
    assert answer.headers["retry-after"] == "5"


async def test_a_server_whose_audit_is_full_is_tried_again_later(tmp_path: Path) -> None:
    kept = Lost(tmp_path, KEY)
    async with running(audit=Audit(kept)) as one, httpx2.AsyncClient() as client:
        kept.full = True
        await client.get(one.graphql)  # its entry finds out
        answer = await refused(one)

    assert (answer.status_code, code(answer)) == (503, "UNAVAILABLE")
    assert answer.headers["retry-after"] == "5"
    kept.full = False
    kept.close()


@pytest.mark.parametrize("more", [{}, {"extensions": None}])
async def test_a_server_that_cannot_answer_a_handshake_closes_it(more: dict[str, None]) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def nobody(*_: Any) -> Any:
        raise AssertionError

    drain = Drain()
    drain.begin()
    scope: dict[str, Any] = {"type": "websocket", "path": "/graphql", "headers": [], **more}
    await Refuse(nobody, drain)(scope, nobody, send)

    assert sent == [{"type": "websocket.close", "code": 1012}]
