"""An executor that reads plain attributes itself, in one loop, and leaves the rest as it was."""

from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLUnionType,
    TypeNameMetaFieldDef,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.extensions import plain
from schema.extensions.plain import Complete, Mixed, Odd

APPLIED = {"skip", "include"}  # directives that have done their part when fields are collected

Answer = dict[str, Any]
Abstract = GraphQLInterfaceType | GraphQLUnionType


class Selection:
    """The fields of one object type: those that attributes fill, and the rest."""

    def __init__(self, grouped: GroupedFieldSet) -> None:
        """Start with no field."""
        self.grouped = grouped
        self.blank: Answer = {}  # every field of the answer, in order
        self.plain: list[tuple[str, str, type, Complete]] = []
        self.rest: GroupedFieldSet = {}

    def read(self, source: Any) -> Answer:
        """The answer but for the rest; raises whatever is in the way."""
        answer = self.blank.copy()
        for name, attribute, unchanged, complete in self.plain:
            value = getattr(source, attribute)
            if type(value) is unchanged:
                answer[name] = value
            else:
                try:
                    answer[name] = complete(value)
                except Mixed:
                    self.leave(name)
                    raise
        return answer

    def leave(self, name: str) -> None:
        """Count a field among the rest from now on."""
        self.plain = [field for field in self.plain if field[0] != name]
        rest = {*self.rest, name}
        self.rest = {name: nodes for name, nodes in self.grouped.items() if name in rest}


class PlainExecutor(StrawberryGraphQLCoreExecutionContext):
    """Answers what the stock executor answers; whatever is odd about an object is left to it."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Start one operation."""
        super().__init__(*args, **settings)
        middleware = self.middleware_manager
        self._stock = bool(middleware and middleware.middlewares)
        self._selections: dict[int, Selection] = {}
        self._types: dict[tuple[Abstract, type], GraphQLObjectType | None] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> Any:
        """Complete the plain fields in one go, and the others one by one."""
        stock = super().execute_fields
        if (
            self._stock or position_context is not None
        ):  # which is there where something is deferred
            return stock(parent_type, source_value, path, grouped_field_set, position_context)
        selection = self._selection(parent_type, grouped_field_set)
        try:
            answer = selection.read(source_value)
        except Mixed:  # the selection has changed
            return self.execute_fields(
                parent_type, source_value, path, grouped_field_set, position_context
            )
        except Exception:  # it is met again, and has its place then
            return stock(parent_type, source_value, path, grouped_field_set, position_context)
        if not selection.rest:
            return answer
        rest = stock(parent_type, source_value, path, selection.rest, position_context)
        if isinstance(rest, dict):
            answer.update(rest)
            return answer
        return _both(answer, rest)

    def _selection(self, kind: GraphQLObjectType, grouped: GroupedFieldSet) -> Selection:
        known = self._selections.get(id(grouped))
        if known is None:
            known = self._selections[id(grouped)] = Selection(grouped)  # which keeps it alive
            for name, details in grouped.items():
                self._add(known, kind, name, details)
        return known

    def _add(
        self, selection: Selection, kind: GraphQLObjectType, name: str, details: FieldDetailsList
    ) -> None:
        field = self.schema.get_field(kind, details[0].node.name.value)
        if field is None:
            return
        selection.blank[name] = None
        if field is TypeNameMetaFieldDef:
            selection.blank[name] = kind.name
            return
        attribute = plain.attribute(field)
        if attribute and not any(_unusual(each.node) for each in details):
            complete = self._completer(field.type, details)
            if complete:
                selection.plain.append((name, attribute, plain.unchanged(field.type), complete))
                return
        selection.rest[name] = details

    def _completer(self, kind: GraphQLOutputType, details: FieldDetailsList) -> Complete | None:
        if isinstance(kind, GraphQLNonNull):
            return self._present(kind.of_type, details)
        complete = self._present(kind, details)
        return complete and plain.optional(complete)

    def _present(self, kind: GraphQLOutputType, details: FieldDetailsList) -> Complete | None:
        if isinstance(kind, GraphQLLeafType):
            return plain.leaf(kind)
        if isinstance(kind, GraphQLList):
            complete = self._completer(kind.of_type, details)
            return complete and plain.listed(complete)
        if isinstance(kind, GraphQLObjectType):
            return self._object(kind, details)
        assert isinstance(kind, Abstract)
        return self._abstract(kind, details)

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
            found = self.collect_subfields(kind, details)
            if not found.new_defer_usages:
                return self._selection(kind, found.grouped_field_set)
        return None

    def _abstract(self, kind: Abstract, details: FieldDetailsList) -> Complete | None:
        known: dict[type, Complete] = {}

        def complete(value: Any) -> Any:
            instances = type(value)
            if instances not in known:
                found = self._told(kind, instances)
                if found is None:
                    raise Odd
                known[instances] = self._object(found, details) or _mixed
            return known[instances](value)

        return complete if self._records(kind) else None

    def _told(self, kind: Abstract, instances: type) -> GraphQLObjectType | None:
        """The object type that the class of a value tells, as the stock executor would find it."""
        key = kind, instances
        if key not in self._types:
            found = (each for each, record in self._records(kind) if issubclass(instances, record))
            self._types[key] = next(found, None) if plain.plain(instances, marked=True) else None
        return self._types[key]

    def _records(self, kind: Abstract) -> list[tuple[GraphQLObjectType, type]]:
        """The types of an interface or union with their records; none if not all have one."""
        if not plain.told_by_class(kind):
            return []
        types = self.schema.get_possible_types(kind)
        records = [(each, plain.record(each)) for each in types if each.is_type_of]
        found = [(each, record) for each, record in records if record]
        return found if len(found) == len(types) else []

    def complete_abstract_value(
        self,
        return_type: Abstract,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Spare an object whose class tells its type the question to all types."""
        found = self._told(return_type, type(result))
        if found is None:
            return super().complete_abstract_value(
                return_type, field_details_list, info, path, result, position_context
            )
        return self.collect_and_execute_subfields(
            found, field_details_list, path, result, position_context
        )


def _mixed(_value: object) -> Answer:
    raise Mixed


def _unusual(node: FieldNode) -> bool:
    return bool(node.arguments) or any(
        directive.name.value not in APPLIED for directive in node.directives or ()
    )


async def _both(answer: Answer, rest: Awaitable[Answer]) -> Answer:
    answer.update(await rest)
    return answer
