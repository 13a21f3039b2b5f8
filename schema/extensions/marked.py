"""The directives that a field of ours carries."""

from typing import TypeVar

from graphql import GraphQLField

from schema.extensions.plain import DEFINITION

Directive = TypeVar("Directive")


def marked(field: GraphQLField, kind: type[Directive]) -> Directive | None:
    """The directive of this kind on a field, or None."""
    carried = getattr(field.extensions.get(DEFINITION), "directives", ())
    return next((each for each in carried if isinstance(each, kind)), None)
