"""How a field of the schema names the resolver that fills it."""

from collections.abc import Callable
from typing import Any

import strawberry

from graph.terms import Permission
from schema.directives import Cost, Needs


def resolved_by(
    resolver: Callable[..., object],
    description: str,
    needs: Permission | None = None,
    name: str | None = None,
    cost: int | None = None,
) -> Any:
    """Fill an annotated field from a resolver; the annotation is the GraphQL type.

    `needs` prints the permission; the resolver asks for it before it reads anything.
    `cost` is the price of one use in points, where it is not that of what it gives.
    """
    directives: list[object] = [] if cost is None else [Cost(weight=str(cost))]
    directives += [Needs(permission=needs)] if needs else []
    return strawberry.field(
        resolver=resolver, description=description, directives=directives, name=name
    )


def streamed_by(
    resolver: Callable[..., object], description: str, needs: Permission | None = None
) -> Any:
    """Fill a field of the subscription from an async generator; the annotation is the event's type.

    `needs` prints the permission; the resolver asks for it before it reads anything.
    """
    directives = [Needs(permission=needs)] if needs else []
    return strawberry.subscription(
        resolver=resolver, description=description, directives=directives
    )


def made_of(record: type) -> Any:
    """The type of these records: how an interface or a union tells its types apart."""

    def is_type_of(_cls: type, value: object, _info: object) -> bool:
        return isinstance(value, record)

    is_type_of.record = record  # type: ignore[attr-defined]  # so that a list need not ask again
    return classmethod(is_type_of)
