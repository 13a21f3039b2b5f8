"""Mutated bodies: whatever arrives, it is no fault of ours, and the server answers afterwards.

FUZZ_BODIES says how many (300); FUZZ_SEED starts them from where a failure was seen.
"""

import json
import os
import random

import httpx2

from tests.transport.serving import Running

BODIES = int(os.environ.get("FUZZ_BODIES", "300"))
SEED = int(os.environ.get("FUZZ_SEED", "1997"))
JSON = {"content-type": "application/json", "authorization": "Bearer Ada"}
WHOLE = [
    {"query": "{ caller }"},
    {"query": "query A($n: Int = 3) { people(first: $n) { edges { node { name } } } }"},
    {"query": "query A($i: [ID!]!) { nodes(ids: $i) { id } }", "variables": {"i": ["a"]}},
    {"documentId": "sha256:" + "0" * 64, "variables": {}, "operationName": "A"},
    {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}},
    {"query": "query A { caller } query B { seen }", "operationName": "B"},
]
PIECES = [b"null", b"[]", b"{}", b'"', b"\\", b"$", b"...", b"@include(if: 1)", b"\xff", b"1e999"]


def mutated(chance: random.Random) -> bytes:
    """One of the whole bodies with some bytes gone, doubled, or others put in."""
    body = json.dumps(chance.choice(WHOLE)).encode()
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(body) + 1)
        end = min(len(body), start + chance.randint(0, 12))
        put = chance.choice([b"", body[start:end] * 2, chance.choice(PIECES), chance.randbytes(2)])
        body = body[:start] + put + body[end:]
    return body


async def test_mutated_bodies_are_never_our_fault(
    toy_server: Running, client: httpx2.AsyncClient
) -> None:
    chance = random.Random(SEED)
    faults = []

    for _ in range(BODIES):
        body = mutated(chance)
        answer = await client.post("/graphql", content=body, headers=JSON)
        if answer.status_code >= 500 or b"INTERNAL_" in answer.content:
            faults.append((body, answer.text))

    assert faults == []
    assert (await client.post("/graphql", json=WHOLE[0], headers=JSON)).json() == {
        "data": {"caller": "Ada"}
    }
