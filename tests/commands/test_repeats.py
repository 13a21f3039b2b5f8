"""A command that is repeated under its key: one effect, one answer, for its caller only."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.paging import Seal
from graph.policy import Viewer
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema

SEED = 20261126
SAVE = """mutation ($input: PartyInput!) { saveParty(input: $input) {
  replayed cursor userErrors { code path } party { id } changes { kind subject { key } }
} }"""
PARTIES = "MATCH (p:Party) WHERE p.name STARTS WITH 'Tally' RETURN p.name AS name ORDER BY name"
Save = Callable[..., Awaitable[dict[str, Any]]]
ANN, BEN = "M-1", "M-2"


@pytest.fixture
def save(harbor: Graph, seal: Seal, key: IdentifierKey) -> Save:
    """What `saveParty` answers a caller."""

    async def saved(caller: str, known: str, name: str) -> dict[str, Any]:
        viewer = Viewer(caller, caller, tuple(Permission), sees_all=True)
        given = {"kind": "ORGANIZATION", "name": name, "idempotencyKey": known}
        context = Context(harbor, viewer, seal, key)
        answer = await schema.execute(SAVE, {"input": given}, context_value=context)
        assert answer.errors is None
        found: dict[str, Any] = (answer.data or {})["saveParty"]
        return found

    return saved


def told(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without the one thing in which a repeat differs."""
    return {name: value for name, value in answer.items() if name != "replayed"}


async def test_each_of_200_repeats_is_answered_as_the_first_time(harbor: Graph, save: Save) -> None:
    chance = random.Random(SEED)
    first = {f"K-{n}": await save(ANN, f"K-{n}", f"Tally {n}") for n in range(20)}
    before = await digest(harbor)

    for _ in range(200):
        known = chance.choice(list(first))
        if chance.random() < 0.5:
            again = await save(ANN, known, f"Tally {known[2:]}")
            assert again["replayed"]
            assert told(again) == told(first[known])
        else:
            other = await save(ANN, known, "Tally of another")
            codes = [(error["code"], error["path"]) for error in other["userErrors"]]
            assert codes == [("IDEMPOTENCY_KEY_REUSED", ["input", "idempotencyKey"])]
            assert (other["party"], other["changes"]) == (None, [])

    assert not any(answer["replayed"] for answer in first.values())
    assert await digest(harbor) == before


async def test_ten_at_once_have_one_effect(harbor: Graph, save: Save) -> None:
    for turn in range(10):
        answers = await asyncio.gather(
            *(save(ANN, f"K-{turn}", f"Tally {turn}") for _ in range(10))
        )

        assert sorted(answer["replayed"] for answer in answers) == [False, *[True] * 9]
        assert all(told(answer) == told(answers[0]) for answer in answers)
        assert answers[0]["userErrors"] == []
    found = await harbor.schema(PARTIES)
    assert [row["name"] for row in found] == [f"Tally {turn}" for turn in range(10)]


async def test_a_key_is_its_callers_own(harbor: Graph, save: Save) -> None:
    ann = await save(ANN, "K-1", "Tally of Ann")
    ben = await save(BEN, "K-1", "Tally of Ben")
    again = [await save(ANN, "K-1", "Tally of Ann"), await save(BEN, "K-1", "Tally of Ben")]

    assert (ann["replayed"], ben["replayed"]) == (False, False)
    assert ann["party"] != ben["party"]
    assert [told(answer) for answer in again] == [told(ann), told(ben)]
    found = await harbor.schema(PARTIES)
    assert [row["name"] for row in found] == ["Tally of Ann", "Tally of Ben"]
