"""What follows from changes, told by a deriver of a test's own, and read off the log."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

import pytest

from graph import changes, records
from graph.derived.deriver import Deriver
from graph.derived.units import DERIVED
from graph.lists import Window
from graph.load.write import write
from graph.policy import DEVELOPMENT
from graph.reference.install import install
from graph.risk_network import NETWORKS
from graph.session import Graph
from graph.snapshot import SNAPSHOTS
from tests import worlds

Record = Callable[[Sequence[worlds.Row]], Awaitable[range]]


class Told(NamedTuple):
    """One event, without its place."""

    kind: str
    subject: str
    before: str | None
    after: str | None
    cause: int | None


@pytest.fixture
async def ruled(graph: Graph) -> Graph:
    """A graph with reference data, of which nothing is in memory."""
    NETWORKS.known.pop(graph, None)
    SNAPSHOTS.known.pop(graph, None)
    await install(graph, worlds.RECORDED)
    return graph


@pytest.fixture
def record(ruled: Graph) -> Record:
    """Writes rows an hour after the last ones; the numbers of the log's entries."""
    hours = count(1)

    async def recorded(rows: Sequence[worlds.Row]) -> range:
        before = (await changes.place(ruled)).sequence
        at = worlds.RECORDED + timedelta(hours=next(hours))
        outcome = await write(ruled, rows, at=at)
        assert outcome.refused == []
        return range(before + 1, (await changes.place(ruled)).sequence + 1)

    return recorded


async def follow(deriver: Deriver) -> None:
    """Let it tell everything."""
    while await deriver.turn():
        pass


async def log(graph: Graph, after: int = 0) -> list[records.Change]:
    """The whole log behind a place."""
    wanted = Window(10_000, after=(after,))
    return (await changes.page(graph, DEVELOPMENT, changes.Filter(), wanted)).changes


async def told(graph: Graph, after: int = 0) -> list[Told]:
    """The events behind a place, in the log's order."""
    return [
        Told(
            each.kind.value,
            str(each.subject_key),
            each.properties[0].before,
            each.properties[0].after,
            each.cause_sequence,
        )
        for each in await log(graph, after)
        if each.kind in DERIVED
    ]


def flag(
    id: str, on: str, severity: float, kind: str = "PENALTY", **more: object
) -> list[worlds.Row]:
    """A flag and what it is raised on."""
    said: dict[str, object] = {"kind": kind, "severity": severity, "raisedOn": date(2021, 1, 1)}
    node = worlds.NodeRow("RiskFlag", id, ("RiskFlag",), {**said, **more})
    return [node, worlds.claim(f"RiskFlag:{id}", "FLAGS", on)]
