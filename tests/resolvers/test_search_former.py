"""Search at an earlier instant: by what things were called then, not by later names."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from graph import former_names, ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.session import Graph
from tests import worlds
from tests.conftest import EMPTY
from tests.resolvers.conftest import Ask, asking

BEFORE, RENAMED = "2021-06-01T00:00:00Z", datetime(2022, 1, 1, tzinfo=UTC)
AFTER = "2022-06-01T00:00:00Z"
OLD_LEI, NEW_LEI = "5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"
OLD_DUNS, NEW_DUNS = "150483782", "804735132"
SEARCH = """
  query ($text: String!, $kinds: [EntityKind!], $knownAt: DateTime) {
    search(text: $text, kinds: $kinds, moment: {knownAt: $knownAt}) {
      totalCount { value relation } edges { score matched node { label } }
    }
  }
"""


def issue(title: str) -> worlds.NodeRow:
    properties: dict[str, object] = {
        "title": title, "purpose": "ADVICE", "status": "OPEN", "openedOn": worlds.SINCE,
    }  # fmt: skip
    return worlds.NodeRow("Issue", "X-1", ("Issue",), properties)


@pytest.fixture(scope="module")
async def renamed(server: Graph, seal: Seal, key: IdentifierKey) -> AsyncIterator[Ask]:
    """Everything but A-2 and P-1 was given another name in 2022, O-1 other identifiers too."""
    await server.schema(EMPTY)
    first: list[worlds.Row] = [
        worlds.account("A-1", "Copperline Instruments"),
        worlds.account("A-2", "Pelican Instruments"),
        worlds.organization(
            "O-1", "Müller & Söhne GmbH", aliases=["Lantern Trading"], lei=OLD_LEI, duns=OLD_DUNS
        ),
        worlds.person("P-1", "Iris Fenwick"),
        worlds.manager("M-1", "Nora Fairweather"),
        issue("Wrong duty on gloves"),
    ]
    later: list[worlds.Row] = [
        worlds.account("A-1", "Zephyr Gauges"),
        worlds.organization("O-1", "Falkner AG", aliases=["Beacon"], lei=NEW_LEI, duns=NEW_DUNS),
        worlds.manager("M-1", "Nora Quill"),
        issue("Late filing"),
    ]
    assert (await write(server, first, at=worlds.RECORDED)).refused == []
    assert (await write(server, later, at=RENAMED)).refused == []
    yield asking(server, seal, key)
    await server.schema(EMPTY)


async def found(renamed: Ask, text: str, **more: object) -> list[tuple[str, str]]:
    answer: dict[str, Any] = (await renamed(SEARCH, text=text, **more))["search"]
    assert answer["totalCount"] == {"value": len(answer["edges"]), "relation": "EXACT"}
    return [(edge["matched"], edge["node"]["label"]) for edge in answer["edges"]]


COPPERLINE = ("Copperline Instruments", "Copperline Instruments")
PELICAN = ("Pelican Instruments", "Pelican Instruments")
MULLER = "Müller & Söhne GmbH"
OLD = [
    ("copperline instruments", [COPPERLINE]),
    ("instr copp", [COPPERLINE]),
    ("coperlnie", [COPPERLINE]),
    ("instruments", [COPPERLINE, PELICAN]),
    ("copperline widgets", [COPPERLINE]),  # no name has both words
    ("muller sohne", [(MULLER, MULLER)]),
    ("lantern", [("Lantern Trading", MULLER)]),
    ("fairweather", [("Nora Fairweather", "Nora Fairweather")]),
    ("gloves duty", [("Wrong duty on gloves", "Wrong duty on gloves")]),
    (OLD_LEI.lower(), [(OLD_LEI, MULLER)]),
    (OLD_DUNS, [(OLD_DUNS, MULLER)]),
]
NEW = [
    ("zephyr", [("Zephyr Gauges", "Zephyr Gauges")]),
    ("beacon", [("Beacon", "Falkner AG")]),
    ("quill", [("Nora Quill", "Nora Quill")]),
    ("late filing", [("Late filing", "Late filing")]),
    (NEW_LEI, [(NEW_LEI, "Falkner AG")]),
    (NEW_DUNS, [(NEW_DUNS, "Falkner AG")]),
]


@pytest.mark.parametrize(("text", "due"), OLD, ids=[text for text, _ in OLD])
async def test_an_earlier_name_is_found_when_it_was_on_record(
    renamed: Ask, text: str, due: list[tuple[str, str]]
) -> None:
    assert await found(renamed, text, knownAt=BEFORE) == due
    for later in (AFTER, None):
        assert [each for each in await found(renamed, text, knownAt=later) if each != PELICAN] == []


@pytest.mark.parametrize(("text", "due"), NEW, ids=[text for text, _ in NEW])
async def test_a_later_name_is_not_found_before_it_was_on_record(
    renamed: Ask, text: str, due: list[tuple[str, str]]
) -> None:
    assert await found(renamed, text, knownAt=BEFORE) == []
    for later in (AFTER, None):
        assert await found(renamed, text, knownAt=later) == due


async def test_what_kept_its_name_and_what_was_not_there_yet(renamed: Ask) -> None:
    assert await found(renamed, "iris", knownAt=BEFORE) == [("Iris Fenwick", "Iris Fenwick")]
    assert await found(renamed, "copperline", knownAt="2020-06-01T00:00:00Z") == []


async def test_earlier_names_are_narrowed_by_kind(renamed: Ask) -> None:
    for kinds, due in ((["PERSON", "ISSUE"], []), (["IMPORTER_ACCOUNT"], [COPPERLINE])):
        assert await found(renamed, "copperline", kinds=kinds, knownAt=BEFORE) == due


async def test_only_an_earlier_instant_costs_more(renamed: Ask, server: Graph) -> None:
    costs = []
    for known_at in (None, AFTER, BEFORE):
        server.statements = 0
        await found(renamed, "pelican instruments", knownAt=known_at)
        costs.append(server.statements)

    # By name and what it names; whether anything was changed since; what was.
    assert costs == [2, 3, 4]


async def test_of_very_many_changes_the_answer_says_at_least(
    renamed: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(former_names, "DEEP", 1)

    answer = (await renamed(SEARCH, text="copperline", knownAt=BEFORE))["search"]

    assert answer["totalCount"] == {"value": 1, "relation": "AT_LEAST"}


async def test_a_party_is_known_by_the_identifiers_it_had(renamed: Ask) -> None:
    document = """query ($by: PartyLocator!, $knownAt: DateTime) {
      party(by: $by, moment: {knownAt: $knownAt}) { ... on Party { key name } } }"""
    key = ids.encode("Party:O-1")
    then, now = {"key": key, "name": MULLER}, {"key": key, "name": "Falkner AG"}
    cases: list[tuple[str, str, str]] = [
        ("lei", OLD_LEI, NEW_LEI), ("duns", OLD_DUNS, NEW_DUNS),
    ]  # fmt: skip
    for name, old, new in cases:
        told = [
            (await renamed(document, by={name: value}, knownAt=known_at))["party"]
            for known_at in (BEFORE, AFTER, None)
            for value in (old, new)
        ]
        assert told == [then, None, None, now, None, now]
