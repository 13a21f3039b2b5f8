"""What one load has written so far: a row that says otherwise is refused, the first one counts."""

from collections.abc import Sequence

from graph.load import refusals
from graph.load.bare import Bare
from graph.load.hashes import claim_digest, claim_of, thing_digest
from graph.load.rows import NodeRow, Refusal, Row
from graph.load.seen import Seen
from graph.load.units import Refused, Unit


class Earlier:
    """The rows of a load that were written, by what they are about."""

    def __init__(self, seen: Seen) -> None:
        """Remember in `seen`, which is empty."""
        self._seen = seen

    def split(self, units: Sequence[Unit]) -> tuple[list[Unit], list[Unit], list[Refused]]:
        """Those to write now, those that contradict one of them, and those that are refused."""
        said: dict[str, str] = {}
        fresh, waiting, refused = [], [], []
        for unit in units:
            rows = _telling(unit)
            if any(said.get(key, digest) != digest for key, digest in map(_said, rows)):
                waiting.append(unit)
            elif refusal := next(
                filter(None, (self._contradicts(unit, row) for row in rows)), None
            ):
                refused.append(Refused(refusal, unit.file))
            else:
                said.update(map(_said, rows))
                fresh.append(unit)
        return fresh, waiting, refused

    def keep(self, units: Sequence[Unit]) -> None:
        """Remember what was written."""
        self._seen.put(
            (key, f"{digest} line {unit.line} of {unit.file}")
            for unit in units
            for key, digest in map(_said, _telling(unit))
        )

    def _contradicts(self, unit: Unit, row: Row) -> Refusal | None:
        """Why a row is refused that says otherwise than one that was written in this load."""
        key, digest = _said(row)
        before = self._seen.text(key)
        if before is None or before.startswith(digest):
            return None
        thing = isinstance(row, NodeRow)
        reason, remedy = refusals.TWICE if thing else refusals.CLAIMED_TWICE
        column, value = ("id", row.id) if isinstance(row, NodeRow) else ("from", _id(row.start))
        remedy = f"{remedy} The other is {before.partition(' ')[2]}."
        return Refusal(unit.line, column, value, "ALREADY_EXISTS", reason, remedy)


def _telling(unit: Unit) -> list[Row]:
    """The rows of a unit that say something, beside that a thing is there."""
    return [row for row in unit.rows if not isinstance(row, Bare)]


def _id(key: str) -> str:
    return key.partition(":")[2]


def _said(row: Row) -> tuple[str, str]:
    if isinstance(row, NodeRow):
        return row.key, thing_digest(row)
    return claim_of(row), claim_digest(row)
