"""Fields whose value may have come along with the record: then nothing has to be awaited."""

from collections.abc import Callable
from typing import Any, TypeVar

Resolver = TypeVar("Resolver", bound=Callable[..., Any])


def at_hand(
    take: Callable[[Any], Any], only: frozenset[str] | None = None
) -> Callable[[Resolver], Resolver]:
    """Say how a field without arguments is answered from its record alone.

    `take` raises KeyError where the record does not tell; then the resolver is asked. It must
    answer what the resolver would. If `only` some fields of the value are known, it is asked for
    selections of no others.
    """

    def mark(resolver: Resolver) -> Resolver:
        resolver.at_hand = take, only  # type: ignore[attr-defined]
        return resolver

    return mark
