"""What is filled by an attribute alone, and how the values of such fields are completed.

A completer answers what graphql-core would, or raises: then graphql-core completes the value, and
words the error if it is one.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLLeafType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLString,
    GraphQLUnionType,
    Undefined,
)
from strawberry.schema.schema_converter import CustomGraphQLEnumType, GraphQLCoreConverter
from strawberry.types.cast import TYPE_CAST_ATTRIBUTE
from strawberry.types.field import StrawberryField

Complete = Callable[[Any], Any]

# Neither awaitable nor an exception: those are no values to be coerced.
USUAL = frozenset({bool, int, float, str, list, tuple, dict, date, datetime, Decimal})
ABSENT = (type(None), type(Undefined))
UNCHANGED: dict[object, type] = {
    GraphQLString: str,
    GraphQLID: str,
    GraphQLBoolean: bool,
}
DEFINITION = GraphQLCoreConverter.DEFINITION_BACKREF
LIMIT = 2**31  # of GraphQL's integers
RECORD = "record"  # on `is_type_of`: it asks for instances of this class, and for nothing else


class Odd(Exception):
    """A value that is left to graphql-core."""


class Mixed(Exception):
    """A selection that has fields with resolvers, as a value or its class told."""


class Never:
    """The class of no value."""


Read = Callable[[Any], Any]
Fields = frozenset[str] | None  # the only ones that a value tells, if not all


def reader(field: GraphQLField) -> tuple[Read, Fields] | None:
    """What reads a field off its object, and nothing besides; None if anything else has a part."""
    definition = field.extensions.get(DEFINITION)
    if type(definition) is not StrawberryField or definition.is_subscription:
        return None
    if definition.base_resolver is not None:
        return _at_hand(definition)
    if field.args or getattr(field.resolve, "__name__", "") != "_get_basic_result":
        return None
    # Not by `definition.default_resolver is getattr` alone: an extension is a resolver as well.
    usual = definition.is_basic_field and definition.default_resolver is getattr
    return (attrgetter(definition.python_name), None) if usual else None


def _at_hand(definition: StrawberryField) -> tuple[Read, Fields] | None:
    """What answers a field that has a resolver from what came along with the record."""
    assert definition.base_resolver
    known = getattr(definition.base_resolver.wrapped_func, "at_hand", None)
    if known is None or definition.extensions or definition.permission_classes:
        return None
    take, only = known

    def read(source: Any) -> Any:
        try:
            return take(source)
        except KeyError:
            raise Mixed from None

    return read, only


def unchanged(kind: GraphQLOutputType) -> type:
    """The class whose instances are answered as they are."""
    present = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return UNCHANGED.get(present, Never) if isinstance(present, GraphQLScalarType) else Never


@cache
def leaf(kind: GraphQLLeafType) -> Complete:
    """The completer of a scalar or an enum."""
    coerce = kind.coerce_output_value

    def coerced(value: Any) -> Any:
        if type(value) in USUAL:
            answer = coerce(value)
            if answer is not None and answer is not Undefined:
                return answer
        raise Odd

    if kind is GraphQLInt:
        return lambda value: (
            value if type(value) is int and -LIMIT <= value < LIMIT else coerced(value)
        )
    if not isinstance(kind, CustomGraphQLEnumType):
        return coerced
    members: Any = kind.wrapped_cls
    names = {member: coerce(member) for member in members}
    return lambda value: names[value] if type(value) is members else coerced(value)


def optional(complete: Complete) -> Complete:
    """The same, or null."""
    return lambda value: None if value is None else complete(value)


def listed(complete: Complete) -> Complete:
    """A list of the same."""

    def each(values: Any) -> Any:
        if type(values) is list or type(values) is tuple:
            return [complete(value) for value in values]
        raise Odd

    return each


def record(kind: GraphQLObjectType) -> type | None:
    """The class whose instances are of this type; None if more than the class tells them."""
    return getattr(kind.is_type_of, RECORD, None) if kind.is_type_of else object


def told_by_class(kind: GraphQLInterfaceType | GraphQLUnionType) -> bool:
    """Whether Strawberry asks the types behind it, which `record` then answers for."""
    return getattr(kind.extensions.get(DEFINITION), "resolve_type", None) is None


def plain(instances: type, *, marked: bool = False) -> bool:
    """Whether these are objects to be read: nothing absent, awaitable or raised.

    If so asked, also whether none of them can tell its type by itself.
    """
    if hasattr(instances, "__await__") or issubclass(instances, (*ABSENT, Exception)):
        return False
    # An object with slots only cannot have been marked by `strawberry.cast`.
    own = instances.__dictoffset__ or hasattr(instances, "__strawberry_definition__")
    return not (marked and (own or hasattr(instances, TYPE_CAST_ATTRIBUTE)))
