"""How large a document is: each fragment is measured once, however often it is spread."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
)

from schema.extensions.cost import FREE, SIZES, Prices
from schema.extensions.size import Part, Size, Times

MOST = 1_000_000_000
DIGITS = 20
PAGE = 20  # entries of a page, where no size is given
PLUMBING = ("edges", "node", "nodes", "pageInfo")  # of a connection: no objects of their own
INTROSPECTION = ("__schema", "__type")


class Ruler:
    """Measures the operations and fragments of one document."""

    def __init__(self, schema: GraphQLSchema, fragments: dict[str, FragmentDefinitionNode]) -> None:
        """Know the types, for default page sizes, and the fragments by name."""
        self._schema = schema
        self._fragments = fragments
        self._sizes: dict[str, Size] = {}
        self._prices = Prices(schema)

    def operation(self, node: OperationDefinitionNode) -> Size:
        """The size of one operation."""
        size = self._selection(node.selection_set, self._schema.get_root_type(node.operation))
        size.directives += len(node.directives or ())
        return size

    def fragment(self, name: str) -> Size:
        """The size of a fragment; nothing if it is unknown, or includes itself."""
        if name not in self._sizes:
            self._sizes[name] = Size()  # a cycle meets this, and ends
            if node := self._fragments.get(name):
                owner = self._schema.get_type(node.type_condition.name.value)
                self._sizes[name] = self._selection(node.selection_set, owner)
        return self._sizes[name]

    def _selection(self, node: SelectionSetNode | None, owner: GraphQLNamedType | None) -> Size:
        size = Size()
        for selection in node.selections if node else ():
            self._measure(selection, owner, size)
        return size

    def _measure(self, node: SelectionNode, owner: GraphQLNamedType | None, size: Size) -> None:
        size.directives += len(node.directives or ())
        size.items = max(size.items, _longest(node.directives or ()))
        if isinstance(node, FieldNode):
            self._field(node, owner, size)
            return
        if isinstance(node, FragmentSpreadNode):
            inside = self.fragment(node.name.value)
        else:
            inside = self._inline(node, owner)
        size.add(inside)
        size.root_fields += inside.root_fields
        size.use(Part(1, 0, FREE, inside))

    def _inline(self, node: SelectionNode, owner: GraphQLNamedType | None) -> Size:
        assert isinstance(node, InlineFragmentNode)
        if node.type_condition:
            owner = self._schema.get_type(node.type_condition.name.value)
        return self._selection(node.selection_set, owner)

    def _field(self, node: FieldNode, owner: GraphQLNamedType | None, size: Size) -> None:
        name = node.name.value
        found: GraphQLField | None = getattr(owner, "fields", {}).get(name)
        inside = self._selection(node.selection_set, get_named_type(found.type) if found else None)
        size.fields += 1
        size.root_fields += 1
        size.aliases += node.alias is not None
        size.items = max(size.items, _longest(node.arguments or ()))
        if name in INTROSPECTION:
            size.introspects = True
        # Below `__schema` the rules of the library bound the depth, by lists in lists.
        size.add(inside, deeper=0 if str(owner).startswith("__") else 1)
        if node.selection_set:
            key = node.alias.value if node.alias else name
            plumbing = name in PLUMBING and not node.arguments
            own, times = 0 if plumbing else 1, _times(node, found)
            price = self._prices.of(found, plumbing) if found else FREE
            size.use(Part(times, own, price, inside, key))


def _times(node: FieldNode, found: GraphQLField | None) -> Times:
    """How many objects one use of this field gives, once the variables are known."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    if "ids" in given:
        return _count(given["ids"])
    if not found or not (sizes := [name for name in SIZES if name in found.args]):
        return 1
    defaults = [found.args[name].default_value for name in sizes]
    usual = max((value for value in defaults if isinstance(value, int)), default=PAGE)
    asked = [given[name] for name in sizes if name in given]

    def times(variables: Mapping[str, Any]) -> int:
        numbers = (_number(value, variables) for value in asked)
        return max((number for number in numbers if number is not None), default=usual)

    return times if any(isinstance(value, VariableNode) for value in asked) else times({})


def _number(value: ValueNode, variables: Mapping[str, Any]) -> int | None:
    number: object = None
    if isinstance(value, IntValueNode):
        # Python reads no number of thousands of digits; validation refuses it, or the page size.
        number = int(value.value) if len(value.value) < DIGITS else MOST
    elif isinstance(value, VariableNode):
        number = variables.get(value.name.value)
    if not isinstance(number, int | float):
        return None
    return int(max(0, min(number, MOST)))  # a negative size must not make room for others


def _count(value: ValueNode) -> Times:
    if not isinstance(value, VariableNode):
        return len(value.values) if isinstance(value, ListValueNode) else 1
    name = value.name.value

    def count(variables: Mapping[str, Any]) -> int:
        ids = variables.get(name)
        return len(ids) if isinstance(ids, list) else 1

    return count


def _longest(given: tuple[ArgumentNode, ...] | tuple[DirectiveNode, ...]) -> int:
    """The length of the longest list written out in these arguments."""
    longest = 0
    rest: list[ValueNode] = []
    for node in given:
        arguments = node.arguments if isinstance(node, DirectiveNode) else (node,)
        rest += [argument.value for argument in arguments or ()]
    while rest:
        value = rest.pop()
        if isinstance(value, ListValueNode):
            longest = max(longest, len(value.values))
            rest += value.values
        elif isinstance(value, ObjectValueNode):
            rest += [entry.value for entry in value.fields]
    return longest
