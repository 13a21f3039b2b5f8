"""The class of what leaves, told by the entry of each answer and of each stream's end."""

import asyncio
from pathlib import Path

import httpx2

from tests.transport.audit.reading import audited, entries
from tests.transport.people import world

ADA = {"authorization": "Bearer Ada"}
PEOPLE = "{ people { edges { node { name } } } }"  # of a type that has no row: the highest


async def test_each_answer_has_the_class_of_what_it_tells(tmp_path: Path) -> None:
    async with audited(tmp_path) as one, httpx2.AsyncClient(headers=ADA) as client:
        for text in (PEOPLE, "{ caller }", "{ broken }", "{ nothing }"):
            await client.post(one.graphql, json={"query": text})

    assert [entry.get("class") for entry in entries(tmp_path)] == ["ACCOUNT", "PUBLIC", None, None]


async def test_a_stream_has_at_its_end_the_class_of_all_it_told(tmp_path: Path) -> None:
    events = {**ADA, "accept": "text/event-stream"}
    asked = {"query": "subscription { told }"}
    async with (
        audited(tmp_path) as one,
        httpx2.AsyncClient(headers=ADA) as client,
        client.stream("POST", one.graphql, json=asked, headers=events) as answer,
    ):
        while not world.listeners:  # noqa: ASYNC110 - the server tells no other way
            await asyncio.sleep(0.01)
        await client.post(one.graphql, json={"query": "mutation { tell }"})
        async for line in answer.aiter_lines():
            if line.startswith("data"):
                break

    kinds = {entry["what"]: entry.get("class") for entry in entries(tmp_path)}
    assert kinds["STREAM_START"] is None
    assert kinds["STREAM_END"] == "PUBLIC"
