"""One load: files read, rows resolved and written batch by batch, and what came of it."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from graph.identifiers import IdentifierKey
from graph.load import refusals
from graph.load.bare import Bare
from graph.load.contents import Item, reader
from graph.load.context import Context
from graph.load.hashes import claim_digest, claim_of, thing_digest
from graph.load.report import Report
from graph.load.resolve import Resolver
from graph.load.rows import NodeRow, Refusal, Row
from graph.load.seen import Seen
from graph.load.units import Refused, Unit
from graph.load.write import tried, write_units
from graph.session import Graph

Progress = Callable[[int, int], None]
"""Called with the bytes read and the bytes there are."""
BATCH = 5000  # rows


async def load(
    graph: Graph,
    content: str,
    files: Sequence[Path],
    *,
    format: str | None = None,
    source: str | None = None,
    dry_run: bool = False,
    at: datetime,
    key: IdentifierKey,
    progress: Progress | None = None,
) -> Report:
    """Load files of one content; again, it changes nothing; interrupted, it is taken up again.

    Raises SetupError for what is not known or cannot be read, and what Graph.write raises.
    """
    started = time.monotonic()
    report = Report(content, dry_run)
    find = reader(content, format, files)
    items = find(files, Context(key, source, at), _advance(files, progress))
    with Seen() as seen, Seen() as pending:
        step = Load(graph, report, seen, pending if dry_run else None, at)
        for batch in _batches(items):
            await step.take(batch)
    report.seconds = time.monotonic() - started
    return report


class Load:
    """A load on its way."""

    def __init__(
        self, graph: Graph, report: Report, seen: Seen, pending: Seen | None, at: datetime
    ) -> None:
        """Begin; `pending` is for a dry run."""
        self._graph = graph
        self._report = report
        self._seen = seen
        self._pending = pending
        self._at = at
        self._resolver = Resolver(graph, pending)

    async def take(self, batch: list[Item]) -> None:
        """Resolve and write one batch."""
        self._report.rows += len(batch)
        self._report.refuse([item for item in batch if isinstance(item, Refused)])
        units, lost = await self._resolver.resolve([u for u in batch if isinstance(u, Unit)])
        self._report.refuse(lost)
        fresh = [unit for unit in units if self._agrees(unit)]
        if not fresh:
            return
        if self._pending is None:
            self._report.add(await write_units(self._graph, fresh, at=self._at))
            return
        self._report.add(await tried(self._graph, fresh, self._pending, at=self._at))
        rows = [row for unit in fresh for row in unit.things]
        self._pending.put((row.key, " ".join(row.labels)) for row in rows)

    def _agrees(self, unit: Unit) -> bool:
        """Whether no earlier row of the load said otherwise; the first one counts."""
        said = [_said(row) for row in unit.rows if not isinstance(row, Bare)]
        for (key, digest), row in zip(said, unit.rows, strict=False):
            before = self._seen.text(key)
            if before is None or before.partition(" ")[2] == digest:
                continue
            told = refusals.TWICE if isinstance(row, NodeRow) else refusals.CLAIMED_TWICE
            reason = f"{told[0][:-1]}: line {before.partition(' ')[0]}."
            refusal = Refusal(unit.line, "", "", "ALREADY_EXISTS", reason, told[1])
            self._report.refuse([Refused(refusal, unit.file)])
            return False
        self._seen.put((key, f"{unit.line} {digest}") for key, digest in said)
        return True


def _said(row: Row) -> tuple[str, str]:
    if isinstance(row, NodeRow):
        return row.key, thing_digest(row)
    return claim_of(row), claim_digest(row)


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
