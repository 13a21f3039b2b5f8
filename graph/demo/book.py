"""Collects what the world says, and sorts it into batches by when it became known."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from graph.demo.days import INSTANTS, WORLD_DAY, recorded
from graph.load.rows import ClaimRow, NodeRow, Source
from graph.words import search_name

Value = str | int | float | bool | date | list[str] | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows recorded at one instant: things, then figures, endings and the other claims."""

    at: datetime
    rows: list[NodeRow | ClaimRow]


class Book:
    """Everything written so far; a thing or claim may have several versions."""

    def __init__(self) -> None:
        """An empty book."""
        self._things: dict[str, list[tuple[int, NodeRow]]] = {}
        self._claims: list[tuple[int, ClaimRow]] = []
        self._identifies: dict[str, date] = {}

    def thing(
        self, kind: str, name: str, labels: tuple[str, ...], since: date, /, **values: Value
    ) -> str:
        """Write a thing known since a day; answers its key."""
        row = NodeRow(kind, name, labels, _given(_searched(values)))
        if row.key in self._things:
            raise ValueError(f"{row.key} is written twice")
        self._things[row.key] = [(recorded(since), row)]
        return row.key

    def change(self, key: str, on: date, /, **values: Value) -> None:
        """Write a later version of a thing: these properties changed on this day.

        None takes a property away; the writer has to be told so.
        """
        versions = self._things[key]
        index, row = versions[-1]
        gone = {name: None for name, value in values.items() if value is None}
        properties = {**row.properties, **_given(_searched(values)), **gone}
        later = replace(row, properties=properties)
        if recorded(on) <= index:
            versions[-1] = (index, later)
        else:
            versions.append((recorded(on), later))

    def claim(
        self,
        kind: str,
        start: str,
        end: str,
        source: Source,
        since: date | None,
        until: date | None = None,
        /,
        *,
        known: date | None = None,
        by: str = "load",
        reason: str | None = None,
        **values: Value,
    ) -> ClaimRow:
        """Write a claim; its end is recorded when it comes, not before. Answers what stands."""
        row = ClaimRow(
            kind, start, end, source, since, until, _given(values), recorded_by=by, reason=reason
        )
        if kind == "IDENTIFIES" and since:
            self._identifies[start] = since
        self._record(row, recorded(known or since or date.min))
        return row

    def _record(self, row: ClaimRow, index: int) -> None:
        """Open as long as its end is not known, and once more with its end."""
        first = max(self._known(row.start), self._known(row.end), index)
        end = row.valid_to
        if end is None or end > WORLD_DAY or recorded(end) <= first:
            self._claims.append((first, row))
        else:
            self._claims.append((first, replace(row, valid_to=None)))
            self._claims.append((recorded(end), row))

    def correct(self, row: ClaimRow, on: date, reason: str, **values: Value) -> ClaimRow:
        """Write the same claim anew with other properties."""
        properties = {**row.properties, **_given(values)}
        corrected = replace(row, properties=properties, reason=reason)
        self._claims.append((recorded(on), corrected))
        return corrected

    def since(self, key: str) -> date:
        """The first day on which a number identifies its present account."""
        return self._identifies[key]

    def latest(self, key: str) -> NodeRow:
        """The thing as it stands."""
        return self._things[key][-1][1]

    def version(self, key: str) -> int:
        """How often the thing was written."""
        return len(self._things[key])

    def batches(self) -> list[Batch]:
        """All rows by instant, oldest first."""
        rows: list[list[NodeRow | ClaimRow]] = [[] for _ in INSTANTS]
        for versions in self._things.values():
            for index, thing in versions:
                rows[index].append(thing)
        for index, claim in sorted(self._claims, key=_turn):
            rows[index].append(claim)
        return [Batch(at, found) for at, found in zip(INSTANTS, rows, strict=True)]

    def _known(self, key: str) -> int:
        """The batch that first has this thing; reference data are there before the first."""
        versions = self._things.get(key)
        return versions[0][0] if versions else 0


def _turn(item: tuple[int, ClaimRow]) -> tuple[bool, bool]:
    """Endings make room for what follows; the last claim of all tells that a batch is there."""
    claim = item[1]
    return claim.type != "MEASURES", claim.valid_to is None


def _searched(values: dict[str, Value]) -> dict[str, Value]:
    """With the folded copies by which names are searched and ordered."""
    found = dict(values)
    if isinstance(name := values.get("name"), str):
        found["searchName"] = search_name(name)
    if isinstance(aliases := values.get("aliases"), list):
        found["searchAliases"] = [search_name(alias) for alias in aliases]
    return found


def _given(values: dict[str, Value]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
