"""Which fields a caller may not read: decided from the schema and their rights, before any data.

The table is made of the `@needs` that the schema prints: what is served is what is enforced.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
)

from graph import policy
from graph.errors import GraphError
from graph.terms import Permission
from schema.directives import Needs
from schema.extensions.errors import Refused
from schema.extensions.marked import marked

Place = tuple[str, str]  # type and field, as GraphQL names them
MOST = 256  # different sets of rights whose answer is kept


class Rights:
    """What each guarded field of a schema needs."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Read the table off the schema."""
        self.needs: Mapping[Place, Permission] = {
            (kind.name, name): permission
            for kind in schema.type_map.values()
            if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
            for name, field in kind.fields.items()
            if (permission := _needed(field))
        }
        self._known: dict[tuple[Permission, ...], frozenset[Place]] = {}

    def withheld(self, permissions: tuple[Permission, ...]) -> frozenset[Place]:
        """The fields that need another permission than these; the same object each time."""
        if permissions not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            found = (place for place, needed in self.needs.items() if needed not in permissions)
            self._known[permissions] = frozenset(found)
        return self._known[permissions]


_rights: "WeakKeyDictionary[GraphQLSchema, Rights]" = WeakKeyDictionary()


def rights_of(schema: GraphQLSchema) -> Rights:
    """The rights of a schema, read off it once."""
    if schema not in _rights:
        _rights[schema] = Rights(schema)
    return _rights[schema]


def withheld(schema: GraphQLSchema, context: Any) -> frozenset[Place]:
    """The guarded fields that the caller has no right to; none for who has every right."""
    rights = rights_of(schema)
    if not rights.needs:
        return frozenset()
    viewer = getattr(context, "viewer", None)
    return rights.withheld(viewer.permissions if viewer else ())


def refuse(schema: GraphQLSchema, context: Any, place: Place) -> None:
    """Raises why the caller may not read this field: Unauthenticated or Forbidden."""
    policy.require(context.viewer, rights_of(schema).needs[place])


def unsubscribed(
    schema: GraphQLSchema, document: DocumentNode | None, name: str | None, context: Any
) -> Refused | None:
    """Why a subscription is not begun: a stream has no place for an error."""
    root = schema.subscription_type
    if document is None or root is None:
        return None
    lacking = withheld(schema, context)
    for field in _root_fields(document, name):
        if (place := (root.name, field)) in lacking:
            try:
                refuse(schema, context, place)
            except GraphError as error:
                return Refused(str(error), error.code)
    return None


def _root_fields(document: DocumentNode, name: str | None) -> Iterable[str]:
    fragments = {
        node.name.value: node.selection_set
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode) and (
            name is None or (node.name and node.name.value == name)
        ):
            yield from _fields(node.selection_set, fragments)


def _fields(selected: SelectionSetNode, fragments: Mapping[str, SelectionSetNode]) -> Iterable[str]:
    for node in selected.selections:
        if isinstance(node, FieldNode):
            yield node.name.value
        elif isinstance(node, FragmentSpreadNode):
            yield from _fields(fragments[node.name.value], fragments)
        else:
            yield from _fields(node.selection_set, fragments)  # type: ignore[attr-defined]


def _needed(field: GraphQLField) -> Permission | None:
    found = marked(field, Needs)
    return None if found is None else found.permission
