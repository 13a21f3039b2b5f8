"""Tells what follows from changes, as changes: one after the other, once, whoever does it.

Every server follows the log and computes what each unit of work moved. Whoever is first appends it
and moves the mark; the others find it moved, and go on from there.
"""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import date

from graph.clock import CLOCK
from graph.derived import blocking, ratings
from graph.derived import facts as standing
from graph.derived.blocking import Blocked
from graph.derived.causes import NO_CAUSE, causes
from graph.derived.facts import Facts
from graph.derived.marks import Mark, mark, move
from graph.derived.placing import Placing, World
from graph.derived.told import Moved
from graph.derived.units import Unit, entries, units
from graph.errors import GraphError
from graph.risk_policies import RiskPolicy, all_policies
from graph.session import Graph

EVERY = 0.4  # seconds between two looks at the log
AGAIN = 2.0  # seconds until a database that was away is asked again
LONG = 30.0  # the same after a fault of ours
APART = 2_000  # entries behind: beyond, they are taken together
MOST = 50_000  # entries taken together
LOST = 1_000_000  # entries behind at the start: beyond, telling begins anew
AT_ONCE = 2_000  # events appended by one unit of work, or those of one unit
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stand:
    """Everything that is followed, at one place of one log."""

    incarnation: str | None
    world: World
    blocked: Blocked

    @property
    def facts(self) -> Facts:
        """What it stands on."""
        return self.world.facts

    def behind(self, sequence: int) -> "Stand":
        """The same further on, behind entries that change nothing."""
        facts = replace(self.facts, sequence=sequence)
        return replace(self, world=replace(self.world, facts=facts))

    def at(self, mark: Mark) -> bool:
        """Whether it stands where the mark does, or before."""
        here = (self.incarnation, self.facts.day) == (mark.incarnation, mark.day)
        return here and self.facts.sequence <= (mark.derived or 0)


class Deriver:
    """Follows the log of one graph."""

    def __init__(self, graph: Graph) -> None:
        """Begin without having read anything."""
        self.graph = graph
        self.placing = Placing(graph)
        self.stand: Stand | None = None

    async def turn(self) -> bool:
        """Tell what has happened since the mark; whether there may be more to tell."""
        seen = await mark(self.graph)
        today = CLOCK.now().date()
        if seen.derived is None or seen.sequence < seen.derived or self._lost(seen):
            # What was recorded before anybody told what follows has moved nobody: it stands.
            await move(self.graph, seen, seen.at(seen.sequence, today), ())
            return True
        if seen.derived == seen.sequence and seen.day == today and self._here(seen):
            return False
        stand = await self._stand(seen)
        if seen.day != today:
            return await self._day(seen, stand, today)
        return await self._follow(seen, stand)

    def _here(self, seen: Mark) -> bool:
        """Whether this stands where the mark does."""
        stand = self.stand
        return stand is not None and stand.at(seen) and stand.facts.sequence == seen.derived

    def _lost(self, seen: Mark) -> bool:
        lost = seen.sequence - (seen.derived or 0) > LOST
        if lost:
            log.warning("Too much was recorded to tell what followed from each of it.")
        return lost and self.stand is None

    async def _stand(self, seen: Mark) -> Stand:
        """Where the mark stands: read anew, or moved on to it without telling."""
        derived, day = seen.derived or 0, seen.day
        assert day is not None
        stand = self.stand
        if stand is None or not stand.at(seen):
            self.placing.forget()
            stand = self.stand = await self._read(seen, day)
        elif stand.facts.sequence < derived:  # another server has told it
            self.placing.forget()
            logged = await entries(self.graph, stand.facts.sequence, derived)
            for unit in await units(self.graph, logged, together=True):
                stand = await self._moved(stand, unit, derived)
            self.stand = stand = stand.behind(derived)
        return stand

    async def _read(self, seen: Mark, day: date) -> Stand:
        """What stood at the mark: what stands now, less what was recorded since."""
        facts = await standing.read(self.graph, day)
        now = await mark(self.graph)
        logged = await entries(self.graph, seen.derived or 0, now.sequence)
        policies = standing.published(facts.policies, logged)
        for unit in await units(self.graph, logged, together=True):
            facts = await asyncio.to_thread(facts.changed, standing.backward(unit), 0)
        facts = replace(facts, sequence=seen.derived or 0, policies=policies)
        scores = await asyncio.to_thread(ratings.scored, facts, None)
        return Stand(seen.incarnation, World(facts, scores), Blocked(facts))

    async def _moved(self, before: Stand, unit: Unit, sequence: int) -> Stand:
        """What stands behind a unit."""
        facts = await asyncio.to_thread(
            before.facts.changed, standing.forward(unit), sequence
        )  # fmt: skip
        if any(each.rules for each in unit.entries):
            facts = replace(facts, policies=await self._policies(sequence))
        scores = await asyncio.to_thread(ratings.scored, facts, before.world.scores)
        return Stand(before.incarnation, World(facts, scores), before.blocked.after(facts))

    async def _policies(self, sequence: int) -> tuple[RiskPolicy, ...]:
        """The policies that are published by entries up to this one."""
        found = await all_policies(self.graph)
        now = await mark(self.graph)
        return standing.published(found, await entries(self.graph, sequence, now.sequence))

    async def _day(self, seen: Mark, before: Stand, today: date) -> bool:
        """Tell what the day alone has moved: relationships and flags that begin or end."""
        after = await self._read(seen, today)
        moved = await asyncio.to_thread(self._compared, before, after)
        self.placing.forget()
        moved += await self.placing.days(before.world, after.world)
        return await self._move(seen, seen.at(seen.derived or 0, today), moved, after)

    async def _follow(self, seen: Mark, stand: Stand) -> bool:
        """Tell what follows from the next units, and move the mark behind them."""
        derived = seen.derived or 0
        behind = seen.sequence - derived
        up_to = min(seen.sequence, derived + MOST)
        logged = await entries(self.graph, derived, up_to)
        told: list[Moved] = []
        before, reached = stand, derived
        for unit in await units(self.graph, logged, together=behind > APART):
            after = await self._moved(before, unit, unit.last.sequence)
            told += await self._told(before, after, unit)
            before, reached = after, unit.last.sequence
            if len(told) >= AT_ONCE:
                break
        else:
            reached = up_to  # what was derived is passed over
        if reached == derived:
            return False
        return await self._move(seen, seen.at(reached, before.facts.day), told, before)

    async def _move(self, seen: Mark, to: Mark, told: list[Moved], stand: Stand) -> bool:
        """Write what was told, unless somebody else has."""
        reached = await move(self.graph, seen, to, [each.entry for each in told])
        if reached is not None:
            self.stand = stand.behind(reached)
        return True

    async def _told(self, before: Stand, after: Stand, unit: Unit) -> list[Moved]:
        """What one unit moved: ratings, then verdicts, then segments."""
        told = await asyncio.to_thread(self._compared, before, after, unit)
        return told + await self.placing.moved(unit, before.world, after.world)

    @staticmethod
    def _compared(before: Stand, after: Stand, unit: Unit | None = None) -> list[Moved]:
        by = causes(unit, unit.moving) if unit else NO_CAUSE
        told = ratings.moved(before.world.scores, after.world.scores, by)
        return told + blocking.moved(before.blocked, after.blocked, by)


async def deriving(graph: Graph, ready: "asyncio.Task[int]") -> None:
    """Tell what follows from changes until cancelled, once the networks have been read.

    A database that is away is asked again.
    """
    await asyncio.wait({ready})
    deriver = Deriver(graph)
    while True:
        try:
            more = await deriver.turn()
        except GraphError as error:
            log.warning("What follows is not told yet.", extra={"fault": error.code})
            deriver.stand = None  # it is not known how far this came
            await asyncio.sleep(AGAIN)
        except Exception:  # whatever it is, it must not end what is told for good
            log.exception("What follows was not told.")
            deriver.stand = None
            await asyncio.sleep(LONG)
        else:
            if not more:
                await asyncio.sleep(EVERY)
