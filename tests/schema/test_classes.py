"""The class of what an answer tells, and a row for whatever can be told."""

from typing import Any

import pytest
from graphql import is_composite_type

from graph.classes import CLAIMS, Class
from graph.terms import RelationshipType
from schema import schema
from schema.classes import ACCOUNT, FRAMES, INTERNAL, OF_FIELD, OF_TYPE, PUBLIC

OBJECT = {"id": "x", "label": "y"}


def types() -> set[str]:
    kinds = schema._schema.type_map.items()
    return {name for name, kind in kinds if is_composite_type(kind) and not name.startswith("__")}


def test_every_type_has_one_row_and_every_row_a_type() -> None:
    rows = " ".join((FRAMES, PUBLIC, INTERNAL, ACCOUNT)).split()

    assert sorted(rows) == sorted(types())
    assert set(OF_TYPE) == set(rows)
    for kind, name in OF_FIELD:
        assert name in getattr(schema._schema.type_map[kind], "fields", ())


def test_an_interface_is_as_high_as_its_highest_type() -> None:
    for kind in schema._schema.type_map.values():
        if is_composite_type(kind) and kind.name in OF_TYPE and hasattr(kind, "interfaces"):
            for interface in kind.interfaces:
                if interface.name not in FRAMES.split():
                    assert OF_TYPE[interface.name] >= OF_TYPE[kind.name], kind.name


def test_every_type_of_relationship_has_a_class() -> None:
    assert set(CLAIMS) == set(RelationshipType)


def highest(text: str, answer: dict[str, Any] | None) -> Class | None:
    document = schema.documents.read(text)
    assert not document.errors, document.errors
    return document.telling[None].highest(answer)


@pytest.mark.parametrize(
    ("text", "answer", "found"),
    [
        ("{ centers { code } }", {"centers": [{"code": "CEE001"}]}, "PUBLIC"),
        (
            "{ a: centers { code caseload { __typename } } }",
            {"a": [{"code": "C", "caseload": {"__typename": "Caseload"}}]},
            "INTERNAL",
        ),
        ('{ account(by: {filerCode: "B76"}) { id } }', {"account": {"id": "x"}}, "ACCOUNT"),
        ('{ account(by: {filerCode: "B76"}) { id } }', {"account": None}, None),
        ("{ accounts { nodes { id } } }", {"accounts": {"nodes": []}}, "PUBLIC"),
        (
            "{ accounts { totalCount { value } } }",
            {"accounts": {"totalCount": {"value": 0}}},
            "INTERNAL",
        ),
        ("{ accounts { nodes { id } } }", {"accounts": {"nodes": [{"id": "x"}]}}, "ACCOUNT"),
        ("{ node(id: 1) { id } }", {"node": OBJECT}, "ACCOUNT"),  # it may be anything
        ("{ node(id: 1) { n: __typename id } }", {"node": {"n": "Port", "id": "x"}}, "PUBLIC"),
        (
            "{ node(id: 1) { ...a } } fragment a on Node { ...b }"
            " fragment b on Node { __typename }",
            {"node": {"__typename": "Specialist"}},
            "INTERNAL",
        ),
        (
            "{ node(id: 1) { __typename ... on Organization { risk { score } } } }",
            {"node": {"__typename": "Organization", "risk": {"score": 1}}},
            "ACCOUNT",
        ),
        (
            "{ node(id: 1) { __typename ... on Organization { risk { score } } } }",
            {"node": {"__typename": "Organization", "risk": None}},
            "PUBLIC",
        ),
        ("{ __typename }", {"__typename": "Query"}, None),
    ],
)
def test_the_highest_of_what_is_told_counts(
    text: str, answer: dict[str, Any], found: str | None
) -> None:
    told = highest(text, answer)

    assert (told and told.name) == found


@pytest.mark.parametrize(
    ("type_", "found"), [("OWNS", 2), ("SCOPE_OF", 1), ("FLAGS", 3), (None, 3)]
)
def test_a_relationship_is_of_the_class_of_its_type(type_: str | None, found: int) -> None:
    text = (
        "{ node(id: 1) { __typename ... on Center { relationships { edges { node { %s } } } } } }"
    )
    told = {"type": type_} if type_ else {"version": 1}
    edges = {"edges": [{"node": told}]}
    answer = {"node": {"__typename": "Center", "relationships": edges}}

    assert highest(text % ("type" if type_ else "version"), answer) == found


def test_nothing_is_told_by_nothing() -> None:
    assert highest("{ centers { code } }", None) is None
