"""The risk of everything at a moment under a policy: computed at once, kept while it holds."""

import asyncio
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.algorithms.arc_edits import edited
from graph.algorithms.claims import Floats, Ints
from graph.algorithms.label_updates import updated
from graph.algorithms.labels import Labels, labels
from graph.algorithms.network import Network
from graph.algorithms.risk_arcs import RiskArcs, risk_arcs
from graph.errors import BadInput
from graph.policy import Viewer
from graph.reach import reach
from graph.records.moment import Moment
from graph.risk_network import RiskNetwork, risk_network
from graph.risk_parts import seen_of
from graph.risk_policies import RiskPolicy, in_force
from graph.session import Graph
from graph.terms import Permission, RiskRating


@dataclass(frozen=True, slots=True)
class Score:
    """The risk of a thing: its own, and what its strongest chains bring; all from 0 to 1."""

    own: float
    strengths: tuple[float, ...]

    @property
    def inherited(self) -> float:
        """From the chains alone."""
        return 1 - self._left()

    @property
    def score(self) -> float:
        """Own and inherited together."""
        return 1 - (1 - self.own) * self._left()

    @property
    def lower_bound(self) -> float:
        """The strongest single cause."""
        return max(self.own, *self.strengths, 0.0)

    def _left(self) -> float:
        left = 1.0
        for strength in self.strengths:
            left *= 1 - strength
        return left


NOTHING = Score(0.0, ())


@dataclass(frozen=True)
class Scores:
    """All scores of one world under one policy, and the chains that make them."""

    policy: RiskPolicy
    world: RiskNetwork
    arcs: RiskArcs
    labels: Labels

    @cached_property
    def values(self) -> Floats:
        """The score of every thing, by place."""
        return self.labels.scores()

    def of(self, key: str) -> Score:
        """The score of a thing; nothing where no flag and no chain reaches it."""
        place = self.world.network.place(key)
        return NOTHING if place is None else self.at(place)

    def at(self, place: int) -> Score:
        """The score of a thing by its place."""
        return Score(float(self.labels.seeds[place]), self.labels.strengths(place))

    def rating(self, key: str) -> RiskRating:
        """The rating of a thing."""
        return self.policy.rating(self.of(key).score)

    @cached_property
    def ranking(self) -> list[tuple[float, str]]:
        """All accounts, riskiest first, ties by key: the score negated, and the key."""
        return self._ranked(self.world.network.accounts)

    def ranked(self, keys: Iterable[str]) -> list[tuple[float, str]]:
        """The same of these accounts; one that risk does not know is in no ranking."""
        network = self.world.network
        places = (network.place(key) for key in keys)
        return self._ranked(np.array([at for at in places if at is not None], np.int64))

    def _ranked(self, accounts: Ints) -> list[tuple[float, str]]:
        order = np.lexsort((accounts, -self.values[accounts]))
        ranked = accounts[order]
        keys = (self.world.network.key(place) for place in ranked.tolist())
        return list(zip((-self.values[ranked]).tolist(), keys, strict=True))

    def at_least(self, score: float) -> tuple[str, ...]:
        """The accounts with at least this score."""
        accounts = self.world.network.accounts
        found = accounts[self.values[accounts] >= score]
        return tuple(self.world.network.key(place) for place in found.tolist())

    def rated(self, ratings: Set[RiskRating]) -> tuple[str, ...]:
        """The accounts with one of these ratings."""
        accounts = self.world.network.accounts
        values = self.values[accounts].tolist()
        found = [
            place
            for place, value in zip(accounts.tolist(), values, strict=True)
            if self.policy.rating(value) in ratings
        ]
        return tuple(self.world.network.key(place) for place in found)

    @property
    def nbytes(self) -> int:
        """Memory of the network, its arcs and its labels."""
        return self.world.network.nbytes + self.arcs.nbytes + self.labels.nbytes


async def scores(
    graph: Graph, viewer: Viewer, moment: Moment, policy_key: str | None = None
) -> Scores:
    """The scores at the moment by a policy, the one in force if none is named.

    Of what the viewer sees, computed of nothing else. One statement if nothing has changed.
    Raises Forbidden, or BadInput without a policy.
    """
    seen = await reach(graph, viewer, Permission.READ_RISK)
    world = await seen_of(await risk_network(graph, moment), seen)
    return await scored(world, chosen(world, moment, policy_key))


def chosen(world: RiskNetwork, moment: Moment, policy_key: str | None) -> RiskPolicy:
    """The policy of this key, or the one in force. Raises BadInput if there is none."""
    if policy_key is None:
        found = in_force(world.policies, moment.as_of)
        fault = (
            f"No risk policy is in force on {moment.as_of}: nothing has a risk then. Give a day on"
            " which one is (see 'riskPolicies'), or name a policy."
        )
    else:
        found = next((each for each in world.policies if each.stored_key == policy_key), None)
        fault = "Argument 'policy' is the id of no risk policy. Give one of 'riskPolicies'."
    if found is None:
        raise BadInput(fault)
    return found


async def scored(world: RiskNetwork, by: RiskPolicy) -> Scores:
    """The scores of a world, computed once for all who ask."""
    task = world.computed.get(by.stored_key)
    if task is None or (task.done() and (task.cancelled() or task.exception())):
        task = asyncio.create_task(asyncio.to_thread(compute, world, by))
        world.computed[by.stored_key] = task
    found: Scores = await asyncio.shield(task)
    return found


def compute(world: RiskNetwork, by: RiskPolicy) -> Scores:
    """The scores of a world: those of an earlier one brought up to date, if they are known.

    Without them it takes long on a large one.
    """
    earlier = world.earlier.pop(by.stored_key, None)
    if earlier is None or earlier.policy != by:
        arcs = risk_arcs(world.network, by.rules)
        return Scores(by, world, arcs, labels(arcs, world.seeds, by.chains, by.floor))
    moved = moved_to(earlier.network, world.network)
    if world.network is earlier.network:
        arcs = earlier.arcs  # only flags changed
    else:
        taken_over = edited(earlier.arcs, earlier.network, world.network, moved)
        arcs = taken_over or risk_arcs(world.network, by.rules)
    found = updated(earlier.labels, earlier.arcs, arcs, moved, world.seeds)
    return Scores(by, world, arcs, found)


def moved_to(before: Network, after: Network) -> Ints:
    """Where each thing of a network stands in a later one, from which none has gone."""
    if before.keys is after.keys:
        return np.arange(len(after.keys))
    found: Ints = np.searchsorted(after.keys, before.keys)
    return found
