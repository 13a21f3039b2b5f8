"""What a use of a field costs: the weight that the schema prints, else a point per thing or entry.

docs/limits.md says it in words.
"""

from dataclasses import dataclass
from decimal import Decimal

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
)

from schema.directives import Cost
from schema.extensions.marked import marked

SIZES = ("first", "last", "limit")  # arguments that say how many are wanted
TENTHS = 10  # of a point: weights have one decimal
THING = "Node"  # what has an id; anything else is part of what it hangs on


@dataclass(frozen=True, slots=True)
class Price:
    """Tenths of a point for one use of a field.

    Asked for: `use` once, and `each` as often as its size says. Answered: `use` once, `one` for an
    object, `entry` for each entry of a list.
    """

    use: int = 0
    each: int = 0
    one: int = 0
    entry: int = 0

    @property
    def told(self) -> bool:
        """Whether an answer is charged for it."""
        return bool(self.use or self.one or self.entry)


FREE = Price()


def points(tenths: int) -> int:
    """Whole points, of tenths begun."""
    return -(-tenths // TENTHS)


class Prices:
    """The price list of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Look up nothing yet."""
        self._schema = schema
        self._things: dict[str, bool] = {}

    def of(self, field: GraphQLField, plumbing: bool) -> Price:
        """What this field costs; `plumbing` if it is part of a connection."""
        weight, listed = _weight(field), _is_list(field.type)
        sized = any(name in field.args for name in SIZES)
        if listed and (plumbing or sized):  # entries, whatever they are
            each = TENTHS if weight is None else weight
        elif plumbing:
            return FREE
        elif weight is not None:
            return Price(use=weight)
        else:
            each = TENTHS if self._thing(get_named_type(field.type)) else 0
        return Price(0, each, each, each)

    def _thing(self, kind: GraphQLNamedType) -> bool:
        if kind.name not in self._things:
            self._things[kind.name] = self._is_thing(kind)
        return self._things[kind.name]

    def _is_thing(self, kind: GraphQLNamedType) -> bool:
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            possible = self._schema.get_possible_types(kind)
            return kind.name == THING or any(map(self._is_thing, possible))
        if not isinstance(kind, GraphQLObjectType):
            return False
        return any(each.name == THING for each in kind.interfaces)


def _weight(field: GraphQLField) -> int | None:
    cost = marked(field, Cost)
    return None if cost is None else int(Decimal(cost.weight) * TENTHS)


def _is_list(kind: GraphQLOutputType) -> bool:
    return isinstance(get_nullable_type(kind), GraphQLList)
