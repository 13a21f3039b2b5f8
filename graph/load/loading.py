"""One load: files read, rows resolved and written batch by batch, and what came of it."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from graph.clock import CLOCK
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.load.contents import Item, reader
from graph.load.context import Context
from graph.load.earlier import Earlier
from graph.load.journal import LOAD, By
from graph.load.limits import USUAL, Limits, too_many
from graph.load.look import Ask
from graph.load.outcome import Outcome
from graph.load.report import Report
from graph.load.resolve import Resolver
from graph.load.rows import Source
from graph.load.secret import sifted
from graph.load.seen import Seen
from graph.load.units import Refused, Unit
from graph.load.write import tried, write_units
from graph.session import Graph

Progress = Callable[[int, int], None]
"""Called with the bytes read and the bytes there are."""
BATCH = 5000  # rows


class Beside(Protocol):
    """Who accompanies a load: may end it by raising."""

    def refused(self, some: list[Refused]) -> None:
        """These rows were refused."""

    async def wrote(self, ask: Ask, outcome: Outcome, entries: range) -> None:
        """This will have been written, if nothing is raised: still in its unit of work."""

    async def took(self, report: Report) -> None:
        """One batch more is done."""


async def load(
    graph: Graph,
    content: str,
    files: Sequence[Path],
    *,
    format: str | None = None,
    source: str | Source | None = None,
    dry_run: bool = False,
    at: datetime | None = None,
    key: IdentifierKey,
    progress: Progress | None = None,
    by: By = LOAD,
    beside: Beside | None = None,
    limits: Limits = USUAL,
) -> Report:
    """Load files of one content; again, it changes nothing; interrupted, it is taken up again.

    Each batch is recorded when it is written; all of them at `at`, where a history is told.

    Raises SetupError for what is not known, cannot be read or has too many rows, of which those
    before may be written then; and what Graph.write raises.
    """
    started = time.monotonic()
    report = Report(content, dry_run, tell=beside.refused if beside else None)
    find = reader(content, format, files)
    read = find(files, _context(key, source, at or CLOCK.now(), limits), _advance(files, progress))
    items = _within(read, limits.rows)
    with Seen() as seen, Seen() as pending:
        step = Load(graph, report, seen, pending if dry_run else None, at, by, beside)
        for batch in _batches(items):
            await step.take(batch)
            if beside:
                await beside.took(report)
    report.seconds = time.monotonic() - started
    return report


def count(
    content: str,
    file: Path,
    format: str,
    source: str | Source | None,
    at: datetime,
    key: IdentifierKey,
    limits: Limits = USUAL,
) -> Iterator[int]:
    """How many rows there are so far, with each row: what a load of the file will read.

    Raises SetupError as the load would.
    """
    said = _context(key, source, at, limits)
    items = reader(content, format, [file])([file], said, lambda _: None)
    for number, _ in enumerate(_within(items, limits.rows), 1):
        yield number


class Load:
    """A load on its way."""

    def __init__(
        self,
        graph: Graph,
        report: Report,
        seen: Seen,
        pending: Seen | None,
        at: datetime | None,
        by: By = LOAD,
        beside: Beside | None = None,
    ) -> None:
        """Begin; `pending` is for a dry run."""
        self._graph = graph
        self._report = report
        self._earlier = Earlier(seen)
        self._pending = pending
        self._at = at
        self._by = by
        self._also = beside.wrote if beside else None
        self._resolver = Resolver(graph, pending)

    async def take(self, batch: list[Item]) -> None:
        """Resolve and write one batch."""
        self._report.rows += len(batch)
        self._report.refuse([item for item in batch if isinstance(item, Refused)])
        units, secret = sifted(item for item in batch if isinstance(item, Unit))
        self._report.refuse(secret)
        units, lost = await self._resolver.resolve(units)
        self._report.refuse(lost)
        while units:
            # A row that contradicts one of the same batch waits: that one may yet be refused.
            fresh, units, refused = self._earlier.split(units)
            self._report.refuse(refused)
            if fresh:
                self._keep(fresh, await self._written(fresh))

    async def _written(self, fresh: list[Unit]) -> list[Refused]:
        if self._pending is None:
            outcome = await write_units(
                self._graph, fresh, at=self._at, by=self._by, also=self._also
            )
        else:
            outcome = await tried(self._graph, fresh, self._pending, at=self._at)
        self._report.add(outcome)
        return outcome.refused

    def _keep(self, fresh: list[Unit], refused: list[Refused]) -> None:
        """Remember what was written, for what contradicts it later."""
        lost = {(one.file, one.refusal.line) for one in refused}
        kept = [unit for unit in fresh if (unit.file, unit.line) not in lost]
        self._earlier.keep(kept)
        if self._pending is not None:
            things = [row for unit in kept for row in unit.things]
            self._pending.put((row.key, " ".join(row.labels)) for row in things)


def _context(
    key: IdentifierKey, source: str | Source | None, at: datetime, limits: Limits
) -> Context:
    if isinstance(source, Source):
        read = source.retrieved_at or at
        return Context(key, source.name, read, source.reference, source.url, limits.row)
    return Context(key, source, at, row=limits.row)


def _within(items: Iterator[Item], most: int) -> Iterator[Item]:
    """The rows, until one of the files has too many: then it raises SetupError."""
    counts: dict[str, int] = {}
    for item in items:
        count = counts[item.file] = counts.get(item.file, 0) + 1
        if count > most:
            raise SetupError(too_many(item.file or "The file", most))
        yield item


def _batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    rows = 0
    for item in items:
        batch.append(item)
        rows += len(item.rows) if isinstance(item, Unit) else 1
        if rows >= BATCH:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _advance(files: Sequence[Path], progress: Progress | None) -> Callable[[int], None]:
    total = sum(path.stat().st_size for path in files)
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(min(done, total), total)

    return advance
