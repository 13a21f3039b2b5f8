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
    get_named_type,
)

from graph import policy
from graph.errors import Forbidden, GraphError
from graph.roles import PART_OF, Part
from graph.terms import Permission
from schema.directives import Needs
from schema.extensions.errors import Refused
from schema.extensions.marked import marked
from schema.extensions.owners import OPEN

Place = tuple[str, str]  # type and field, as GraphQL names them
MONEY = "Money"  # fields of this type are the money of performance
WEIGHED: frozenset[Place] = frozenset(
    {("CenterEvidence", "valueShare"), ("CenterExplanation", "byValue")}
)
"""Fields that tell of money without being any."""
FENCED = "This field is not for owners of accounts."
Held = tuple[tuple[Permission, ...], frozenset[Part]]
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
        self.parts: Mapping[Place, Part] = dict.fromkeys(_money(schema), Part.MONEY)
        self.fenced: frozenset[Place] = frozenset(_places(schema)) - OPEN  # not for owners
        self._known: dict[Held, frozenset[Place]] = {}
        self._beyond: dict[frozenset[Place], frozenset[Place]] = {}  # few: owners' rights are alike

    def withheld(
        self, permissions: tuple[Permission, ...], lacks: frozenset[Part] = frozenset()
    ) -> frozenset[Place]:
        """The fields that need another permission than these; the same object each time.

        Also those that need a part of one which the caller lacks.
        """
        held = permissions, lacks
        if held not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            found = {place for place, needed in self.needs.items() if needed not in permissions}
            found |= {place for place, part in self.parts.items() if part in lacks}
            self._known[held] = frozenset(found)
        return self._known[held]

    def beyond(self, withheld: frozenset[Place]) -> frozenset[Place]:
        """These, and all that is not for owners; the same object each time."""
        if withheld not in self._beyond:
            self._beyond[withheld] = withheld | self.fenced
        return self._beyond[withheld]


_rights: "WeakKeyDictionary[GraphQLSchema, Rights]" = WeakKeyDictionary()


def rights_of(schema: GraphQLSchema) -> Rights:
    """The rights of a schema, read off it once."""
    if schema not in _rights:
        _rights[schema] = Rights(schema)
    return _rights[schema]


def withheld(schema: GraphQLSchema, context: Any) -> frozenset[Place]:
    """The fields that the caller has no right to; none for who has every right."""
    rights = rights_of(schema)
    viewer = getattr(context, "viewer", None)
    if viewer is not None and getattr(viewer, "owner", False):
        return rights.beyond(rights.withheld(viewer.permissions, viewer.lacks))
    if not rights.needs:
        return frozenset()
    return rights.withheld(viewer.permissions, viewer.lacks) if viewer else rights.withheld(())


def refuse(schema: GraphQLSchema, context: Any, place: Place) -> None:
    """Raises why the caller may not read this field: Unauthenticated or Forbidden."""
    rights = rights_of(schema)
    if context.viewer and context.viewer.owner and place in rights.fenced:
        raise Forbidden(FENCED)
    if place in rights.needs:
        policy.reaching(context.viewer, rights.needs[place])
    if part := rights.parts.get(place):
        policy.reaching(context.viewer, PART_OF[part], part)


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


def _places(schema: GraphQLSchema) -> Iterable[Place]:
    """Every field of an object, but those of introspection."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            yield from ((kind.name, name) for name in kind.fields)


def _money(schema: GraphQLSchema) -> set[Place]:
    """The fields whose answer is an amount of money, or is weighed by one."""
    kinds = [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLObjectType)]
    found = {
        (kind.name, name)
        for kind in kinds
        for name, field in kind.fields.items()
        if get_named_type(field.type).name == MONEY
    }
    return found | {(kind.name, name) for kind in kinds for name in kind.fields} & WEIGHED


def _needed(field: GraphQLField) -> Permission | None:
    found = marked(field, Needs)
    return None if found is None else found.permission
