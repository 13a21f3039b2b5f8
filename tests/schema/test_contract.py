"""The served schema beside the contract: the same words, as far as it is built."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    extend_schema,
    get_named_type,
    parse,
    print_ast,
)

from schema import schema
from schema.bounds import BOUNDS

DOCS = Path(__file__).parents[2] / "docs"
ADDED = (DOCS / "contract-additions.graphql").read_text(encoding="utf-8")  # ADR 15
CONTRACT = extend_schema(
    build_schema((DOCS / "contract.graphql").read_text(encoding="utf-8")), parse(ADDED)
)
BUILT = build_schema(schema.as_str())
SPECIFIED = {"String", "Int", "Float", "Boolean", "ID"}
OURS = sorted(n for n in BUILT.type_map if not n.startswith("__") and n not in SPECIFIED)
# What costs less than the contract's point per object: docs/limits.md says why.
CHEAPER = {
    "Comparison.of": "0",
    "Hop.from": "0",
    "Hop.to": "0",
    "ImporterNumberConnection.edges": "0.5",
    "ImporterNumberConnection.nodes": "0.5",
    "Neighborhood.nodes": "0.8",
    "Neighborhood.relationships": "0",
    "NeighborhoodNode.entity": "0",
    "Relationship.from": "0",
    "Relationship.to": "0",
}
HAVING_FIELDS = (GraphQLObjectType, GraphQLInterfaceType)
WHOLE = (GraphQLEnumType, GraphQLUnionType, GraphQLScalarType)  # no part of these is built later


def facts(kind: GraphQLNamedType, more: Mapping[str, str] = {}) -> set[str]:
    """All that a type says, a sentence each; `more` is what some fields say beside."""
    members = _fields(kind, more) if isinstance(kind, HAVING_FIELDS) else _members(kind)
    return {f"{type(kind).__name__}: {_words(kind.description)}", *members}


def _fields(
    kind: GraphQLObjectType | GraphQLInterfaceType, more: Mapping[str, str]
) -> Iterator[str]:
    yield f"implements {sorted(i.name for i in kind.interfaces)}"
    for name, field in kind.fields.items():
        yield from _field(name, field, more.get(name, "") if _walked(field) else "")


def _walked(field: GraphQLField) -> bool:
    """Whether it answers a traversal."""
    return "completeness" in getattr(get_named_type(field.type), "fields", {})


def _members(kind: GraphQLNamedType) -> Iterator[str]:
    match kind:
        case GraphQLInputObjectType():
            yield f"oneOf {kind.is_one_of}"
            for name, field in kind.fields.items():
                yield _argument(name, field)
        case GraphQLEnumType():
            for name, value in kind.values.items():
                yield f"{name}: {_words(value.description)}"
        case GraphQLUnionType():
            yield f"members {sorted(t.name for t in kind.types)}"
        case GraphQLScalarType():
            yield f"specified by {kind.specified_by_url}"


def _field(name: str, field: GraphQLField, more: str) -> Iterator[str]:
    directives = (field.ast_node.directives or ()) if field.ast_node else ()
    needs = [print_ast(d) for d in directives if d.name.value == "needs"]
    yield f"{name}: {field.type} {needs} {_words(f'{field.description} {more}')}"
    for argument, value in field.args.items():
        yield f"{name}({_argument(argument, value)})"


def _argument(name: str, value: GraphQLArgument) -> str:
    default = value.default_value or None  # null, false and none at all are the same here
    return f"{name}: {value.type} = {default} {_words(value.description)}"


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.parametrize("name", OURS)
def test_a_type_says_what_the_contract_says(name: str) -> None:
    ours, theirs = facts(BUILT.type_map[name]), facts(CONTRACT.type_map[name], BOUNDS)

    assert ours - theirs == set()
    assert not isinstance(BUILT.type_map[name], WHOLE) or ours == theirs


def test_the_published_schema_is_current() -> None:
    published = (DOCS / "schema.graphql").read_text(encoding="utf-8")
    assert published.rstrip("\n") == schema.as_str()


def costs(schema: GraphQLSchema) -> dict[str, str]:
    """The price of each field that has one."""
    return {
        f"{kind.name}.{name}": directive.arguments[0].value.value
        for kind in schema.type_map.values()
        if isinstance(kind, HAVING_FIELDS)
        for name, field in kind.fields.items()
        for directive in (field.ast_node.directives or () if field.ast_node else ())
        if directive.name.value == "cost"
    }


def test_fields_cost_what_the_contract_says() -> None:
    ours, theirs = costs(BUILT), costs(CONTRACT)
    built = {
        f"{kind}.{name}" for kind in OURS for name in getattr(BUILT.type_map[kind], "fields", ())
    }

    beyond = {name: cost for name, cost in ours.items() if theirs.get(name) != cost}

    assert {name for name in theirs if name in built} - ours.keys() == set()
    assert {name: cost for name, cost in beyond.items() if not _added(name)} == CHEAPER


def _added(name: str) -> bool:
    """Whether a field is one of the additions, ADR 15."""
    return name.endswith(".effectiveOwnership")


def test_every_walk_names_its_bounds() -> None:
    """`before`, `after` and `counterfactual` are parts of answers that do."""
    files = {"job", "jobs", "jobProgress"}  # of exports: bounded by settings
    unbounded = {"controlledGroup", "risk", "riskReach", "whatIf"}  # these see all there is
    parts = {"after", "before", "counterfactual"}
    walks = {
        name
        for kind in BUILT.type_map.values()
        if isinstance(kind, HAVING_FIELDS)
        for name, field in kind.fields.items()
        if _walked(field)
    }

    assert walks - unbounded - parts - files == set(BOUNDS)
