"""Ids and cursors that are not quite ones: refused by name or not found, never our fault.

MUTATED says how many (10,000); MUTATED_SEED starts them from where a failure was seen.
"""

import base64
import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

import transport
from graph import ids
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT, Viewer
from graph.session import Graph
from resolvers.context import Context
from schema import schema

MUTATED = int(os.environ.get("MUTATED", "10000"))
SEED = int(os.environ.get("MUTATED_SEED", "20261126"))
AT_ONCE = 5  # in a request: of more errors no more would be told
CODES = {"BAD_USER_INPUT", "CURSOR_INVALID", "CURSOR_EXPIRED", "GRAPHQL_VALIDATION_FAILED"}
THINGS = ("Account:A-1", "Party:O-1", "ImporterNumber:N-1", "Center:CEE004", "AccountManager:M-1")
THING = ids.encode("Account:A-1")
PLACES = (
    "node(id: {}) {{ id __typename }}",
    "nodes(ids: [{}]) {{ id __typename }}",
    "account(by: {{id: {}}}) {{ id name }}",
    "party(by: {{id: {}}}) {{ id name }}",
    "accounts(first: 2, after: {}) {{ edges {{ cursor }} }}",
    "accounts(last: 2, before: {}) {{ edges {{ cursor }} }}",
    "parties(first: 2, after: {}) {{ edges {{ cursor }} }}",
    "changes(first: 2, after: {}) {{ edges {{ cursor }} }}",
    "changes(last: 2, before: {}) {{ edges {{ cursor }} }}",
    "search(text: \"harbor\", after: {}) {{ edges {{ cursor }} }}",
    "reachable(from: [{}], first: 2) {{ edges {{ cursor }} }}",
    "comparison(of: {}, from: {{asOf: \"2024-01-01\"}}) {{ __typename }}",
    "accountManager(id: {}) {{ id }}",
    "accounts(first: 1, moment: {{notBefore: {}}}) {{ edges {{ cursor }} }}",
    f'node(id: "{THING}") {{{{ ... on Entity {{{{ relationships(first: 2, after: {{}}) {{{{'
    " edges {{ cursor }} }} }} }}",
)  # fmt: skip
REAL = """{ accounts(first: 2) { edges { cursor } } parties(first: 3) { edges { cursor } }
  changes(first: 3) { edges { cursor node { id relationship { id } } } }
  search(text: "harbor") { edges { cursor } } }"""


async def development(_authorization: str | None, _host: str | None) -> Viewer:
    return DEVELOPMENT


@pytest.fixture
async def client(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> AsyncIterator[httpx2.AsyncClient]:
    def context(_: object, viewer: transport.Viewer | None) -> Context:
        assert isinstance(viewer, Viewer)
        return Context(harbor, viewer, seal, key)

    rich = transport.Allowance(points=1_000_000, restore=1_000_000, at_once=64)
    doors = transport.Doors(development, allowance=lambda _: rich)
    served = transport.routes(schema, context, doors, page=Path("web/dist/graphiql"))
    app = Starlette(routes=served.routes, middleware=served.middleware)
    through = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=through, base_url="http://localhost") as one:
        yield one


async def test_mutated_ids_and_cursors_are_never_our_fault(client: httpx2.AsyncClient) -> None:
    chance = random.Random(SEED)
    real = await given(client)
    codes: Counter[str] = Counter()
    faults = []

    for _ in range(0, MUTATED, AT_ONCE):
        asked = [(chance.choice(PLACES), mutated(chance, real)) for _ in range(AT_ONCE)]
        found = [place.format(json.dumps(text)) for place, text in asked]
        query = " ".join(f"q{number}: {field}" for number, field in enumerate(found))
        answer = await client.post("/graphql", json={"query": f"{{ {query} }}"})
        told = [error["extensions"]["code"] for error in answer.json().get("errors", ())]
        codes.update(told)
        if answer.status_code != 200 or set(told) - CODES:
            faults.append((query, answer.text))

    assert faults == []
    assert codes["BAD_USER_INPUT"] > MUTATED // 10
    assert codes["CURSOR_INVALID"] > MUTATED // 10


async def given(client: httpx2.AsyncClient) -> list[str]:
    """Ids and cursors that are ones, of several kinds and lists."""
    told = (await client.post("/graphql", json={"query": REAL})).json()
    assert "errors" not in told
    found = [*texts(told["data"]), *map(ids.encode, THINGS)]
    found += [ids.encode(f"{thing}@2024-01-01") for thing in THINGS]
    assert len(set(found)) > 15
    return found


def texts(told: Any) -> list[str]:
    if isinstance(told, dict | list):
        inner = told.values() if isinstance(told, dict) else told
        return [text for one in inner for text in texts(one)]
    return [told] if isinstance(told, str) else []


def mutated(chance: random.Random, real: list[str]) -> str:
    """One of the real texts, changed in its letters or in what it spells."""
    text = chance.choice(real)
    for _ in range(chance.randint(0, 3)):
        text = chance.choice(WAYS)(chance, text)
    return text


def letters(chance: random.Random, text: str) -> str:
    """Some letters gone, doubled, or others in their place."""
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.randint(0, 8))
    odd = ["", text[start:end] * 2, "=", "-", "é", "\u0000", "\U0001f6a2", "AAAA", " ", "9" * 40]
    return text[:start] + chance.choice(odd) + text[end:]


def spelled(chance: random.Random, text: str) -> str:
    """What it spells, with some bytes changed."""
    try:
        raw = bytearray(ids.decode_bytes(text))
    except ValueError:
        return text
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(raw) + 1)
        raw[place : place + chance.randint(0, 2)] = chance.choice(
            [b"", chance.randbytes(1), b":", b"@", b"\x00", b"9999-12-31", b"A" * 200]
        )
    return ids.encode_bytes(bytes(raw))


def doubly(_: random.Random, text: str) -> str:
    """Spelled once more."""
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode()


def moment(chance: random.Random, text: str) -> str:
    """An id of some moment, or of what is none."""
    days = ["2024-02-30", "0000-00-00", "2024-01-01", "2024-01-01T00:00:00Z", "10000-01-01", "@"]
    try:
        return ids.encode(f"{ids.decode(text)}@{chance.choice(days)}")
    except ValueError:
        return text


def long(_: random.Random, text: str) -> str:
    return (text * 40)[:4000]


def none(_chance: random.Random, _text: str) -> str:
    return ""


WAYS: list[Callable[[random.Random, str], str]] = [
    *(letters, spelled, spelled, moment),
    *(doubly, long, none),
]
