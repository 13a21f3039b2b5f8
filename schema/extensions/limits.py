"""How much one operation may ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schema.extensions.cost import points
from schema.extensions.errors import COST_EXCEEDED, LIMIT_EXCEEDED, Refused
from schema.extensions.size import Size


@dataclass(frozen=True)
class Limits:
    """The most of each that is run."""

    tokens: int = 2_000
    depth: int = 12
    aliases: int = 30
    root_fields: int = 20
    directives: int = 50
    fields: int = 400
    nodes: int = 20_000
    points: int = 1_000
    items: int = 100
    written: int = 1_000  # items in one list of variables, of what writes


def too_large(limits: Limits, size: Size) -> Refused | None:
    """Why a document of this size is not even validated."""
    for counted, words in (
        ("depth", "levels deep"),
        ("aliases", "aliases"),
        ("root_fields", "fields of the root type"),
        ("directives", "directives"),
        ("fields", "fields"),
        ("items", "items in one list"),
    ):
        if (found := getattr(size, counted)) > (most := getattr(limits, counted)):
            return refusal(found, words, most)
    return None


def too_many(
    limits: Limits, size: Size, variables: Mapping[str, Any], writes: bool = False
) -> Refused | None:
    """Why an operation is not run with these variables."""
    most = limits.written if writes else limits.items
    if (longest := max(_lists(variables), default=0)) > most:
        return refusal(longest, "items in one list", most)
    nodes, tenths = size.count(variables)
    if nodes > limits.nodes:
        return refusal(nodes, "objects, page sizes multiplied", limits.nodes)
    if (cost := points(tenths)) > limits.points:
        return Refused(
            f"The operation costs {cost} points, at most {limits.points} are run: ask for smaller"
            " pages, or for less below them.",
            COST_EXCEEDED,
        )
    return None


def refusal(found: int, words: str, most: int) -> Refused:
    """The error that names the limit and the remedy."""
    return Refused(
        f"The operation has {found} {words}, at most {most} are run: ask for less at once.",
        LIMIT_EXCEEDED,
    )


def _lists(variables: Mapping[str, Any]) -> Iterator[int]:
    rest: list[Any] = list(variables.values())
    while rest:
        value = rest.pop()
        if isinstance(value, list):
            yield len(value)
            rest += value
        elif isinstance(value, dict):
            rest += value.values()
