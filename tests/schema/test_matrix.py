"""Every field of every object, every filter and order has a row that says who may: `matrix.txt`.

A row is a place and what it takes: a right; REACH, to be answered about accounts at all; or PUBLIC,
to be signed in. A field that is new has no row, and somebody has to think about it. OWNER behind it
lets owners of accounts read it too.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
)

from graph import ids
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import Viewer
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests.schema.asked import NEEDS, SDL, selection

FILE = Path(__file__).with_name("matrix.txt")
LINES = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
ROWS: dict[str, str] = {place: take for place, take, *_ in LINES}
OWNERS = {place for place, _, *more in LINES if more == ["OWNER"]}
PUBLIC, REACH = "PUBLIC", "REACH"
FILTERS = ("AccountFilter", "ChangeFilter", "IssueFilter", "IsaParticipationFilter")
ORDERS = ("AccountOrder",)
ROOTS = {"query": SDL.query_type, "mutation": SDL.mutation_type}
THINGS = {  # public ones, with the way to each
    "Center": 'center(code: "CEE004")',
    "Discipline": 'discipline(code: "IMPORT_SPECIALIST")',
    "HtsChapter": 'htsChapter(code: "61")',
    "Port": 'port(code: "2704")',
    "Term": "vocabulary(name: TOPIC)",
    "Viewer": "viewer",
}
STRANGER = Viewer("S", "Signed in", ())
BARE = Viewer("B", "Reaches all, may nothing", (), sees_all=True)


def places() -> set[str]:
    """Every field of an object, and every way to filter or order."""
    found = {
        f"{kind.name}.{name}"
        for kind in SDL.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name in kind.fields
    }
    for name in (*FILTERS, *ORDERS):
        kind = SDL.type_map[name]
        assert isinstance(kind, GraphQLInputObjectType | GraphQLEnumType)
        inner = kind.fields if isinstance(kind, GraphQLInputObjectType) else kind.values
        found |= {f"{name}.{each}" for each in inner}
    return found


def test_every_place_has_a_row() -> None:
    assert sorted(places() - set(ROWS)) == []
    assert sorted(set(ROWS) - places()) == []
    assert set(ROWS.values()) <= {PUBLIC, REACH, *Permission}


def test_the_rows_say_what_the_schema_says() -> None:
    guarded = {
        f"{kind}.{name}": right.value
        for (kind, name), right in NEEDS.items()
        if not isinstance(SDL.type_map[kind], GraphQLInterfaceType)
    }
    outputs = {p: take for p, take in ROWS.items() if p.split(".")[0] not in (*FILTERS, *ORDERS)}

    assert {p: take for p, take in outputs.items() if take not in (PUBLIC, REACH)} == guarded


async def codes(context: Context, text: str) -> set[str]:
    """The codes of all errors of an operation."""
    found = await schema.execute(text, context_value=replace(context))
    return {str((error.extensions or {}).get("code")) for error in found.errors or ()}


@pytest.mark.parametrize("word", ROOTS)
async def test_who_is_only_signed_in_gets_public_facts(
    word: str, harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    root = ROOTS[word]
    assert root
    wrong = {}

    for name in root.fields:
        harbor.statements = 0
        text = f"{word} {{ {selection(root.fields, name)} }}"
        found = await codes(Context(harbor, STRANGER, seal, key), text)
        nobody = await codes(Context(harbor, None, seal, key), text)
        public = ROWS[f"{root.name}.{name}"] == PUBLIC
        # What is told without a right is bad input at most, and nothing was asked for it.
        refused = found <= {"FORBIDDEN", "BAD_USER_INPUT"} and bool(found)
        if not nobody <= {"UNAUTHENTICATED", "BAD_USER_INPUT"} or (public and "FORBIDDEN" in found):
            wrong[name] = (found, nobody)
        if not public and (not refused or harbor.statements):
            wrong[name] = (found, nobody)

    assert wrong == {}


@pytest.mark.parametrize("kind", THINGS)
async def test_who_is_only_signed_in_gets_no_more_of_a_public_thing(
    kind: str, harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    fields = SDL.type_map[kind].fields  # type: ignore[attr-defined]
    found = {}

    for name in fields:
        text = f"{{ {THINGS[kind]} {{ {selection(fields, name)} }} }}"
        told = await codes(Context(harbor, STRANGER, seal, key), text)
        assert told <= {"FORBIDDEN"}
        found[name] = PUBLIC if not told else REACH

    rows = {name: ROWS[f"{kind}.{name}"] for name in fields}
    assert found == {name: PUBLIC if take == PUBLIC else REACH for name, take in rows.items()}


async def test_who_reaches_all_and_has_no_right_is_told_what_needs_none(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    assert SDL.query_type
    wrong = {}

    for name in SDL.query_type.fields:
        text = f"{{ {selection(SDL.query_type.fields, name)} }}"
        found = await codes(Context(harbor, BARE, seal, key), text)
        if ("FORBIDDEN" in found) is (ROWS[f"Query.{name}"] in (PUBLIC, REACH)):
            wrong[name] = found

    assert wrong == {}


SAMPLES: dict[str, Any] = {  # values of filters, where a type says too little
    "AccountFilter.anyOf": "[{national: true}]",
    "AccountFilter.not": "{national: true}",
    "AccountFilter.opened": '{from: "2020-01-01"}',
    "AccountFilter.chapters": '["61"]',
    "AccountFilter.origins": '["VN"]',
    "AccountFilter.controlledBy": f'"{ids.encode("Party:O-1")}"',
    "AccountFilter.brokerId": f'"{ids.encode("Account:A-1")}"',
    "AccountFilter.managerIds": f'["{ids.encode("AccountManager:M-1")}"]',
    "AccountFilter.segmentIds": f'["{ids.encode("RiskSegment:SG-1.1")}"]',
    "AccountFilter.flagKinds": '["IPR"]',
    "AccountFilter.centers": '["CEE004"]',
}
CONDITIONS = [place for place in ROWS if place.split(".")[0] in ("AccountFilter", "AccountOrder")]


@pytest.mark.parametrize("right", [None, *sorted({ROWS[c] for c in CONDITIONS} - {REACH})])
async def test_nothing_is_counted_by_what_may_not_be_read(
    right: str | None, harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    """All rights but one, or all: FORBIDDEN whether or not any account matches, and not counted."""
    held = tuple(each for each in Permission if each != right)
    context = Context(harbor, Viewer("V", "V", held, sees_all=True), seal, key)
    wrong = {}

    for place in CONDITIONS:
        found = await codes(
            context, f"{{ accounts({_condition(place)}) {{ totalCount {{ value }} }} }}"
        )
        if ("FORBIDDEN" in found) is not (ROWS[place] == right):
            wrong[place] = found

    assert wrong == {}


def _condition(place: str) -> str:
    kind, name = place.split(".")
    if kind == "AccountOrder":
        return f"orderBy: {name}"
    field = SDL.type_map[kind].fields[name]  # type: ignore[attr-defined]
    if place in SAMPLES:
        return f"filter: {{{name}: {SAMPLES[place]}}}"
    named = get_named_type(field.type)
    value = next(iter(named.values)) if isinstance(named, GraphQLEnumType) else {
        "Boolean": "true", "Score": "0.5", "Decimal": '"1"', "String": '"Harbor"',
    }[named.name]  # fmt: skip
    return f"filter: {{{name}: {f'[{value}]' if '[' in str(field.type) else value}}}"


@pytest.mark.parametrize("right", sorted(Permission))
async def test_a_stream_needs_its_right(
    right: Permission, harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    assert SDL.subscription_type
    for name in SDL.subscription_type.fields:
        viewer = Viewer("V", "V", (right,), sees_all=True)
        text = f"subscription {{ {selection(SDL.subscription_type.fields, name)} }}"
        source = await schema.stream(text, context_value=Context(harbor, viewer, seal, key))
        first: Any = await anext(source)
        await source.aclose()
        told = {str((error.extensions or {}).get("code")) for error in first.errors or ()}
        needed = ROWS[f"Subscription.{name}"]
        assert ("FORBIDDEN" in told) is (needed not in (PUBLIC, REACH, right.value)), (name, told)
