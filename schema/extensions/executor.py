"""An executor that reads plain attributes itself, in one loop, and leaves the rest as it was."""

from collections.abc import Awaitable
from typing import Any

from graphql import GraphQLList, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from graph.errors import GraphError
from schema.extensions import rights
from schema.extensions.plain import Complete, Mixed
from schema.extensions.selection import Abstract, Answer, Selections, directed
from schema.extensions.shared import Lists, shared


class PlainExecutor(StrawberryGraphQLCoreExecutionContext):
    """Answers what the stock executor answers; whatever is odd about an object is left to it."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Start one operation."""
        super().__init__(*args, **settings)
        self.withheld = rights.withheld(self.schema, self.context_value)
        middleware = self.middleware_manager
        self._stock = bool(middleware and middleware.middlewares)
        known = None if self._stock else shared(self)
        self._shared = known
        self._selections = known.selections if known else Selections(self)
        self._lists: Lists = known.lists if known else {}
        self._roots: list[GroupedFieldSet] = []  # one of all events of a stream, whose copies share
        if known:
            self._relevant_sub_fields = known.sub_fields

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_details_list: FieldDetailsList,
        path: Path,
        position_context: Any,
    ) -> Any:
        """Answer null, and why, for a field that the caller has no right to."""
        if self.withheld:
            place = parent_type.name, field_details_list[0].node.name.value
            if place in self.withheld:
                kind = parent_type.fields[place[1]].type
                try:
                    rights.refuse(self.schema, self.context_value, place)
                except GraphError as error:
                    self.handle_field_error(error, kind, field_details_list, path)
                    return None
        return super().execute_field(
            parent_type, source, field_details_list, path, position_context
        )

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
        if path is None and position_context is None:
            grouped_field_set = self._root(grouped_field_set)
        if self._stock or position_context is not None:  # the latter where something is deferred
            return stock(parent_type, source_value, path, grouped_field_set, position_context)
        selection = self._selections.of(parent_type, grouped_field_set)
        try:
            answer = selection.read(source_value)
        except Mixed:  # the selection has changed
            return self.execute_fields(parent_type, source_value, path, grouped_field_set, None)
        except Exception:  # it is met again, and has its place then
            return stock(parent_type, source_value, path, grouped_field_set, None)
        if not selection.rest:
            return answer
        rest = stock(parent_type, source_value, path, selection.rest, None)
        if isinstance(rest, dict):
            answer.update(rest)
            return answer
        return _both(answer, rest)

    def _root(self, grouped: GroupedFieldSet) -> GroupedFieldSet:
        """The same fields of the root type, the same object at each event of a stream.

        They are collected anew for each, and all that is known of them is found by their identity:
        else a stream would keep so much more with every event, until it ends.
        """
        if self._shared:
            return self._shared.root(grouped)
        if not self._roots:
            self._roots.append(grouped)
        return self._roots[0]

    def complete_list_value(
        self,
        return_type: GraphQLList[Any],
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Complete a list that a resolver gave in one go, if all selected in it is plain."""
        complete = self._list(return_type, field_details_list)
        if complete and position_context is None:
            try:
                return complete(result)
            except Mixed:
                self._lists[id(field_details_list), return_type] = field_details_list, None
            except Exception:  # it is met again, and has its place then
                pass
        return super().complete_list_value(
            return_type, field_details_list, info, path, result, position_context
        )

    def _list(self, kind: GraphQLList[Any], details: FieldDetailsList) -> Complete | None:
        key = id(details), kind
        if key not in self._lists:
            stock = self._stock or directed(details)
            complete = None if stock else self._selections.present(kind, details)
            self._lists[key] = details, complete  # which keeps the details alive
        return self._lists[key][1]

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
        found = self._selections.told(return_type, type(result))
        if found is None:
            return super().complete_abstract_value(
                return_type, field_details_list, info, path, result, position_context
            )
        return self.collect_and_execute_subfields(
            found, field_details_list, path, result, position_context
        )


async def _both(answer: Answer, rest: Awaitable[Answer]) -> Answer:
    answer.update(await rest)
    return answer
