"""A computed question: who asks what about which party, at which moment, in which world."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from graph import policy, records
from graph.again import again
from graph.algorithms.upstream import Upstream, upstream
from graph.errors import TimedOut
from graph.paths import Step, Told
from graph.policy import Viewer
from graph.records.moment import Moment
from graph.scenarios import Imagined, Scenario, World, world
from graph.snapshot import Snapshot
from graph.terms import CompletenessState, Permission

SMALL = 5_000  # parties: computed at once; more are computed beside other requests
T = TypeVar("T")
Wider = Callable[[str], Awaitable[Snapshot]]
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
    wider: Wider | None = None  # where the snapshot is only what lies around the party

    async def world(self) -> World:
        """The world to compute on. Raises Forbidden, or BadInput for a scenario against rules."""
        policy.reaching(self.viewer, Permission.READ_OWNERSHIP)
        return await self._world(self.snapshot)

    async def _world(self, snapshot: Snapshot) -> World:
        size = 0 if self.scenario is None else len(snapshot.recorded.keys)
        return await computed(size, world, snapshot, self.scenario, self.moment)

    async def under(self, at: World, head: str) -> World:
        """The same world, with all that this party may control."""
        return at if self.wider is None else await self._world(await self.wider(head))

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

    def place(self, at: World) -> int | None:
        """Where the party stands; None where no claim names it.

        Raises TimedOut if there was no time to read any.
        """
        place = at.recorded.place(self.thing.stored_key)
        if place is None and at.cut is not None:
            raise TimedOut("There was no time to read who owns what at that moment. Ask again.")
        return place

    def above(self, at: World) -> Upstream | None:
        """What stands above the party; None where no claim names it."""
        place = self.place(at)
        if place is None:
            return None
        found = upstream(at.recorded.holdings, place)
        if at.cut is None:
            return found
        late = at.cut is CompletenessState.TIMED_OUT
        return replace(found, complete=False, late=late)


async def computed(size: int, function: Callable[..., T], *arguments: Any) -> T:
    """What a function gives, in another thread if there is much to look at.

    Small answers are ready at once: all fields of an operation then read their claims together.
    """
    if size <= SMALL:
        return function(*arguments)
    return await asyncio.to_thread(function, *arguments)
