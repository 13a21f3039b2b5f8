"""No answer without an entry, whichever way it came, and no value in any entry."""

import asyncio
import base64
import json
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import connect

from graph import ids
from tests.transport.audit.reading import audited, entries, journal, verified
from tests.transport.people import world
from tests.transport.serving import Running
from tests.transport.test_socket import PROTOCOL, ask, closed, dialled, heard, tell
from transport.audit import ACCOUNT, COUNTED, MOST, Act, Audit

EVENTS = {"accept": "text/event-stream"}
CANARY = "219-09-9999"
HIDDEN = "Marigold"


async def post(one: Running, query: str, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as client:
        return await client.post(one.graphql, json={"query": query}, headers=headers)


async def test_each_answer_over_http_has_one_entry(tmp_path: Path) -> None:
    async with audited(tmp_path) as one, httpx2.AsyncClient() as client:
        fine = await post(one, "query Who { caller }", authorization="Bearer Ada")
        await post(one, "{ nothing }")
        await post(one, "{ caller }", authorization="Bearer ?")
        await post(one, "{ broken caller }")
        await post(one, "{ slow(seconds: 1.4) }")
        await client.post(one.graphql, content=b"[]", headers={"content-type": "application/json"})
        await client.get(one.url + "/nowhere")
        await client.get(one.graphql, headers={"host": "elsewhere"}, params={"query": "{ seen }"})
        await client.get(one.graphql, headers={"accept": "text/html"})
        await client.get(one.url + "/health/live")

    found = entries(tmp_path)
    told = [(e["what"], e["code"], e["decision"], e["status"]) for e in found]
    assert told == [
        ("REQUEST", "OK", "ALLOWED", 200),
        ("REQUEST", "GRAPHQL_VALIDATION_FAILED", "NOT_RUN", 200),
        ("REQUEST", "UNAUTHENTICATED", "REFUSED", 401),
        ("REQUEST", "INTERNAL_SERVER_ERROR", "ALLOWED", 200),
        ("REQUEST", "TIMED_OUT", "NOT_RUN", 504),
        ("REQUEST", "BAD_REQUEST", "NOT_RUN", 400),
        ("REQUEST", "HTTP_404", "NOT_RUN", 404),
        ("REQUEST", "HTTP_421", "NOT_RUN", 421),
        ("REQUEST", "OK", "ALLOWED", 200),
    ]
    assert found[0]["caller"] == "Ada"
    assert (found[0]["operation"], found[0]["kind"]) == ("Who", "query")
    assert len(found[0]["document"]) == 64
    assert found[0]["request"] == fine.headers["x-request-id"]
    assert found[0]["address"] == "127.0.0.1"
    assert found[0]["policy"]
    assert verified(tmp_path).fault is None


async def test_the_entry_is_there_before_the_answer(tmp_path: Path) -> None:
    async with audited(tmp_path) as one:
        for count in range(1, 6):
            await post(one, "{ caller }")
            assert len(entries(tmp_path)) == count
        await post(one, "{ caller }", **EVENTS)
        assert len(entries(tmp_path)) == 6


async def test_a_stream_has_an_entry_at_its_start_and_its_end(tmp_path: Path) -> None:
    async with audited(tmp_path) as one, httpx2.AsyncClient() as client:
        asked = {"query": "subscription { told }"}
        async with client.stream("POST", one.graphql, json=asked, headers=EVENTS) as answer:
            lines = answer.aiter_lines()
            while not world.listeners:  # noqa: ASYNC110 - the server tells no other way
                await asyncio.sleep(0.01)
            await post(one, "mutation { tell }")
            await anext(lines)
            started = [e["what"] for e in entries(tmp_path)]
        await post(one, "subscription { short }", **EVENTS)
        await post(one, "{ caller }", **EVENTS)
        await post(one, "{", **EVENTS)

    found = [(e["what"], e["way"], e["code"]) for e in entries(tmp_path)]
    assert started == ["STREAM_START", "REQUEST"]
    assert found.count(("STREAM_START", "sse", "OK")) == 2
    assert sum(what == "STREAM_END" for what, _, _ in found) == 2
    assert ("REQUEST", "sse", "OK") in found
    assert ("REQUEST", "sse", "GRAPHQL_PARSE_FAILED") in found
    assert len(found) == 7


async def test_each_answer_on_a_socket_has_an_entry_before_it(tmp_path: Path) -> None:
    async with audited(tmp_path) as one:
        async with dialled(one, Authorization="Bearer Ada") as socket:
            signed = [(e["what"], e["caller"]) for e in entries(tmp_path)]
            for number, query in enumerate(["query Who { caller }", "{ nothing }"]):
                await ask(socket, query, id=str(number))
                await heard(socket)
                assert len(entries(tmp_path)) == number + 2
                if number == 0:
                    assert (await heard(socket))["type"] == "complete"
            persisted = {"documentId": "sha256:" + "0" * 64}
            await tell(socket, {"type": "subscribe", "id": "9", "payload": persisted})
            await heard(socket)
        async with connect(one.socket, subprotocols=[PROTOCOL]) as wrong:
            payload = {"Authorization": "Bearer ?"}
            await tell(wrong, {"type": "connection_init", "payload": payload})
            assert await closed(wrong) == 4403

    assert signed == [("SIGN_IN", "Ada")]
    found = entries(tmp_path)
    told = sorted((e["what"], e["code"], e.get("decision", "")) for e in found)
    assert ("REQUEST", "OK", "ALLOWED") in told
    assert ("REQUEST", "GRAPHQL_VALIDATION_FAILED", "NOT_RUN") in told
    assert ("REQUEST", "DOCUMENT_NOT_FOUND", "NOT_RUN") in told
    assert ("SOCKET_END", "CLOSED_4403", "REFUSED") in told
    assert sum(what == "SOCKET_END" for what, _, _ in told) == 2
    assert len(told) == 6
    assert next(e for e in found if e.get("operation") == "Who")["caller"] == "Ada"


async def test_a_subscription_on_a_socket_starts_and_ends(tmp_path: Path) -> None:
    async with audited(tmp_path) as one, dialled(one) as socket:
        await ask(socket, "subscription { short }")
        await heard(socket)
        started = [e["what"] for e in entries(tmp_path)]
        await heard(socket)
        await heard(socket)

    assert started[:2] == ["SIGN_IN", "STREAM_START"]
    assert [e["what"] for e in entries(tmp_path)] == [
        "SIGN_IN",
        "STREAM_START",
        "STREAM_END",
        "SOCKET_END",
    ]


async def test_what_a_client_hung_up_on_is_entered_too(tmp_path: Path) -> None:
    async with audited(tmp_path) as one:
        async with dialled(one) as socket:
            await ask(socket, "{ slow(seconds: 0.9) }")
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.1)

    assert ("REQUEST", "NOT_ANSWERED") in [(e["what"], e["code"]) for e in entries(tmp_path)]


@pytest.mark.parametrize("way", [{}, EVENTS])
async def test_no_value_is_in_any_entry(tmp_path: Path, way: dict[str, str]) -> None:
    spelled = base64.urlsafe_b64encode(f"Account:{CANARY}".encode()).decode().rstrip("=")
    queries = [
        ("query($id: ID!) { node(id: $id) { id } }", {"id": CANARY}),
        (f'{{ node(id: "{CANARY}") {{ id }} }}', {}),
        (f'{{ people(after: "{HIDDEN}") {{ edges {{ cursor }} }} }}', {}),
        (f"{{ {HIDDEN} }}", {}),
        (f"query N219099999 {{ {HIDDEN}: caller }}", {}),
        (f"{{ {spelled}: caller }}", {}),
        (f'{{ "{CANARY}" }}', {}),
    ]  # fmt: skip
    headers = {"user-agent": CANARY, "authorization": "Bearer Ada", **way}
    async with audited(tmp_path) as one, httpx2.AsyncClient(headers=headers) as client:
        for query, variables in queries:
            body = {"query": query, "variables": variables}
            await client.post(f"{one.graphql}?number={CANARY}", json=body)
        await client.get(f"{one.url}/{CANARY}")

    assert len(entries(tmp_path)) == len(queries) + 1
    text = json.dumps(entries(tmp_path))
    for value in (CANARY, CANARY.replace("-", ""), HIDDEN, spelled):
        assert value not in text


@pytest.mark.parametrize(
    "key", [b"Account:" + CANARY.encode(), b"Account:219099999", b"Account:\x7f\xff\xff\xff"]
)
async def test_an_id_that_a_client_makes_up_is_not_entered(tmp_path: Path, key: bytes) -> None:
    spelled = base64.urlsafe_b64encode(key).decode().rstrip("=")
    async with audited(tmp_path) as one:
        answer = await post(one, f"{{ {spelled}: broken }}")  # told in the path of its error

    assert answer.json()["errors"][0]["path"] == [spelled]
    [entry] = entries(tmp_path)
    assert entry["accounts"] == []
    assert CANARY not in json.dumps(entry)


@pytest.mark.parametrize("name", ["N219_09_9999", "N219099999", "NMjE5LTA5LTk5OTk_", "Q" * 101])
async def test_the_name_of_an_operation_carries_no_number(tmp_path: Path, name: str) -> None:
    async with audited(tmp_path) as one:
        await post(one, f"query {name} {{ caller }}")
        await post(one, "query Desk2026 { caller }")
        await post(one, "query Top10Accounts { caller }")

    told = [entry.get("operation") for entry in entries(tmp_path)]
    assert told == [None, "Desk2026", "Top10Accounts"]


def test_accounts_are_found_by_their_ids_and_not_by_keys_of_the_answer() -> None:
    spelled = [
        base64.urlsafe_b64encode(f"{kind}:{name}".encode()).decode().rstrip("=")
        for kind in ("Account", "AccountManager", "Party")
        for name in ("A-1", "A-1a2b3c4d5e6f", "x")
    ]
    ids = json.dumps([{"id": one, one: None} for one in spelled], separators=(",", ":")).encode()

    assert [found.decode() for found in ACCOUNT.findall(ids)] == spelled[:3]


def test_a_stream_remembers_no_more_accounts_than_it_counts(tmp_path: Path) -> None:
    over = 50
    with closing(journal(tmp_path)) as open_:
        stream = Act(Audit(open_), "socket")
        stream.begin_stream()
        for number in range(COUNTED + over):
            stream.saw(b'{"id":"%s"}' % ids.encode(f"Account:A-{number}").encode())
        stream.end_stream()

    end = entries(tmp_path)[-1]
    assert (end["accountCount"], end["accountCountAtLeast"]) == (COUNTED, True)
    assert (len(end["accounts"]), end["objects"]) == (MOST, COUNTED + over)
