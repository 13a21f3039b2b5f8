"""Who reaches some accounts is answered as if nothing else were there, but for marks of that."""

import json
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT, Viewer, rights
from graph.reach import Reached, forget, reach
from graph.reference.install import install
from graph.roles import Role
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.conftest import EMPTY
from tests.resolvers.conftest import code
from tests.resolvers.seen_questions import (
    AT,
    OWNERSHIP,
    PART,
    PATHS,
    RANKED,
    REACHABLE,
    RISK,
    SUFFIX,
    WHAT_IF,
)
from tests.seen_worlds import VIEWER, WALKS, redacted, seen_of, unmarked, world

WORLDS = 9
VIEWERS = {
    "manager": Viewer(VIEWER, "R. Alder", **rights([Role.ACCOUNT_MANAGER])),
    "auditor": Viewer("A-1", "T. Cedar", **rights([Role.AUDITOR])),
    "service": Viewer(
        "S-1", "Ledger", **rights([Role.INTEGRATOR], frozenset({Permission.READ_RISK}))
    ),
}
NEEDS = {
    RISK: {Permission.READ_RISK},
    OWNERSHIP: {Permission.READ_OWNERSHIP},
    RANKED: {Permission.READ_RISK},
    WHAT_IF: {Permission.READ_RISK, Permission.READ_OWNERSHIP},
}
Question = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Both:
    """The answers of who reaches some, and those to who reaches all of what these see."""

    questions: list[Question]
    near: list[dict[str, Any]]
    whole: list[dict[str, Any]]
    hidden: frozenset[str]  # what no answer may hold
    beside: bool  # whether things are hidden beside others, or only relationships


@pytest.fixture(
    scope="module", params=[(0, "manager"), (1, "manager"), (2, "auditor"), (3, "service")], ids=str
)
async def both(
    server: Graph, seal: Seal, key: IdentifierKey, request: pytest.FixtureRequest
) -> AsyncIterator[Both]:
    """The same questions about the whole graph, and about what is visible of it."""
    seed, who = request.param
    viewer, chance = VIEWERS[who], random.Random(seed)
    rows = list(_rows(chance, seed, key))
    await _written(server, rows)
    reached = await reach(server, viewer)
    every = list(_questions(chance, rows, reached))
    held = set(viewer.permissions)
    questions = [each for each in every if NEEDS.get(each[0], set()) <= held]
    near = [await _answer(server, seal, key, viewer, each) for each in questions]
    await _written(server, seen_of(rows, reached))
    whole = [await _answer(server, seal, key, DEVELOPMENT, each) for each in questions]
    yield Both(questions, near, whole, _names(rows, reached), not reached.all)
    await server.schema(EMPTY)


def _rows(chance: random.Random, seed: int, key: IdentifierKey) -> Iterator[worlds.Row]:
    yield worlds.manager("M-1", "R. Alder")
    yield worlds.manager("M-2", "S. Birch")
    for n in range(WORLDS):
        yield from world(chance, seed * WORLDS + n + 1, key)


async def _written(graph: Graph, rows: list[worlds.Row]) -> None:
    await graph.schema(EMPTY)
    await install(graph, worlds.RECORDED)
    outcome = await write(graph, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    forget(graph)


def _names(rows: list[worlds.Row], reached: Reached) -> frozenset[str]:
    """Names and ids of what is hidden."""
    found = set[str]()
    for row in rows:
        if isinstance(row, worlds.NodeRow) and not reached.sees(row.key):
            told = (row.properties.get("name"), row.properties.get("display"))
            found |= {str(each) for each in told if each} | {ids.encode(row.key)}
    return frozenset(found)


def _questions(
    chance: random.Random, rows: list[worlds.Row], reached: Reached
) -> Iterator[Question]:
    """Of each thing that is visible its risk; of some of them walks, scenarios and lists."""
    things = [row.key for row in rows if isinstance(row, worlds.NodeRow) and reached.sees(row.key)]
    kinds = ("Account:", "ImporterNumber:", "Party:")
    subjects = [key for key in things if key.startswith(kinds)]
    for key in chance.sample(subjects, 5 * WORLDS):
        yield RISK, {"id": ids.encode(key + SUFFIX)}
        yield OWNERSHIP, {"id": ids.encode(key + SUFFIX)}
    claims = [row for row in rows if isinstance(row, worlds.ClaimRow)]
    for _ in range(3 * WORLDS):
        start = chance.choice(subjects)
        near = [each for each in subjects if each.split("-")[1:2] == start.split("-")[1:2]]
        end = chance.choice([each for each in near if each != start])
        walk = chance.choice(WALKS)
        yield PATHS, {"from": ids.encode(start), "to": ids.encode(end), "walk": walk}
        yield REACHABLE, {"from": [ids.encode(start)], "walk": walk}
        yield PART, {"around": [ids.encode(start), ids.encode(end)], "walk": walk}
    owned = [row.end for row in claims if row.type == "OWNS"]
    for _ in range(WORLDS):
        imagined = {
            "type": "OWNS", "fromId": ids.encode(chance.choice(owned)),
            "toId": ids.encode(chance.choice(owned)), "share": {"min": 5, "max": 5},
        }  # fmt: skip
        raised = {
            "subjectId": ids.encode(chance.choice(subjects)), "kind": "PENALTY", "severity": 0.7,
        }  # fmt: skip
        if imagined["fromId"] != imagined["toId"]:
            yield WHAT_IF, {"scenario": {"record": [imagined], "raise": [raised]}}
    hidden = [row.key for row in rows if isinstance(row, worlds.NodeRow) and row.key not in things]
    for key in chance.sample(sorted(hidden), min(WORLDS, len(hidden))):
        yield RISK, {"id": ids.encode(key + SUFFIX)}
        yield PATHS, {"from": ids.encode(key), "to": ids.encode(subjects[0]), "walk": {}}
        yield PART, {"around": [ids.encode(key)], "walk": {}}
        yield REACHABLE, {"from": [ids.encode(subjects[0])], "walk": {"avoid": [ids.encode(key)]}}
    for filter_ in ({}, {"minRisk": 0.3}, {"ratings": ["HIGH"]}, {"flagKinds": ["PENALTY"]}):
        for order in ("NAME_ASC", "RISK_DESC"):
            yield RANKED, {"filter": filter_, "orderBy": order}


async def _answer(
    graph: Graph, seal: Seal, key: IdentifierKey, viewer: Viewer, question: Question
) -> dict[str, Any]:
    document, variables = question
    context = Context(graph, viewer, seal, key, base="http://localhost")
    moment = {} if document in (RISK, OWNERSHIP) else {"moment": AT}
    found = await schema.execute(document, {**variables, **moment}, context_value=context)
    codes = sorted(code(error) for error in found.errors or ())
    return {"data": found.data, "codes": codes}


def _states(answer: Any) -> Iterator[str]:
    if isinstance(answer, dict):
        if "state" in answer:
            yield answer["state"]
        answer = list(answer.values())
    for each in answer if isinstance(answer, list) else ():
        yield from _states(each)


async def test_answers_are_those_of_a_graph_without_what_is_hidden(both: Both) -> None:
    for question, near, whole in zip(both.questions, both.near, both.whole, strict=True):
        assert unmarked(near) == whole, question
    told = [each for each in both.near if not each["codes"]]
    assert len(told) > 0.8 * len(both.near)


async def test_nothing_hidden_is_named(both: Both) -> None:
    assert len(both.hidden) > 2 * WORLDS or not both.beside
    for question, near in zip(both.questions, both.near, strict=True):
        text = json.dumps(near["data"], ensure_ascii=False)
        assert not [each for each in both.hidden if each in text], question


async def test_what_is_hidden_leaves_marks_and_only_beside_it(both: Both) -> None:
    near, whole = set(_states(both.near)), set(_states(both.whole))

    assert "REDACTED" in near
    assert "COMPLETE" in near or not both.beside
    assert "REDACTED" not in whole
    parts = [(answer["data"] or {}).get("neighborhood") for answer in both.near]
    nodes = [node for part in parts if part for node in part["nodes"]]
    marks = [node for node in nodes if redacted(node)]
    assert bool(marks) is both.beside
    assert len({node["entity"]["key"] for node in marks}) == len(marks)
    assert all(node["hidden"] == [] and node["beside"] for node in marks)
    assert all(node["entity"]["degrees"] is None for node in marks)
    assert all(node["beside"] is None for node in nodes if not redacted(node))
