"""A computed question: who asks what about which party, at which moment, in which world."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graph import policy, records
from graph.again import again
from graph.algorithms.upstream import Upstream, upstream
from graph.paths import Step, Told
from graph.policy import Viewer
from graph.records.moment import Moment
from graph.scenarios import Imagined, Scenario, World, world
from graph.snapshot import Snapshot
from graph.terms import Permission

SMALL = 5_000  # parties: computed at once; more are computed beside other requests
T = TypeVar("T")
ImaginedClaim = tuple[records.Relationship, Imagined]


@dataclass(frozen=True)
class Readers:
    """How an operation reads, once for all of its questions."""

    entities: Callable[[Sequence[str], Moment], Awaitable[Sequence[records.Entity | None]]]
    told: Callable[[Sequence[Step], Moment], Awaitable[Sequence[Told | None]]]

    async def claims(
        self, steps: Iterable[Step], moment: Moment, imagined: Mapping[str, ImaginedClaim]
    ) -> dict[str, Told]:
        """The claims behind steps, recorded and imagined ones, by id."""
        wanted = {step.id: step for step in steps}
        real = [step for id_, step in wanted.items() if id_ not in imagined]
        known = {each.claim.business_id: each for each in await self.told(real, moment) if each}
        for id_ in wanted.keys() & imagined.keys():
            claim, ends = imagined[id_]
            known[id_] = Told(claim, ends.start, ends.end)
        return known


@dataclass(frozen=True)
class Asked:
    """Who asks what about which party: what every question here takes.

    `moment` is the one at which the snapshot answers.
    """

    viewer: Viewer
    read: Readers
    snapshot: Snapshot
    thing: records.Entity
    moment: Moment
    scenario: Scenario | None
    variables: Mapping[str, Any]  # of the question, as its reproduction spells them

    async def world(self) -> World:
        """The world to compute on. Raises Forbidden, or BadInput for a scenario against rules."""
        policy.require(self.viewer, Permission.READ_OWNERSHIP)
        size = 0 if self.scenario is None else len(self.snapshot.recorded.keys)
        return await computed(size, world, self.snapshot, self.scenario, self.moment)

    async def known(self, keys: Sequence[str]) -> dict[str, records.Entity]:
        """Parties by key."""
        wanted = sorted(set(keys) - {self.thing.stored_key})
        found = await self.read.entities(wanted, self.moment)
        known = {each.stored_key: each for each in found if each}
        return {**known, self.thing.stored_key: self.thing}

    async def told(self, at: World, chains: Iterable[Sequence[Step]]) -> dict[str, Told]:
        """The claims behind all these chains, imagined ones among them, by id."""
        steps = [step for chain in chains for step in chain]
        return await self.read.claims(steps, self.moment, at.imagined)

    def again(self, field: str) -> records.Reproduction:
        """How to get the answer again."""
        return again(field, self.thing, self.moment, self.variables)

    def above(self, at: World) -> Upstream | None:
        """What stands above the party; None where no claim names it."""
        place = at.recorded.place(self.thing.stored_key)
        return None if place is None else upstream(at.recorded.holdings, place)


async def computed(size: int, function: Callable[..., T], *arguments: Any) -> T:
    """What a function gives, in another thread if there is much to look at.

    Small answers are ready at once: all fields of an operation then read their claims together.
    """
    if size <= SMALL:
        return function(*arguments)
    return await asyncio.to_thread(function, *arguments)
