"""Rows that would store a social security number in clear: refused, whoever's file it is."""

import re
from collections.abc import Iterable, Iterator, Mapping

from graph.load.rows import NodeRow, Refusal, Row
from graph.load.units import Refused, Unit
from graph.secrecy import tells_ssn

ESCAPE = re.compile(r"\\u([0-9a-f]{4})")  # what evidence is kept as is JSON
TOLD = (
    "This holds what looks like a social security number, which is never stored in clear.",
    "Take it out.",
)


def sifted(units: Iterable[Unit]) -> tuple[list[Unit], list[Refused]]:
    """Units that tell none, and refusals of the others."""
    kept: list[Unit] = []
    refused: list[Refused] = []
    for unit in units:
        place = next(filter(None, map(_place, unit.rows)), None)
        if place is None:
            kept.append(unit)
        else:
            refusal = Refusal(unit.line, place, "", "INVALID_FORMAT", *TOLD)
            refused.append(Refused(refusal, unit.file))
    return kept, refused


def _place(row: Row) -> str | None:
    """The first property that tells one."""
    return next((name for name, text in _texts(row) if tells_ssn(_unescaped(text))), None)


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _texts(row: Row) -> Iterator[tuple[str, str]]:
    yield from _strings(row.properties)
    if isinstance(row, NodeRow):
        yield "id", row.id
        return
    said = row.source
    told = {
        "source": said.name,
        "source_reference": said.reference,
        "source_url": said.url,
        "reason": row.reason,
        "reference": row.discriminator,
    }
    yield from _strings(told)


def _strings(properties: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in properties.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, list | tuple):
            yield from ((name, each) for each in value if isinstance(each, str))
