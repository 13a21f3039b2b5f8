"""Flags that count at a moment, as they were on record then, read whole for what is computed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from neo4j import Query

from graph.records.moment import Moment
from graph.rows import day
from graph.session import Graph


class Flag(NamedTuple):
    """A flag that counts, on what, and how grave it is."""

    key: str
    subject: str
    kind: str
    severity: float


async def flags_at(graph: Graph, question: Query, moment: Moment) -> tuple[Flag, ...]:
    """The flags raised by the day and not resolved on it.

    A flag changed after the instant asked about says here what it said then (`graph.former`), so
    that its days are looked at only now.
    """
    found = await graph.read(question, **moment.parameters)
    return tuple(
        Flag(flag["key"], subject, flag["kind"], flag["severity"])
        for flag, subject in found[0]["rows"]
        if _counts(flag, moment.as_of)
    )


def _counts(flag: Mapping[str, Any], on: date) -> bool:
    raised, resolved = _day(flag["raisedOn"]), _day(flag.get("resolvedOn"))
    return raised is not None and raised <= on and (resolved is None or on < resolved)


def _day(value: Any) -> date | None:
    """A day as text, or native where a former version says it."""
    if value is None or isinstance(value, str):
        return day(value)
    found: date = value.to_native() if hasattr(value, "to_native") else value
    return found
