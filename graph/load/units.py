"""What stands or falls together: the rows that one line of a file is read into."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.load.rows import ClaimRow, NodeRow, Refusal, Row


@dataclass(frozen=True, slots=True)
class Unit:
    """Rows of one line; a row that comes from no file is a unit of its own (line 0)."""

    rows: tuple[Row, ...]
    line: int = 0
    file: str = ""

    @property
    def things(self) -> list[NodeRow]:
        """Its things."""
        return [row for row in self.rows if isinstance(row, NodeRow)]

    @property
    def claims(self) -> list[ClaimRow]:
        """Its claims."""
        return [row for row in self.rows if isinstance(row, ClaimRow)]


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal and the file of its line."""

    refusal: Refusal
    file: str = ""


def units(rows: Iterable[Row], file: str = "") -> list[Unit]:
    """Rows of the same line together; rows of no line one by one, things before claims."""
    found: list[Unit] = []
    for line, group in groupby(rows, key=lambda row: row.line):
        if line:
            found.append(Unit(tuple(group), line, file))
        else:
            found.extend(Unit((row,)) for row in group)
    return sorted(found, key=lambda unit: not unit.line and not unit.things)


def batches(found: Sequence[Unit], size: int) -> Iterator[list[Unit]]:
    """As many whole units at a time as have no more than so many rows, at least one."""
    batch: list[Unit] = []
    rows = 0
    for unit in found:
        if batch and rows + len(unit.rows) > size:
            yield batch
            batch, rows = [], 0
        batch.append(unit)
        rows += len(unit.rows)
    if batch:
        yield batch
