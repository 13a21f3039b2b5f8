"""A computed question: who asks what about which party, at which moment, in which world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import entities, policy, records
from graph.again import again
from graph.algorithms.upstream import Upstream, upstream
from graph.policy import Viewer
from graph.records.moment import Moment
from graph.scenarios import Scenario, World, world
from graph.session import Graph
from graph.snapshot import snapshot
from graph.terms import Permission


@dataclass(frozen=True)
class Asked:
    """Who asks what about which party: what every question here takes."""

    graph: Graph
    viewer: Viewer
    thing: records.Entity
    moment: Moment
    scenario: Scenario | None
    variables: Mapping[str, Any]  # of the question, as its reproduction spells them

    async def world(self) -> World:
        """The world to compute on. Raises Forbidden, or BadInput for a scenario against rules."""
        policy.require(self.viewer, Permission.READ_OWNERSHIP)
        return world(await snapshot(self.graph, self.moment), self.scenario, self.moment)

    async def known(self, keys: Sequence[str]) -> dict[str, records.Entity]:
        """Parties by key, in one statement, or none if nobody is wanted."""
        wanted = sorted(set(keys) - {self.thing.stored_key})
        found: list[records.Entity | None] = []
        if wanted:
            found = await entities.entities(self.graph, self.viewer, self.moment, wanted)
        known = {each.stored_key: each for each in found if each}
        return {**known, self.thing.stored_key: self.thing}

    def again(self, field: str) -> records.Reproduction:
        """How to get the answer again."""
        return again(field, self.thing, self.moment, self.variables)

    def above(self, at: World) -> Upstream | None:
        """What stands above the party; None where no claim names it."""
        place = at.recorded.place(self.thing.stored_key)
        return None if place is None else upstream(at.recorded.holdings, place)
