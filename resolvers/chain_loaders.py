"""Loaders of what is computed on ownership: the snapshot of a moment, and steps of chains."""

from functools import cached_property

from strawberry.dataloader import DataLoader

from graph import paths, policy, shares
from graph.paths import Step, Told
from graph.policy import Viewer
from graph.reach import reach
from graph.records.entity import ShareRange
from graph.records.moment import Moment
from graph.risk_network import RiskNetwork, risk_network
from graph.risk_parts import seen_of
from graph.session import Graph
from graph.snapshot import Snapshot
from graph.surroundings import directly, whole
from graph.terms import Permission
from resolvers.batches import Shared, grouped


class ChainLoaders:
    """What several computed fields of one operation share; graph and viewer are the context's."""

    graph: Graph
    viewer: Viewer | None

    @cached_property
    def snapshots(self) -> DataLoader[Moment, Snapshot | None]:
        """Who owns what at a moment: the same for all fields of an operation.

        None where that is too much: then each reads what lies around its party.
        """
        return Shared(load_fn=self._snapshots)

    @cached_property
    def remainders(self) -> DataLoader[tuple[str, Moment], ShareRange]:
        """What owners not recorded hold of an organization directly, by key and moment."""
        return grouped(self._remainders)

    @cached_property
    def networks(self) -> DataLoader[Moment, RiskNetwork]:
        """What risk walks on at a moment, as far as the viewer sees it."""
        return Shared(load_fn=self._networks)

    @cached_property
    def told(self) -> DataLoader[tuple[str, Moment], Told | None]:
        """Claims with their ends, by type and id (`OWNS R-1`) and moment."""
        return grouped(self._told)

    async def _snapshots(self, moments: list[Moment]) -> list[Snapshot | None]:
        policy.reaching(self.viewer, Permission.READ_OWNERSHIP)  # of parties: nothing is hidden
        return [await whole(self.graph, each) for each in moments]

    async def _remainders(self, moment: Moment, keys: list[str]) -> list[ShareRange]:
        policy.reaching(self.viewer, Permission.READ_OWNERSHIP)
        found = await self.snapshots.load(moment)
        recorded = found.recorded if found else await directly(self.graph, moment, keys)
        return [shares.remainder(recorded, key) for key in keys]

    async def _networks(self, moments: list[Moment]) -> list[RiskNetwork]:
        seen = await reach(self.graph, policy.reaching(self.viewer), Permission.READ_RISK)
        return [await seen_of(await risk_network(self.graph, each), seen) for each in moments]

    async def _told(self, moment: Moment, spelled: list[str]) -> list[Told | None]:
        viewer = policy.reaching(self.viewer)
        steps = [Step(type_, id_) for type_, _, id_ in (each.partition(" ") for each in spelled)]
        found = await paths.told(self.graph, viewer, moment, steps)
        return [found.get(step.id) for step in steps]
