"""What a command may name and what it may change, for who writes about some accounts only."""

from dataclasses import dataclass, replace
from typing import Any

from graph import policy
from graph.policy import Viewer
from graph.queries import query
from graph.reach import ALL, INTERNAL, Reached, reach, reached, whose
from graph.records.moment import Moment
from graph.roles import Part
from graph.roles import Reach as Of
from graph.session import Graph
from graph.terms import Permission

UNBOUND = frozenset(
    {"CenterChangeRequest", "SavedView", "Job", "Relationship", "Webhook", "WebhookDelivery"}
)
"""Kinds that a command finds by the account or the caller that it has found already, or by ends."""

NOT_OWN = (
    "You may see this and not change it: you write about your own accounts, and about what hangs on"
    " none but these. Ask who manages it."
)
OUTSIDE = (
    "You assign inside your Center: this is not in it. Ask somebody who may assign accounts and"
    " staff of all Centers, such as an HQ_COORDINATOR."
)


@dataclass(frozen=True)
class Bounds:
    """What is in reach, and what of it is one's own: hangs on no account but one's own.

    Where these are bounds: `places` are the Centers and the staff that one assigns, `parties` those
    that hold a number or code of an own account, `served` the accounts that are one's own only for
    what `disciplines` handle; all by key.
    """

    seen: Reached = ALL
    own: Reached = ALL
    places: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    served: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()

    def hides(self, key: str) -> bool:
        """Whether this is as if it were not there."""
        return key.partition(":")[0] not in UNBOUND and not self.seen.sees(key)

    def forbids(self, key: str) -> bool:
        """Whether this may be seen and not changed."""
        return key.partition(":")[0] not in UNBOUND and not self.own.sees(key)

    def ties(self, key: str) -> bool:
        """Whether what is said of this is said of an own account, or of what hangs on one."""
        if self.own.all or key in self.parties:
            return True
        return key.partition(":")[0] not in INTERNAL and self.own.sees(key)

    def holds(self, place: str | None) -> bool:
        """Whether this Center, or member of staff, is within the Center that one assigns in."""
        return self.own.all or place in self.places

    def lets(self, account: str, handling: frozenset[str]) -> bool:
        """Whether what these disciplines handle of an own account may be written."""
        return account not in self.served or bool(self.disciplines & handling)


async def bounds(graph: Graph, viewer: Viewer, *rights: Permission | Part) -> Bounds:
    """What the viewer's commands that take these rights may be about, as of now.

    Raises Forbidden. No statement is sent for who has them on all accounts.
    """
    asking = policy.reaching(viewer)
    on = policy.where(asking, *rights)
    if Of.ALL in on:
        return Bounds()
    seen = await reach(graph, asking, anew=True)
    served = on & {Of.SERVED}
    found = Bounds(seen, Reached())
    if on - served:
        found = _own(found, await _read(graph, asking, on - served), asking)
    if served:
        row = await _read(graph, asking, served)
        only = frozenset(row["accounts"]) - found.own.accounts
        found = replace(_own(found, row, asking), served=only, disciplines=_set(row, "disciplines"))
    return found


async def _read(graph: Graph, viewer: Viewer, on: frozenset[Of]) -> dict[str, Any]:
    """What is one's own for this reach; of what is served, what a discipline of theirs handles."""
    rows = await graph.read(query("reach/own"), **whose(viewer, on), **Moment.now().parameters)
    return rows[0]


def _own(so_far: Bounds, row: dict[str, Any], viewer: Viewer) -> Bounds:
    """What is one's own beside that."""
    more, own = reached(row, viewer), so_far.own
    both = replace(more, accounts=more.accounts | own.accounts, things=more.things | own.things)
    places, parties = _set(row, "places"), _set(row, "parties")
    return replace(
        so_far, own=both, places=so_far.places | places, parties=so_far.parties | parties
    )


def _set(row: dict[str, Any], name: str) -> frozenset[str]:
    return frozenset(row[name])
