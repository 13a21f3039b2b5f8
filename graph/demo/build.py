"""The demo world into a graph: through the writer, batch by batch, each once."""

from collections.abc import Callable, Iterator

from graph.demo import desk
from graph.demo.book import Batch
from graph.demo.days import INSTANTS
from graph.demo.story import LAST, batches
from graph.entities import claims
from graph.errors import SetupError, TimedOut
from graph.identifiers import IdentifierKey
from graph.load.hashes import claim_id, claim_of
from graph.load.outcome import Outcome
from graph.load.rows import ClaimRow, NodeRow
from graph.load.write import write
from graph.policy import DEVELOPMENT
from graph.records.moment import Moment
from graph.reference.install import install
from graph.session import Graph

FIGURES = {"PerformancePeriod", "MEASURES"}  # many, and nothing depends on them


async def build(
    graph: Graph, key: IdentifierKey, progress: Callable[[str], None], *, figures: bool = True
) -> Outcome:
    """Write what is missing of the world; one question if nothing is.

    Without `figures` the months of performance are left out, which are most of it.

    An interrupted build goes on with the batch it broke off in. A later batch ends and corrects
    what an earlier one says, so none is written again once a later one is there.
    """
    outcome = Outcome()
    await install(graph, INSTANTS[0])
    if await _there(graph, [claim_id(claim_of(LAST), 1)]):
        return outcome
    progress("Inventing the demo world")
    world = list(batches(key))
    names = list(_names(world))
    there = await _there(graph, names)
    for number, (batch, name) in enumerate(zip(world, names, strict=True), 1):
        if name not in there:
            progress(f"Writing the demo world, {number} of {len(world)}")
            if number == len(world):
                await desk.write(graph)  # before what tells that the world is complete
            await _write(graph, batch, outcome, figures)
    return outcome


async def _write(graph: Graph, batch: Batch, outcome: Outcome, figures: bool) -> None:
    months = [row for row in batch.rows if figures and _sort(row) in FIGURES]
    *others, end = [row for row in batch.rows if _sort(row) not in FIGURES]
    for rows in (others, months, [end]):
        found = await write(graph, rows, at=batch.at)
        if found.refusals:
            refusal = found.refusals[0]
            raise SetupError(f"The demo world was refused: {refusal.value}: {refusal.reason}")
        outcome.add(found)


def _sort(row: NodeRow | ClaimRow) -> str:
    return row.kind if isinstance(row, NodeRow) else row.type


def _names(world: list[Batch]) -> Iterator[str]:
    """The id of the last claim of each batch, which is written after all others of it."""
    versions: dict[str, int] = {}
    for batch in world:
        claims = [claim_of(row) for row in batch.rows if isinstance(row, ClaimRow)]
        for claim in claims:
            versions[claim] = versions.get(claim, 0) + 1
        yield claim_id(claims[-1], versions[claims[-1]])


async def _there(graph: Graph, names: list[str]) -> set[str]:
    """Which of these claims are recorded."""
    try:
        found = await claims(graph, DEVELOPMENT, Moment.now(), names)
    except TimedOut:  # a busy machine plans it for seconds, once
        found = await claims(graph, DEVELOPMENT, Moment.now(), names)
    return {claim.business_id for claim in found if claim}
