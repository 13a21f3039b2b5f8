"""How much one operation may ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schema.extensions.errors import LIMIT_EXCEEDED, Refused
from schema.extensions.measure import Size


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
    items: int = 100
    written: int = 500  # items in one list of variables, of what writes


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
    if (nodes := size.nodes(variables)) > limits.nodes:
        return refusal(nodes, "objects, page sizes multiplied", limits.nodes)
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
