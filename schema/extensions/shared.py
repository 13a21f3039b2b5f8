"""What a document alone tells about its operations, kept from one execution to the next."""

from collections import OrderedDict
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, OperationDefinitionNode, OperationType
from graphql.execution.collect_fields import (
    CollectedFields,
    FieldDetailsList,
    FragmentDetails,
    GroupedFieldSet,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from schema.extensions.plain import Complete
from schema.extensions.selection import Selections

MOST = 1_000  # operations, as many as there are documents
SubFields = dict[tuple[GraphQLObjectType, int], tuple[FieldDetailsList, CollectedFields]]
Lists = dict[tuple[int, object], tuple[FieldDetailsList, Complete | None]]


class Shared:
    """Fields collected, and how they are read, of an operation that has no directive.

    Without one, they depend on no variable. It knows neither variables nor context; callers who
    may not read the same fields do not share it.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDetails],
        withheld: frozenset[tuple[str, str]],
    ) -> None:
        """Know nothing yet; what is known by its identity is kept alive here."""
        self.schema = schema
        self.withheld = withheld
        self.sub_fields: SubFields = {}
        self.lists: Lists = {}
        self.selections = Selections(self)
        self._operation = operation
        self._fragments = fragments
        self._root: GroupedFieldSet | None = None

    def root(self, grouped: GroupedFieldSet) -> GroupedFieldSet:
        """The same fields of the root type, the same object each time."""
        if self._root is None:
            self._root = grouped
        return self._root

    def collect_subfields(
        self, return_type: GraphQLObjectType, field_details_list: FieldDetailsList
    ) -> CollectedFields:
        """The fields selected of a type below a field, the same object each time."""
        key = return_type, id(field_details_list)
        if key not in self.sub_fields:
            none = VariableValues({}, {})
            found = collect_subfields(
                self.schema, self._fragments, none, self._operation, return_type,
                field_details_list,
            )  # fmt: skip
            self.sub_fields[key] = field_details_list, found
        return self.sub_fields[key][1]


_known: OrderedDict[tuple[int, int, frozenset[tuple[str, str]]], Shared] = OrderedDict()


def shared(executor: Any) -> Shared | None:
    """What is shared by all executions of a query; None if there may be directives."""
    schema, operation = executor.schema, executor.operation
    key = id(schema), id(operation), executor.withheld
    if known := _known.get(key):
        _known.move_to_end(key)
        return known
    # What is no query collects its root fields in other ways, anew each time.
    query = operation.operation is OperationType.QUERY
    if not query or operation.loc is None or "@" in operation.loc.source.body:
        return None
    made = _known[key] = Shared(schema, operation, executor.fragments, executor.withheld)
    if len(_known) > MOST:
        _known.popitem(last=False)
    return made
