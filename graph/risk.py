"""Questions about risk: the chains that make a score, what risk reaches, what a scenario moves.

What the numbers mean stands in `graph.algorithms.labels`. No risk is answered without the policy's
version, the moment and how complete it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph import records
from graph.again import CHAIN, again, explicit
from graph.algorithms.backward import chains
from graph.algorithms.network import KINDS
from graph.asked import Readers
from graph.errors import BadInput
from graph.kinds import KINDS as KIND_BY_LABEL
from graph.paths import Step, Told, path
from graph.policy import Viewer
from graph.records.moment import Moment
from graph.records.traversal import Reproduction
from graph.risk_scores import Scores
from graph.risk_worlds import RiskWorld
from graph.terms import CompletenessState, EntityKind

KIND_OF = {KIND_BY_LABEL[label]: label for label in KINDS if label != "SharedAttribute"}
"""Kinds that carry risk; attributes that are shared only pass it on."""
HIDDEN = "Something that might pass risk on is not for you to see; it is not counted."


@dataclass(frozen=True)
class RiskAsked:
    """Who asks about risk, in which world, by which policy."""

    viewer: Viewer
    read: Readers
    moment: Moment
    world: RiskWorld
    scores: Scores
    variables: Mapping[str, Any]  # policy and scenario, as a reproduction spells them

    def completeness(self, subject: records.Entity | None = None) -> records.Completeness:
        """All of the network was looked at, or all that the viewer sees.

        REDACTED where what is hidden might pass risk on to the subject, or to anything.
        """
        network = self.world.network.network
        seen = network.size, len(network.id)
        if self._redacted(subject):
            return records.Completeness(CompletenessState.REDACTED, *seen, HIDDEN)
        return records.Completeness(CompletenessState.COMPLETE, *seen)

    def _redacted(self, subject: records.Entity | None) -> bool:
        beside, network = self.world.network.beside, self.world.network.network
        if beside is None or not beside.any():
            return False
        place = None if subject is None else network.place(subject.stored_key)
        if place is None:
            return subject is None
        # As if every thing beside something hidden had the highest own risk.
        floor = self.scores.policy.floor
        ways = chains(self.scores.arcs, beside.astype(np.float64), place, 1, floor)
        return bool(beside[place] or ways)

    def risk(self, subject: records.Entity) -> records.Risk:
        """The risk of a thing."""
        found = self.scores.of(subject.stored_key)
        return records.Risk(
            subject,
            found.own,
            found.inherited,
            found.score,
            found.lower_bound,
            self.scores.policy.rating(found.score),
            self.scores.policy,
            self.completeness(subject),
            self.moment,
            self.again(subject),
            self,
        )

    def again(self, subject: records.Entity) -> Reproduction:
        """How to get the risk of a thing again: by the same version of the policy."""
        given = {"policy": self.scores.policy.id, **self.variables}
        return again("risk", subject, self.moment, given)

    def chain_again(
        self, subject: records.Entity, source: records.Entity, strength: float
    ) -> Reproduction:
        """How to get one chain again: what its source reaches as strongly, the subject among it.

        In a hypothetical world it is the risk of the subject, which lists the chain.
        """
        if self.variables:
            return self.again(subject)
        variables = {
            "id": explicit(source.stored_key, self.moment),
            "policy": self.scores.policy.id,
            "atLeast": strength,
        }
        return Reproduction(CHAIN, variables)

    async def chains(self, subject: records.Entity) -> list[records.RiskChain]:
        """The chains that make the score, strongest first."""
        place = self.world.network.network.place(subject.stored_key)
        if place is None:
            return []
        labels = self.scores.labels
        ranks = range(labels.counted(place))
        ways = [labels.chain(self.scores.arcs, place, rank) for rank in ranks]
        sources = [int(labels.source[place, rank]) for rank in ranks]
        strengths = [float(labels.value[place, rank]) for rank in ranks]
        return await self.told(subject, sources, strengths, ways)

    async def told(
        self,
        subject: records.Entity,
        sources: Sequence[int],
        strengths: Sequence[float],
        ways: Sequence[Sequence[int]],
    ) -> list[records.RiskChain]:
        """Chains in full: sources with their flags, and every hop with its claim."""
        network = self.world.network.network
        keys = [network.key(source) for source in sources]
        steps = [[self.step(arc) for arc in way] for way in ways]
        known = await self.claims([step for chain in steps for step in chain])
        flags = await self.flags(keys)
        seeds = self.scores.labels.seeds
        return [
            records.RiskChain(
                (made := path(chain, known)).start,
                flags[key],
                float(seeds[source]),
                strength,
                made,
                self.chain_again(subject, made.start, strength),
            )
            for source, key, strength, chain in zip(sources, keys, strengths, steps, strict=True)
        ]

    def step(self, arc: int) -> Step:
        """One arc as a step along or against its claim."""
        network, arcs = self.world.network.network, self.scores.arcs
        link = int(arcs.link[arc])
        type_, id_ = network.claim(link)
        forward = bool(arcs.start[arc] == network.start[link])
        return Step(type_, id_, forward, float(arcs.left[arc]))

    async def claims(self, steps: Sequence[Step]) -> dict[str, Told]:
        """The claims behind steps, imagined ones among them, by id."""
        return await self.read.claims(steps, self.moment, self.world.imagined)

    async def flags(self, subjects: Sequence[str]) -> dict[str, tuple[records.RiskFlag, ...]]:
        """The flags that count on each thing, the gravest first."""
        of = self.world.network.flags_of
        keys = {flag.key for subject in subjects for flag in of.get(subject, ())}
        real = sorted(keys - self.world.raised.keys())
        found = await self.read.entities(real, self.moment)
        known = {each.stored_key: each for each in found if isinstance(each, records.RiskFlag)}
        known |= {key: self._raised(key) for key in keys & self.world.raised.keys()}
        flags = {
            subject: [known[flag.key] for flag in of.get(subject, ()) if flag.key in known]
            for subject in subjects
        }
        order = lambda flag: (-flag.severity, flag.stored_key)  # noqa: E731
        return {subject: tuple(sorted(some, key=order)) for subject, some in flags.items()}

    def _raised(self, key: str) -> records.RiskFlag:
        """An imagined flag as answers show it; no id finds it again."""
        flag = self.world.raised[key]
        return records.RiskFlag(
            stored_key=f"RiskFlag:{key}",
            moment=self.moment,
            kind_code=flag.kind,
            severity=flag.severity,
            raised_on=self.moment.as_of,
        )


def wanted(kinds: Sequence[EntityKind] | None) -> frozenset[int]:
    """The network's codes of these kinds, of all that carry risk if none are given.

    Raises BadInput for a kind that carries none.
    """
    if kinds is None:
        return frozenset(KINDS.index(label) for label in KIND_OF.values())
    if not kinds or any(kind not in KIND_OF for kind in kinds):
        known = ", ".join(kind.value for kind in KIND_OF)
        raise BadInput(f"Argument 'kinds' takes kinds that carry risk: {known}.")
    return frozenset(KINDS.index(KIND_OF[kind]) for kind in kinds)
