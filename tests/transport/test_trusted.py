"""Documents known by the hash of their text, and servers and callers that run no others."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.errors import SetupError
from tests.transport.serving import Running, authenticate, generous, running
from tests.transport.test_socket import dialled, heard
from tests.transport.toy import Caller, toy
from transport import Doors, Trusted, document_id, read_manifest
from transport.manifest import manifest
from transport.trusted import Unknown

TEXT = "query Who { caller }"
COUNTED = "query Some($n: Int) { people(first: $n) { edges { node { name } } } }"
TOLD = "subscription Told { told }"
KNOWN = {document_id(text): text for text in (TEXT, COUNTED, TOLD)}
ID = document_id(TEXT)
UNKNOWN = "sha256:" + "0" * 64
PERSISTED = {"persistedQuery": {"version": 1, "sha256Hash": ID.removeprefix("sha256:")}}
NOT_PERSISTED = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
EVENTS = {"accept": "text/event-stream"}


@pytest.fixture(scope="module")
async def known() -> AsyncIterator[Running]:
    """A server that knows documents, and runs any."""
    async with running(doors()) as one:
        yield one


@pytest.fixture(scope="module")
async def only() -> AsyncIterator[Running]:
    """A server on which Bob runs known documents only."""
    async with running(doors(bob=True)) as one:
        yield one


def doors(*, bob: bool = False) -> Doors:
    trusted = Trusted(KNOWN, lambda viewer: bob and viewer is not None and viewer.id == "Bob")
    return Doors(authenticate, allowance=generous, trusted=trusted, init_wait=1.0)


async def post(one: Running, body: Any, name: str = "Bob", **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as client:
        given = {"authorization": f"Bearer {name}", **headers}
        return await client.post(one.graphql, json=body, headers=given)


def codes(answer: httpx2.Response) -> list[str]:
    return [error["extensions"]["code"] for error in answer.json().get("errors", [])]


async def test_a_document_is_run_by_its_id(known: Running) -> None:
    answer = await post(known, {"documentId": ID})
    sized = await post(known, {"documentId": document_id(COUNTED), "variables": {"n": 1}})

    assert answer.json() == {"data": {"caller": "Bob"}}
    assert sized.json()["data"]["people"]["edges"] == [{"node": {"name": "Ada"}}]


async def test_a_document_is_run_by_get_and_as_a_stream(known: Running) -> None:
    async with httpx2.AsyncClient() as client:
        asked = {"documentId": document_id(COUNTED), "variables": '{"n": 1}'}
        found = await client.get(known.graphql, params=asked)
        stream = await client.get(known.graphql, params=asked, headers=EVENTS)

    assert found.json()["data"]["people"]["edges"] == [{"node": {"name": "Ada"}}]
    assert '"people":{"edges":[{"node":{"name":"Ada"}}]}' in stream.text


@pytest.mark.parametrize(
    ("_case", "body", "status", "code"),
    [
        ("unknown", {"documentId": UNKNOWN}, 404, "DOCUMENT_NOT_FOUND"),
        ("long", {"documentId": "x" * 10_000}, 404, "DOCUMENT_NOT_FOUND"),
        ("empty", {"documentId": ""}, 404, "DOCUMENT_NOT_FOUND"),
        ("of Python", {"documentId": "__class__"}, 404, "DOCUMENT_NOT_FOUND"),
        ("a number", {"documentId": 5}, 400, "BAD_REQUEST"),
        ("an object", {"documentId": {}}, 400, "BAD_REQUEST"),
        ("beside a text", {"documentId": ID, "query": TEXT}, 400, "BAD_REQUEST"),
        ("Apollo's, unknown", {"extensions": NOT_PERSISTED}, 200, "PERSISTED_QUERY_NOT_FOUND"),
        ("another's hash", {"query": TEXT, "extensions": NOT_PERSISTED}, 400, "BAD_REQUEST"),
        ("no hash", {"extensions": {"persistedQuery": {"version": 1}}}, 400, "BAD_REQUEST"),
        ("no object", {"extensions": {"persistedQuery": 5}}, 400, "BAD_REQUEST"),
        ("neither", {"documentId": None}, 400, "BAD_REQUEST"),
    ],
)  # fmt: skip
async def test_what_is_not_known_is_refused_with_a_code(
    known: Running, _case: str, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await post(known, body)

    assert (answer.status_code, codes(answer)) == (status, [code])
    assert "data" not in answer.json()


async def test_apollo_s_hash_finds_a_known_document_and_stores_nothing(known: Running) -> None:
    other = {"version": 1, "sha256Hash": document_id("{ seen }").removeprefix("sha256:")}

    found = await post(known, {"extensions": PERSISTED})
    beside = await post(known, {"query": TEXT, "extensions": PERSISTED})
    sent = await post(known, {"query": "{ seen }", "extensions": {"persistedQuery": other}})
    again = await post(known, {"extensions": {"persistedQuery": other}})

    assert found.json() == beside.json() == {"data": {"caller": "Bob"}}
    assert sent.json()["data"]
    assert codes(again) == ["PERSISTED_QUERY_NOT_FOUND"]


async def test_a_server_without_documents_says_that_it_knows_none() -> None:
    async with running() as one:
        answer = await post(one, {"extensions": PERSISTED}, "Ada")
        named = await post(one, {"documentId": ID}, "Ada")

    assert codes(answer) == ["PERSISTED_QUERY_NOT_SUPPORTED"]
    assert (named.status_code, codes(named)) == (404, ["DOCUMENT_NOT_FOUND"])


@pytest.mark.parametrize("way", [{}, EVENTS])
@pytest.mark.parametrize(
    "query", ["{ caller }", TEXT + "\n# x", "{ __schema { queryType { name } } }", "{"]
)
async def test_where_only_trusted_documents_run_other_text_does_not(
    only: Running, query: str, way: dict[str, str]
) -> None:
    refused = await post(only, {"query": query}, "Bob", **way)

    assert refused.status_code == 403
    assert codes(refused) == ["FORBIDDEN"]


async def test_others_run_what_they_like_and_a_known_text_is_known(only: Running) -> None:
    free = await post(only, {"query": "{ caller }"}, "Ada")
    known = await post(only, {"query": TEXT}, "Bob")

    assert free.json() == {"data": {"caller": "Ada"}}
    assert known.json() == {"data": {"caller": "Bob"}}


OWNED = "query Own { caller }"


def test_owners_run_their_documents_and_no_others_whatever_is_known() -> None:
    trusted = Trusted(
        KNOWN,
        lambda _: True,
        {document_id(OWNED): OWNED},
        lambda viewer: getattr(viewer, "id", "") == "Ada",
    )
    ada, bob = Caller("Ada"), Caller("Bob")

    assert trusted.text({"documentId": document_id(OWNED)}) == OWNED
    with pytest.raises(Unknown, match="PersistedQueryNotSupported"):  # to all others as before
        Trusted(owned={document_id(OWNED): OWNED}).text({"extensions": PERSISTED})
    trusted.admit(ada, OWNED)
    trusted.admit(bob, TEXT)
    for viewer, text in ((ada, TEXT), (ada, OWNED + " "), (bob, OWNED), (None, OWNED)):
        with pytest.raises(Unknown, match="Only trusted documents"):
            trusted.admit(viewer, text)


async def test_sockets_are_no_way_around(only: Running) -> None:
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("text", {"query": "{ caller }"}),
        ("unknown", {"documentId": UNKNOWN}),
        ("known", {"documentId": ID}),
        ("apollo", {"extensions": PERSISTED}),
    ]
    found = {}
    async with dialled(only, Authorization="Bearer Bob") as socket:
        for name, payload in bodies:
            await socket.send(json.dumps({"id": name, "type": "subscribe", "payload": payload}))
            found[name] = await heard(socket)
            if found[name]["type"] == "next":
                await heard(socket)

    assert found["text"]["payload"][0]["extensions"] == {"code": "FORBIDDEN"}
    assert found["unknown"]["payload"][0]["extensions"] == {"code": "DOCUMENT_NOT_FOUND"}
    assert found["known"]["payload"]["data"] == {"caller": "Bob"}
    assert found["apollo"]["payload"]["data"] == {"caller": "Bob"}


def test_a_manifest_holds_the_valid_documents_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "who.graphql").write_text(TEXT, encoding="utf-8")
    (tmp_path / "wrong.graphql").write_text("{ nothing }", encoding="utf-8")
    said: list[str] = []

    file = tmp_path / "manifest.json"
    file.write_text(manifest(toy, tmp_path, said.append), encoding="utf-8")

    assert read_manifest(file) == {ID: TEXT}
    assert said == ["wrong.graphql is left out: Cannot query field 'nothing' on type 'Query'."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        ("{", "no JSON"),
        ("[]", "an object"),
        ('{"a": 5}', "an object"),
        (json.dumps({UNKNOWN: TEXT}), "not the hash of its text"),
    ],
)
def test_a_manifest_that_is_wrong_is_refused(
    tmp_path: Path, content: str | None, words: str
) -> None:
    file = tmp_path / "manifest.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")

    with pytest.raises(SetupError, match=words):
        read_manifest(file)
