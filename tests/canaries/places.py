"""Every place of the schema that takes a text, read off it: a new one is there of itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
)

from schema import schema

SDL: GraphQLSchema = build_schema(schema.as_str())
TEXTS = {"String", "ID", "URL", "JSON", "Date", "DateTime", "Decimal"}
"""Scalars that are written as a text; others refuse a text before anything looks at it."""
NOWHERE = {"RedactedNode"}
"""Types that nothing answers with yet."""
Path = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """An argument, or a field somewhere in its input, of a field of a type."""

    parent: str
    field: str
    path: Path
    kind: str

    def __str__(self) -> str:
        """As what is found names it."""
        return f"{self.parent}.{self.field}({'.'.join(self.path)})"

    @property
    def last(self) -> str:
        """The name of what takes the text."""
        return self.path[-1]


def places() -> list[Place]:
    """All of them."""
    return [
        Place(kind.name, name, path, leaf)
        for kind in SDL.type_map.values()
        if isinstance(kind, GraphQLObjectType) and kind.name[:2] != "__"
        if kind.name not in NOWHERE
        for name, field in kind.fields.items()
        for argument, given in field.args.items()
        for path, leaf in _leaves(given.type, (argument,), ())
    ]


def _leaves(kind: Any, path: Path, seen: Path) -> Iterator[tuple[Path, str]]:
    named: Any = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        if named.name not in seen:
            for name, field in named.fields.items():
                yield from _leaves(field.type, (*path, name), (*seen, named.name))
    elif named.name in TEXTS:
        yield path, named.name
