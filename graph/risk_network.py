"""What risk walks on at a moment, held in memory: things, claims, and the flags that count."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from graph.algorithms.claims import Flags, Floats
from graph.algorithms.labels import Labels
from graph.algorithms.network import KINDS, Link, Network
from graph.algorithms.own import own_risk
from graph.algorithms.risk_arcs import RiskArcs
from graph.changes import Place
from graph.flags import Flag, flags_at
from graph.following import Following, Standing
from graph.queries import query, within
from graph.records.moment import Moment
from graph.risk_policies import RiskPolicy, all_policies
from graph.session import Graph

PAGE = 5_000  # things read at once, with the claims that leave them
SECONDS = 60.0  # one page
PARTS = 16  # callers whose parts of one network are kept
log = logging.getLogger(__name__)
Things = list[tuple[str, str]]
Who = tuple[bool, frozenset[str], frozenset[str], frozenset[str]]
"""What a caller sees: all or these accounts and things; but for relationships of these types."""


class Earlier(NamedTuple):
    """What an earlier network came to under a policy: something to go on from."""

    policy: RiskPolicy
    network: Network
    arcs: RiskArcs
    labels: Labels


@dataclass(frozen=True, eq=False)
class RiskNetwork(Standing):
    """The network, its flags and all risk policies, at a place of the change log.

    `parts` are what callers see of it (`graph.risk_parts`). Of such a part `beside` says which
    things, by place, have something hidden next to them; None where nothing is hidden.
    """

    network: Network
    flags: tuple[Flag, ...]
    policies: tuple[RiskPolicy, ...]
    computed: dict[str, "asyncio.Task[Any]"] = field(default_factory=dict)  # by policy
    earlier: dict[str, Earlier] = field(default_factory=dict)  # by policy, until it is used
    beside: Flags | None = None
    parts: "OrderedDict[Who, asyncio.Task[RiskNetwork]]" = field(default_factory=OrderedDict)
    earlier_parts: "dict[Who, RiskNetwork]" = field(default_factory=dict)  # until they are used

    @cached_property
    def flags_of(self) -> Mapping[str, tuple[Flag, ...]]:
        """The flags of each thing that has any."""
        found: dict[str, list[Flag]] = {}
        for flag in self.flags:
            found.setdefault(flag.subject, []).append(flag)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def seeds(self) -> Floats:
        """Own risk of every thing, by place."""
        found = np.zeros(self.network.size, np.float64)
        for key, flags in self.flags_of.items():
            at = self.network.place(key)
            if at is not None:
                found[at] = own_risk((flag.kind, flag.severity) for flag in flags)
        return found

    @cached_property
    def _subjects(self) -> Mapping[str, str]:
        return {flag.key: flag.subject for flag in self.flags}

    def seeds_without(self, resolved: Iterable[str]) -> Floats:
        """The same with these flags resolved."""
        gone = set(resolved)
        found = self.seeds.copy()
        for key in {self._subjects[each] for each in gone if each in self._subjects}:
            at = self.network.place(key)
            if at is not None:
                left = (flag for flag in self.flags_of[key] if flag.key not in gone)
                found[at] = own_risk((flag.kind, flag.severity) for flag in left)
        return found

    def known(self) -> dict[str, Earlier]:
        """What was computed of this network, or of an earlier one, for one that differs little."""
        found = dict(self.earlier)
        for key, task in self.computed.items():
            if finished(task):
                scores = task.result()
                found[key] = Earlier(
                    scores.policy, scores.world.network, scores.arcs, scores.labels
                )
        return found

    def known_parts(self) -> "dict[Who, RiskNetwork]":
        """What callers see of this network, or saw of an earlier one, the same way."""
        found = {who: task.result() for who, task in self.parts.items() if finished(task)}
        return dict([*{**self.earlier_parts, **found}.items()][-PARTS:])


def finished(task: "asyncio.Task[Any]") -> bool:
    """Whether a task has come to something."""
    return task.done() and not task.cancelled() and task.exception() is None


async def _read(graph: Graph, moment: Moment, place: Place) -> RiskNetwork:
    started = perf_counter()
    things: Things = []
    links: list[Link] = []
    async for some, claims in _pages(graph, moment):
        things += some
        links += claims
    network = await asyncio.to_thread(Network.of, things, links)
    flags = await _flags(graph, moment)
    seconds = perf_counter() - started
    told = {"count": len(network.id), "duration_ms": round(seconds * 1000)}
    log.info("What risk walks on was read.", extra=told)
    policies = tuple(await all_policies(graph))
    return RiskNetwork(place, moment.known_at, seconds, network, flags, policies)


async def _pages(graph: Graph, moment: Moment) -> AsyncIterator[tuple[Things, list[Link]]]:
    """All things with the claims that leave them, page by page along their keys."""
    long = within(query("snapshot/things"), SECONDS)
    after = ""
    while True:
        [found] = await graph.read(
            long, after=after, limit=PAGE, kinds=list(KINDS), **moment.parameters
        )
        things = [(key, kind) for key, kind in found["things"]]
        yield things, [Link(*row) for rows in found["claims"] for row in rows]
        if len(things) < PAGE:
            return
        after = things[-1][0]


async def _flags(graph: Graph, moment: Moment) -> tuple[Flag, ...]:
    return await flags_at(graph, query("snapshot/flags"), moment)


async def _advance(graph: Graph, moment: Moment, before: RiskNetwork, place: Place) -> RiskNetwork:
    """What was recorded since, read again for each thing concerned."""
    [changed] = await graph.read(
        query("snapshot/touched"), after=before.place.sequence, upTo=place.sequence
    )
    network, keys = before.network, sorted(changed["keys"])
    things: Things = []
    links: list[Link] = []
    for first in range(0, len(keys), PAGE):
        [found] = await graph.read(
            query("snapshot/of_things"),
            keys=keys[first : first + PAGE],
            kinds=list(KINDS),
            **moment.parameters,
        )
        things += [(key, kind) for key, kind in found["things"]]
        links += [Link(*row) for rows in found["claims"] for row in rows]
    if things and not network.says(things, links):
        starts = [key for key, _ in things]
        network = await asyncio.to_thread(
            lambda: before.network.without(starts=starts).edited(things, links)
        )
    flags = await _flags(graph, moment) if changed["flags"] else before.flags
    policies = tuple(await all_policies(graph))
    others = before.flags, before.policies
    if network is before.network and (flags, policies) == others:
        return replace(before, place=place, known_at=moment.known_at)  # with all that was computed
    return RiskNetwork(
        place,
        moment.known_at,
        before.seconds,
        network,
        flags,
        policies,
        earlier=before.known(),
        earlier_parts=before.known_parts(),
    )


NETWORKS = Following(_read, _advance)


async def risk_network(graph: Graph, moment: Moment) -> RiskNetwork:
    """What risk walks on at the moment, with everything recorded before this call."""
    return await NETWORKS.at(graph, moment)


def numbers(graph: Graph) -> dict[str, float]:
    """What the newest network of this graph holds and cost; nothing before there is one."""
    newest, kept = NETWORKS.newest(graph)
    if newest is None:
        return {}
    return {
        "risk_network_things": newest.network.size,
        "risk_network_claims": len(newest.network.id),
        "risk_network_bytes": newest.network.nbytes,
        "risk_network_bytes_per_account": newest.network.nbytes
        / max(1, len(newest.network.accounts)),
        "risk_network_sequence": newest.place.sequence,
        "risk_network_read_seconds": newest.seconds,
        "risk_network_reads_total": kept.read,
        "risk_network_updates_total": kept.advanced,
    }
