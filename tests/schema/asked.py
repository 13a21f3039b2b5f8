"""The contract as it is served, and documents that ask for one of its fields."""

from typing import Any

import pytest
from graphql import (
    ExecutionResult,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    build_schema,
    execute,
    get_named_type,
    is_composite_type,
    parse,
)

from graph import ids, policy
from graph.policy import Viewer
from graph.roles import ROLES, Role
from schema import schema
from schema.extensions.executor import PlainExecutor
from schema.extensions.rights import rights_of

SDL = build_schema(schema.as_str())
NEEDS = rights_of(schema._schema).needs


def viewer(roles: tuple[Role, ...]) -> Viewer:
    registered = ROLES[Role.INTEGRATOR].rights if Role.INTEGRATOR in roles else None
    return Viewer("V", "V", **policy.rights(roles, registered))


def argument(kind: Any) -> str:
    """A value for an argument that must be given; it is never looked at."""
    if isinstance(kind, GraphQLNonNull):
        return argument(kind.of_type)
    if isinstance(kind, GraphQLList):
        return f"[{argument(kind.of_type)}]"
    if isinstance(kind, GraphQLInputObjectType):
        wanted = {n: f for n, f in kind.fields.items() if isinstance(f.type, GraphQLNonNull)}
        if kind.is_one_of:
            wanted = dict(list(kind.fields.items())[:1])
        inner = ", ".join(f"{n}: {argument(f.type)}" for n, f in wanted.items())
        return f"{{{inner}}}"
    values = getattr(kind, "values", None)
    if values:
        return str(next(iter(values)))
    return {
        "ID": f'"{ids.encode("Account:A-1")}"',
        "Int": "1",
        "Float": "1",
        "Boolean": "true",
        "Date": '"2026-01-01"',
        "DateTime": '"2026-01-01T00:00:00Z"',
        "Share": "1",
        "Score": "0.5",
        "Decimal": '"1"',
        "Percent": "1",
    }.get(kind.name, '"x"')


def selection(fields: Any, name: str) -> str:
    """A field with what it must be given, and something below it."""
    field = fields[name]
    needed = {n: a for n, a in field.args.items() if isinstance(a.type, GraphQLNonNull)}
    given = ", ".join(f"{n}: {argument(a.type)}" for n, a in needed.items())
    leaf = get_named_type(field.type)
    below = " { __typename }" if is_composite_type(leaf) else ""
    return f"{name}{f'({given})' if given else ''}{below}"


def resolved(
    place: tuple[str, str], root: GraphQLSchema, asking: object, monkeypatch: pytest.MonkeyPatch
) -> tuple[bool, ExecutionResult]:
    """Whether a field is resolved for who is asking, where its type is the root, and the answer."""
    kind: Any = schema._schema.type_map[place[0]]
    calls: list[object] = []

    def resolve(source: object, *_: object, **__: object) -> None:
        calls.append(source)

    with monkeypatch.context() as patch:
        patch.setattr(kind.fields[place[1]], "resolve", resolve)
        text = selection(SDL.type_map[place[0]].fields, place[1])  # type: ignore[attr-defined]
        found = execute(
            root, parse(f"{{ asked: {text} }}"), object(), asking, executor_class=PlainExecutor
        )
    assert isinstance(found, ExecutionResult)
    return bool(calls), found
