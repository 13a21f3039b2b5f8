"""What of an operation's selections attributes fill, and how it is read in one loop."""

from contextlib import suppress
from typing import Any, Protocol

from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    TypeNameMetaFieldDef,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList, GroupedFieldSet

from schema.extensions import plain
from schema.extensions.plain import Complete, Fields, Mixed, Odd, Read

APPLIED = {"skip", "include"}  # directives that have done their part when fields are collected

Answer = dict[str, Any]
Abstract = GraphQLInterfaceType | GraphQLUnionType


class Collector(Protocol):
    """The part of an executor that is asked here."""

    schema: GraphQLSchema
    withheld: frozenset[tuple[str, str]]  # fields that the caller may not read, by their type

    def collect_subfields(
        self, return_type: GraphQLObjectType, field_details_list: FieldDetailsList
    ) -> CollectedFields:
        """The fields selected of a type below a field, the same object each time."""


class Selection:
    """The fields of one object type: those that attributes fill, and the rest."""

    def __init__(self, grouped: GroupedFieldSet) -> None:
        """Start with no field; keep what they come from, by whose identity this is found."""
        self.grouped = grouped
        self.blank: Answer = {}  # every field of the answer, in order
        self.plain: list[tuple[str, Read, type, Complete]] = []
        self.rest: GroupedFieldSet = {}

    def read(self, source: Any) -> Answer:
        """The answer but for the rest; raises whatever is in the way."""
        answer = self.blank.copy()
        for name, read, unchanged, complete in self.plain:
            try:
                value = read(source)
                answer[name] = value if type(value) is unchanged else complete(value)
            except Mixed:
                self.leave(name)
                raise
        return answer

    def leave(self, name: str) -> None:
        """Count a field among the rest from now on."""
        self.plain = [field for field in self.plain if field[0] != name]
        rest = {*self.rest, name}
        self.rest = {name: nodes for name, nodes in self.grouped.items() if name in rest}


class Selections:
    """The selections of one operation."""

    def __init__(self, collector: Collector) -> None:
        """Know none yet."""
        self._collector = collector
        self._known: dict[int, Selection] = {}
        self._types: dict[tuple[Abstract, type], GraphQLObjectType | None] = {}

    def of(self, kind: GraphQLObjectType, grouped: GroupedFieldSet) -> Selection:
        """The selection of these fields of a type."""
        known = self._known.get(id(grouped))
        if known is None:
            known = self._known[id(grouped)] = Selection(grouped)
            for name, details in grouped.items():
                self._add(known, kind, name, details)
        return known

    def present(self, kind: GraphQLOutputType, details: FieldDetailsList) -> Complete | None:
        """The completer of values that are not null; None if some field has a resolver."""
        if isinstance(kind, GraphQLLeafType):
            return plain.leaf(kind)
        if isinstance(kind, GraphQLList):
            complete = self._completer(kind.of_type, details)
            return complete and plain.listed(complete)
        if isinstance(kind, GraphQLObjectType):
            return self._object(kind, details)
        assert isinstance(kind, Abstract)
        return self._abstract(kind, details)

    def told(self, kind: Abstract, instances: type) -> GraphQLObjectType | None:
        """The object type that the class of a value tells, as the stock executor would find it."""
        key = kind, instances
        if key not in self._types:
            found = (each for each, record in self._records(kind) if issubclass(instances, record))
            self._types[key] = next(found, None) if plain.plain(instances, marked=True) else None
        return self._types[key]

    def _add(
        self, selection: Selection, kind: GraphQLObjectType, name: str, details: FieldDetailsList
    ) -> None:
        node = details[0].node
        field = self._collector.schema.get_field(kind, node.name.value)
        if field is None:
            return
        selection.blank[name] = None
        if field is TypeNameMetaFieldDef:
            selection.blank[name] = kind.name
            return
        open_to = (kind.name, node.name.value) not in self._collector.withheld
        reader = plain.reader(field) if open_to else None
        if reader and not directed(details) and not any(each.node.arguments for each in details):
            read, only = reader
            complete = self._completer(field.type, details) if _told(only, details) else None
            if complete:
                selection.plain.append((name, read, plain.unchanged(field.type), complete))
                return
        selection.rest[name] = details

    def _completer(self, kind: GraphQLOutputType, details: FieldDetailsList) -> Complete | None:
        if isinstance(kind, GraphQLNonNull):
            return self.present(kind.of_type, details)
        complete = self.present(kind, details)
        return complete and plain.optional(complete)

    def _object(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Complete | None:
        selection, record = self._below(kind, details), plain.record(kind)
        if selection is None or selection.rest or record is None:
            return None
        seen: set[type] = set()

        def complete(value: Any) -> Answer:
            instances = type(value)
            if instances not in seen:
                if not (plain.plain(instances) and issubclass(instances, record)):
                    raise Odd
                seen.add(instances)
            if selection.rest:
                raise Mixed
            return selection.read(value)

        return complete

    def _below(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Selection | None:
        with suppress(Exception):  # it is met again where it is looked for
            found = self._collector.collect_subfields(kind, details)
            if not found.new_defer_usages:
                return self.of(kind, found.grouped_field_set)
        return None

    def _abstract(self, kind: Abstract, details: FieldDetailsList) -> Complete | None:
        known: dict[type, Complete] = {}

        def complete(value: Any) -> Any:
            instances = type(value)
            if instances not in known:
                found = self.told(kind, instances)
                if found is None:
                    raise Odd
                known[instances] = self._object(found, details) or _mixed
            return known[instances](value)

        return complete if self._records(kind) else None

    def _records(self, kind: Abstract) -> list[tuple[GraphQLObjectType, type]]:
        """The types of an interface or union with their records; none if not all have one."""
        if not plain.told_by_class(kind):
            return []
        types = self._collector.schema.get_possible_types(kind)
        records = [(each, plain.record(each)) for each in types if each.is_type_of]
        found = [(each, record) for each, record in records if record]
        return found if len(found) == len(types) else []


def _told(only: Fields, details: FieldDetailsList) -> bool:
    """Whether no field is selected below these but what a value tells."""
    if only is None:
        return True
    sets = [each.node.selection_set for each in details]
    below = [node for found in sets if found for node in found.selections]
    return all(isinstance(node, FieldNode) and node.name.value in only for node in below)


def directed(details: FieldDetailsList) -> bool:
    """Whether a directive waits to be applied to the value of this field."""
    nodes: list[FieldNode] = [each.node for each in details]
    names = {directive.name.value for node in nodes for directive in node.directives or ()}
    return not names <= APPLIED


def _mixed(_value: object) -> Answer:
    raise Mixed
