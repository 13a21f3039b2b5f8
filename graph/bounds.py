"""What a command may name and what it may change, for who writes about some accounts only."""

from dataclasses import dataclass

from graph import policy
from graph.policy import Viewer
from graph.queries import query
from graph.reach import ALL, Reached, reach, reached, whose
from graph.records.moment import Moment
from graph.session import Graph

UNBOUND = frozenset({"CenterChangeRequest", "SavedView", "Job"})
"""Kinds that a command finds by the account or the caller that it has found already."""


@dataclass(frozen=True)
class Bounds:
    """What is in reach, and what of it is one's own: hangs on no account but one's own."""

    seen: Reached = ALL
    own: Reached = ALL

    def hides(self, key: str) -> bool:
        """Whether this is as if it were not there."""
        return key.partition(":")[0] not in UNBOUND and not self.seen.sees(key)

    def forbids(self, key: str) -> bool:
        """Whether this may be seen and not changed."""
        return key.partition(":")[0] not in UNBOUND and not self.own.sees(key)


async def bounds(graph: Graph, viewer: Viewer) -> Bounds:
    """What the viewer's commands may be about, as of now. Raises Forbidden.

    No statement is sent for who reaches all accounts.
    """
    asking = policy.reaching(viewer)
    if asking.sees_all:
        return Bounds()
    seen = await reach(graph, asking, anew=True)
    rows = await graph.read(query("reach/own"), **whose(asking), **Moment.now().parameters)
    return Bounds(seen, reached(rows[0], asking))
