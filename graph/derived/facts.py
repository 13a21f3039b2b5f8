"""What risk and ownership stand on at a place of the log: moved on change by change, or back.

Claims and flags are told apart by their versions, which never change. So what a change puts on
record and takes off it can be undone as exactly as it can be done.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from graph.algorithms.network import UNDISCLOSED, Link, Network
from graph.algorithms.recorded import Recorded, Row
from graph.derived.units import Claimed, Logged, Said, Unit
from graph.flags import Flag
from graph.queries import query
from graph.records.moment import Moment
from graph.risk_network import risk_network
from graph.risk_policies import RiskPolicy, all_policies
from graph.rows import OPEN_INSTANT, native
from graph.session import Graph
from graph.snapshot import LISTING, TYPES, snapshot


class Raised(NamedTuple):
    """A claim that a flag is about something."""

    flag: str
    subject: str
    first: date
    last: date


@dataclass(frozen=True)
class Difference:
    """Versions of claims that go and come, and what flags say instead; None for nothing."""

    gone: frozenset[str]
    come: Mapping[str, Claimed]
    said: Mapping[str, Said | None]


@dataclass(frozen=True)
class Facts:
    """Networks, flags and policies as they were behind an entry of the log, for one day."""

    day: date
    sequence: int
    network: Network
    recorded: Recorded
    said: Mapping[str, Said]  # by flag
    raised: Mapping[str, Raised]  # by version of the claim
    policies: tuple[RiskPolicy, ...]
    flags: tuple[Flag, ...]  # that count on the day, in order

    @cached_property
    def listed(self) -> frozenset[str]:
        """The parties on a sanctions list."""
        found = (flag.subject for flag in self.flags if flag.kind in LISTING)
        return frozenset(key for key in found if key.startswith("Party:"))

    def changed(self, by: Difference, sequence: int) -> "Facts":
        """The same after a difference; what it does not concern is the same object."""
        network, recorded = self.network, self.recorded
        come = [each for each in by.come.values() if each.type != "FLAGS" and not each.indirect]
        links = [_link(each) for each in come if each.holds(self.day)]
        rows = [_row(each) for each in come if each.type in TYPES and each.holds(self.day)]
        gone = frozenset(by.gone | by.come.keys())
        things = {
            key: label
            for each in by.come.values()
            for key, label in ((each.start, each.start_label), (each.end, each.end_label))
            if label
        }
        if links or network.has(gone) or any(network.place(key) is None for key in things):
            network = network.without(ids=gone).edited(sorted(things.items()), links)
        if rows or recorded.has(gone):
            recorded = recorded.without(ids=gone).edited(rows)
            _ = recorded.holdings.by_owner
        found = replace(self, sequence=sequence, network=network, recorded=recorded)
        return found._flagged(by, gone)

    def _flagged(self, by: Difference, gone: frozenset[str]) -> "Facts":
        come = {id_: each for id_, each in by.come.items() if each.type == "FLAGS"}
        if not (come or by.said or gone & self.raised.keys()):
            return self
        kept = {id_: each for id_, each in self.raised.items() if id_ not in gone}
        kept |= {id_: Raised(c.start, c.end, c.first, c.last) for id_, c in come.items()}
        said: dict[str, Said] = {**self.said}
        for key, now in by.said.items():
            if now is None:
                said.pop(key, None)
            else:
                said[key] = now
        return replace(self, raised=kept, said=said, flags=counting(said, kept, self.day))


def counting(said: Mapping[str, Said], raised: Mapping[str, Raised], day: date) -> tuple[Flag, ...]:
    """The flags that count on a day, in the order in which own risk is computed from them."""
    found = [
        Flag(each.flag, each.subject, said[each.flag].kind, said[each.flag].severity)
        for each in raised.values()
        if each.flag in said and each.first <= day < each.last and said[each.flag].counts(day)
    ]
    return tuple(sorted(found))


def forward(unit: Unit) -> Difference:
    """What the entries of a unit change, one after the other."""
    return _difference(unit, [(e, e.closed, e.opened, e.version or 0) for e in unit.entries])


def backward(unit: Unit) -> Difference:
    """What undoes them."""
    steps = [(e, e.opened, e.closed, (e.version or 0) - 1) for e in reversed(unit.entries)]
    return _difference(unit, steps)


Step = tuple[Logged, str | None, str | None, int]
"""An entry, the versions of a claim that go and come with it, and the version of a thing."""


def _difference(unit: Unit, steps: Iterable[Step]) -> Difference:
    gone: set[str] = set()
    come: dict[str, Claimed] = {}
    said: dict[str, Said | None] = {}
    for entry, goes, comes, version in steps:
        if entry.claim:
            if goes:
                gone.add(goes)
                come.pop(goes, None)
            if comes and comes in unit.claims:
                gone.discard(comes)
                come[comes] = unit.claims[comes]
        elif entry.flag:
            key = str(entry.subject)
            said[key] = unit.flags.get((key, version))
    return Difference(frozenset(gone), come, said)


async def read(graph: Graph, day: date) -> Facts:
    """What stands now, for a day; whatever is recorded meanwhile may be in it or not."""
    now = Moment.now()
    moment = now if now.as_of == day else Moment.given(day, None, now)
    world, owned = await risk_network(graph, moment), await snapshot(graph, moment)
    [found] = await graph.read(query("derived/flags"), open=OPEN_INSTANT)
    said, raised = dict[str, Said](), dict[str, Raised]()
    for key, kind, severity, begun, resolved, claims in found["rows"]:
        said[key] = Said(kind, severity, native(begun), native(resolved))
        for id_, subject, first, last in claims:
            raised[id_] = Raised(key, subject, first.to_native(), last.to_native())
    policies = tuple(await all_policies(graph))
    flags = await asyncio.to_thread(counting, said, raised, day)
    return Facts(day, 0, world.network, owned.recorded, said, raised, policies, flags)


def published(policies: Iterable[RiskPolicy], later: Iterable[Logged]) -> tuple[RiskPolicy, ...]:
    """The policies without those that later entries publish."""
    new = {entry.rules for entry in later if entry.rules and entry.version == 1}
    return tuple(each for each in policies if each.stored_key not in new)


def _link(of: Claimed) -> Link:
    high = of.high if of.disclosed else UNDISCLOSED
    return Link(of.id, of.type, of.start, of.end, of.low, high)


def _row(of: Claimed) -> Row:
    kinds = (label if label in ("Person", "Unspecified") else "Organization"
             for label in (of.start_label, of.end_label))  # fmt: skip
    return Row(
        of.id, of.type, of.start, of.end, of.low, of.high, of.disclosed, of.interest, of.source,
        *kinds,
    )  # fmt: skip
