"""Things as they were known: a changed thing read at an earlier instant says what it said then.

The writer keeps every version that it replaces, as `(:Former)`, with the instants between which it
was on record. Questions project things as they are now; what has changed since the instant asked
about is put back here, for all questions in one place, and costs a statement only then.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from graph.clock import CLOCK
from graph.queries import query

FORMER = query("entity/former")
LATELY = timedelta(seconds=5)  # what is known now needs no looking back
OWN = ("of", "recordedTo", "changedAt")  # of the version itself, not of the thing
Row = dict[str, Any]


def looks_back(parameters: Row) -> bool:
    """Whether a question is about an instant since which things may have changed."""
    at = parameters.get("knownAt")
    if not isinstance(at, datetime):
        return False
    return bool(parameters.get("named")) or CLOCK.now() - at > LATELY


def changed_since(rows: Sequence[Row], at: datetime) -> list[Row]:
    """The things among the rows, at any depth, that were changed after the instant."""
    return [thing for row in rows for thing in _things(row) if _later(thing["changedAt"], at)]


def _things(value: Any) -> Iterator[Row]:
    """Property maps of things that were ever changed."""
    if isinstance(value, dict):
        if "changedAt" in value and "key" in value:
            yield value
        else:
            for each in value.values():
                yield from _things(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _things(each)


def _later(changed: Any, at: datetime) -> bool:
    native = changed.to_native() if hasattr(changed, "to_native") else changed
    return isinstance(native, datetime) and native > at


def put_back(things: Sequence[Row], found: Sequence[Row]) -> None:
    """Make each thing say what the version found says; one without a version stays as it is."""
    said = {row["key"]: row["former"] for row in found}
    for thing in things:
        former = said.get(thing["key"])
        if former is None:
            continue
        kept = {name: thing[name] for name in ("key", "labels") if name in thing}
        thing.clear()
        thing.update({name: value for name, value in former.items() if name not in OWN} | kept)
