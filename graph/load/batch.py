"""One batch of rows on its way into the graph: looked at, locked, judged, written."""

from datetime import date, datetime
from typing import Any

from neo4j import Query

from graph.clock import CLOCK
from graph.load import journal, log, look, stored
from graph.load.bare import Bare
from graph.load.journal import LOAD, By
from graph.load.judge import EXCLUSIVE, Known, Pending, Verdict, judged
from graph.load.look import Ask, Claim, Thing
from graph.load.outcome import Outcome
from graph.load.rotation import rekey
from graph.load.units import Refused, Unit
from graph.queries import query
from graph.rows import OPEN_INSTANT, instant


class Batch:
    """One batch on its way: looked at, locked, judged, written."""

    def __init__(
        self,
        ask: Ask,
        batch: list[Unit],
        at: datetime | None,
        pending: Pending | None = None,
        by: By = LOAD,
    ) -> None:
        """Begin with units, the instant they are recorded at (now if None) and who records them."""
        self.ask = ask
        self.batch = batch
        self.given = at
        self.at = at or CLOCK.now()
        self.by = by
        self.entries = range(0)  # of the change log, once written
        self.known = Known(pending=pending)
        self.things: list[list[Thing]] = []
        self.claims: list[list[Claim]] = []

    async def written(self) -> Outcome:
        """Look, lock what may change, look again, judge and write."""
        await rekey(self.ask, (thing for unit in self.batch for thing in unit.things))
        await self.look(lock=True)
        self.at = await self._instant()
        verdict = self.verdict()
        outcome = self.outcome(verdict)
        await self.put(verdict)
        return outcome

    @property
    def day(self) -> date:
        """The day of recording."""
        return self.at.date()

    async def _instant(self) -> datetime:
        """When it is recorded, asked under the locks: never before what is there was recorded."""
        [log] = await self.ask(query("load/log_instant"))
        last = instant(log["at"])
        return max(self.given, last or self.given) if self.given else CLOCK.after(last)

    async def look(self, lock: bool = False) -> None:
        """Gather what the graph says about the batch."""
        self.things = await look.things(self.ask, self.batch, loaded=self.by.loads)
        self.claims = await look.claims(self.ask, self.batch)
        flat = [thing for unit in self.things for thing in unit]
        changing = [t for t in flat if t.node and not t.same and not isinstance(t.row, Bare)]
        news = [claim for unit in self.claims for claim in unit if not claim.same]
        alone = [claim for claim in news if claim.row.type in EXCLUSIVE]
        if lock:
            await self._lock(changing, alone, [claim for claim in news if claim.standing])
        await look.differences(self.ask, changing)
        await self._know(flat, changing, alone)

    async def _lock(self, changing: list[Thing], alone: list[Claim], old: list[Claim]) -> None:
        """Lock what invariants and corrections protect, then look at those claims again."""
        nodes = {thing.node for thing in changing} | {claim.start for claim in alone + old}
        nodes |= {claim.end for claim in alone if claim.row.type == "MANAGED_BY"}
        found = sorted(node for node in nodes if node)
        if found:
            await self.ask(query("load/lock"), nodes=found)
        await look.again(self.ask, list({id(claim): claim for claim in alone + old}.values()))

    async def _know(self, flat: list[Thing], changing: list[Thing], alone: list[Claim]) -> None:
        """What judging needs beside the rows themselves."""
        known = self.known
        lookups = {t.row.properties["lookup"] for t in flat if "lookup" in t.row.properties}
        known.numbers |= await look.numbers(self.ask, {str(lookup) for lookup in lookups})
        if known.pending is not None:  # nothing is written: they still have the key before
            before = {
                t.row.lookup_before: str(t.row.properties["lookup"])
                for t in flat
                if t.row.lookup_before
            }
            there = await look.numbers(self.ask, set(before))
            known.numbers |= {before[lookup]: key for lookup, key in there.items()}
        leaving = {
            thing.row.key
            for thing in changing
            if thing.active and thing.row.properties.get("active") is False
        }
        managed = {c.row.start for c in alone if c.row.type == "MANAGED_BY" and c.standing}
        known.participants = await look.participants(self.ask, managed, self.day)
        known.participants |= await look.left_alone(self.ask, leaving, self.day)
        keys = {claim.row.start for claim in alone} | known.participants
        known.intervals = await look.intervals(self.ask, keys)

    def verdict(self) -> Verdict:
        """Which units may be written."""
        return judged(self.batch, self.things, self.claims, self.known, self.day)

    def outcome(self, verdict: Verdict) -> Outcome:
        """The counts of a verdict."""
        outcome = Outcome()
        for place, refusal in sorted(verdict.refusals.items()):
            outcome.refused.append(Refused(refusal, self.batch[place].file))
        seen: set[str] = set()
        for place in verdict.accepted:
            said = [(thing.row.kind, self._thing(thing, seen)) for thing in self.things[place]]
            said += [(claim.row.type, _claim(claim, seen)) for claim in self.claims[place]]
            outcome.counts.update(said)
            outcome.changing += any(verdict != "unchanged" for _, verdict in said)
        return outcome

    def _thing(self, thing: Thing, seen: set[str]) -> str:
        """What a thing is counted as, after those seen before."""
        key = thing.row.key
        new = not thing.node and key not in seen and not self._pending(thing)
        again = thing.same or not thing.node or isinstance(thing.row, Bare)
        seen.add(key)
        return "created" if new else "unchanged" if again else "changed"

    def _pending(self, thing: Thing) -> bool:
        """In a dry run, whether an earlier batch would have made the thing."""
        return bool(self.known.pending and self.known.pending.get(thing.row.key))

    async def put(self, verdict: Verdict) -> None:
        """Write what was accepted, and tell the change log."""
        creating: dict[str, Thing] = {}
        changing: dict[str, Thing] = {}
        claims: dict[str, Claim] = {}
        for place in verdict.accepted:
            for thing in self.things[place]:
                self._sort(thing, creating, changing)
            for claim in self.claims[place]:
                if not claim.same:
                    claims.setdefault(claim.claim, claim)
        # Instants are given once: a row of each costs more than all the rest of it.
        new = [stored.created(thing) for thing in creating.values()]
        await self._all(query("load/create_things"), new, at=self.at)
        changed = [stored.changed(thing) for thing in changing.values()]
        now = await self._all(query("load/change_things"), changed, at=self.at)
        old = [stored.closed(claim) for claim in claims.values() if claim.standing]
        said = await self._all(query("load/close_claims"), old, at=self.at)
        opened = [stored.claimed(claim) for claim in claims.values() if not claim.row.withdrawn]
        await self._all(query("load/create_claims"), opened, at=self.at, open=OPEN_INSTANT)
        before = {row["claim"]: row["before"] for row in said}
        versions = {row["key"]: row["version"] for row in now}
        made = journal.entries(
            creating.values(), changing.values(), claims.values(), before, versions, self.by
        )
        self.entries = await log.append(self.ask, made, self.at)

    def _sort(self, thing: Thing, creating: dict[str, Thing], changing: dict[str, Thing]) -> None:
        key = thing.row.key
        bare = isinstance(thing.row, Bare)
        if thing.node:
            if not thing.same and not bare:
                changing[key] = thing
        elif key not in creating or (isinstance(creating[key].row, Bare) and not bare):
            creating[key] = thing

    async def _all(
        self, statement: Query, rows: list[dict[str, Any]], **parameters: object
    ) -> list[dict[str, Any]]:
        return await self.ask(statement, rows=rows, **parameters) if rows else []


def _claim(claim: Claim, seen: set[str]) -> str:
    """What a claim is counted as, after those seen before."""
    same = claim.same or claim.claim in seen
    seen.add(claim.claim)
    return "unchanged" if same else "changed" if claim.standing else "created"
