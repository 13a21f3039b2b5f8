"""Owners of accounts at a real server: let in, registered, and let in no longer."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.cli.product import Serving, run
from tests.processes import ROOT, served
from transport.trusted import document_id

ACCOUNTS = """id,kind,name,status,opened_on,importer_numbers
A-1,IMPORTER,Harbor Imports,ACTIVE,2020-01-01,98-7654321AA
A-2,IMPORTER,Anchor Imports,ACTIVE,2020-01-01,98-7654322AA
"""
FOLDER = ROOT / "docs" / "trade-owner"
TEXT = (FOLDER / "accounts.graphql").read_text(encoding="utf-8")
OTHER = "query OwnAccounts { accounts { nodes { name } } }"
EVENTS = {"accept": "text/event-stream"}
MINE = {"documentId": document_id(TEXT)}
SUB = f"importer-{secrets.token_hex(4)}"


@pytest.fixture(scope="module", params=["off", "on"])
def environment(
    request: pytest.FixtureRequest, environment: dict[str, str], folder: Path
) -> dict[str, str]:
    """A server of each kind, on a folder of its own."""
    own = {"DATA": str(folder / request.param), "TRADE_OWNERS": str(request.param == "on")}
    return {**environment, **own}


@pytest.fixture(scope="module")
def serving(environment: dict[str, str], folder: Path) -> Iterator[Serving]:
    """A server that answers, if not all of its plans are made yet."""
    server = Serving(environment, folder / "server.log")
    try:
        served(server.process, f"{server.url}/health/live", server.log, 240)
        yield server
    finally:
        server.process.terminate()
        server.process.wait()


@pytest.fixture(scope="module")
def owning(serving: Serving, environment: dict[str, str], folder: Path) -> Serving:
    """A server with two accounts, and a token of an owner."""
    file = folder / "accounts.csv"
    file.write_text(ACCOUNTS, encoding="utf-8")
    assert run(environment, "load", "accounts", str(file)).returncode == 0
    words = ("token", "--role", "TRADE_OWNER", "--as", SUB, "--header")
    serving.headers = {"authorization": run(environment, *words).stdout.strip()}
    return serving


def post(owning: Serving, body: object, **headers: str) -> httpx2.Response:
    return httpx2.post(
        f"{owning.url}/graphql", json=body, headers={**owning.headers, **headers}, timeout=20
    )


def codes(answer: httpx2.Response) -> list[str]:
    return [error["extensions"]["code"] for error in answer.json().get("errors", [])]


def names(owning: Serving) -> list[str] | None:
    """Of the accounts they are told of; None where they are told of none at all."""
    data = post(owning, MINE).json().get("data")
    return data and [each["name"] for each in data["accounts"]["nodes"]]


def until(told: Callable[[], Any], expected: Any) -> None:
    """What a verb changes is in force within five seconds."""
    for _ in range(12):
        if (found := told()) == expected:
            return
        time.sleep(0.5)
    raise AssertionError(f"still {found} after five seconds")


def on(environment: dict[str, str]) -> bool:
    return environment["TRADE_OWNERS"] == "True"


def test_an_owner_is_registered_and_revoked(owning: Serving, environment: dict[str, str]) -> None:
    none = run(environment, "owner", "register", SUB, "--account", "A-9")
    long = run(environment, "owner", "register", SUB, "--account", "A-1", "--for", "400d")
    number = run(environment, "owner", "register", "219-09-9999", "--account", "A-1")
    made = run(environment, "owner", "register", SUB, "--account", "A-1", "--for", "30d")
    listed = run(environment, "owner", "list").stdout

    assert [each.returncode for each in (none, long, number, made)] == [2, 2, 2, 0], made.stderr
    assert "219-09-9999" not in number.stderr
    assert listed.startswith("holds  ")
    assert listed.endswith(f"  A-1  {SUB}\n")
    until(lambda: names(owning), ["Harbor Imports"] if on(environment) else None)
    run(environment, "owner", "register", SUB, "--account", "A-2", "--for", "1d")
    until(lambda: names(owning), ["Anchor Imports"] if on(environment) else None)
    run(environment, "owner", "revoke", SUB)
    until(lambda: names(owning), None)
    assert run(environment, "owner", "list").stdout.startswith("revoked  ")
    assert run(environment, "owner", "revoke", "nobody").returncode == 2


def test_a_registration_ends_by_itself(owning: Serving, environment: dict[str, str]) -> None:
    run(environment, "owner", "register", SUB, "--account", "A-1")
    until(lambda: names(owning), ["Harbor Imports"] if on(environment) else None)

    run(environment, "owner", "register", SUB, "--account", "A-1", "--for", "1s")

    until(lambda: names(owning), None)


@pytest.mark.parametrize("way", [{}, EVENTS], ids=["http", "events"])
@pytest.mark.parametrize("text", [OTHER, TEXT + " ", "{ __schema { types { name } } }", "{"])
def test_other_documents_are_refused_before_they_are_read(
    owning: Serving, environment: dict[str, str], text: str, way: dict[str, str]
) -> None:
    answer = post(owning, {"query": text}, **way)

    if on(environment):
        assert (answer.status_code, codes(answer)) == (403, ["FORBIDDEN"])
        assert "Only trusted documents" in answer.text
    else:
        assert "Only trusted documents" not in answer.text
        assert "Imports" not in answer.text


def test_where_owners_are_not_let_in_they_are_told_so(
    owning: Serving, environment: dict[str, str]
) -> None:
    run(environment, "owner", "register", SUB, "--account", "A-1")
    until(lambda: names(owning), ["Harbor Imports"] if on(environment) else None)

    answer = post(owning, {"query": TEXT})

    if not on(environment):
        assert codes(answer) == ["FORBIDDEN"]
        assert "the role TRADE_OWNER is off here" in answer.text
        assert codes(post(owning, MINE)) == ["DOCUMENT_NOT_FOUND"]
    else:
        assert [each["name"] for each in answer.json()["data"]["accounts"]["nodes"]] == [
            "Harbor Imports"
        ]


def test_sockets_are_no_way_around(owning: Serving, environment: dict[str, str]) -> None:
    run(environment, "owner", "register", SUB, "--account", "A-1")
    until(lambda: names(owning), ["Harbor Imports"] if on(environment) else None)
    url = owning.url.replace("http", "ws") + "/graphql"
    told = {}
    with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        payload = {"Authorization": owning.headers["authorization"]}
        socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(socket.recv())["type"] == "connection_ack"
        for name, asked in (("other", {"query": OTHER}), ("mine", MINE)):
            socket.send(json.dumps({"id": name, "type": "subscribe", "payload": asked}))
            told[name] = json.loads(socket.recv())
            if told[name]["type"] == "next":
                socket.recv()
        if on(environment):
            assert told["mine"]["payload"]["data"]["accounts"]["nodes"][0]["id"]
            run(environment, "owner", "revoke", SUB)
            with pytest.raises(Exception, match="4403"):
                socket.recv(timeout=6)
    assert (
        "Only trusted documents" in str(told["other"])
        if on(environment)
        else "Harbor" not in str(told)
    )
