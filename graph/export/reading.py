"""The things and relationships of an export, read batch by batch in the order of their keys."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass

from graph import records, rows
from graph.queries import query
from graph.rounds import Rounds

BATCH = 500  # things of one statement
MOST = 20_000  # relationships of one statement; more follow by another


@dataclass(frozen=True, slots=True)
class Part:
    """Some things, and the relationships that begin at them and end within the export."""

    things: list[records.Entity]
    claims: list[records.Relationship]


async def parts(rounds: Rounds, inside: Collection[str]) -> AsyncIterator[Part]:
    """All of these things with the relationships among them, by key, type and id."""
    ordered = sorted(inside)
    for first in range(0, len(ordered), BATCH):
        async for part in _parts(rounds, ordered[first : first + BATCH], inside):
            yield part


async def _parts(rounds: Rounds, keys: list[str], inside: Collection[str]) -> AsyncIterator[Part]:
    question, walk = query("export/part"), rounds.walk
    after = ["", "", ""]
    told = False
    while True:
        [found] = await rounds.graph.read(
            question,
            keys=keys,
            types=rounds.types,
            former=walk.former,
            minShare=walk.min_share,
            undisclosed=walk.undisclosed,
            after=after,
            most=MOST,
            **rounds.seen.parameters(question),
            **rounds.moment.parameters,
        )
        claims = found["claims"]
        things = [] if told else [rows.entity(row, rounds.moment) for row in found["things"]]
        kept = [row for row in claims if row["to"] in inside]
        yield Part(things, [rows.relationship(row, rounds.moment) for row in kept])
        if len(claims) < MOST:
            return
        told = True
        after = [claims[-1][name] for name in ("from", "type", "id")]
        keys = [key for key in keys if key >= after[0]]
