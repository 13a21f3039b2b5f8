"""About which accounts a caller may ask now: all of them, or those in reach and what hangs on them.

Reach is a fact of the graph today, whatever moment is asked about. It is read once for a caller
and kept for KEPT seconds; who asks meanwhile waits for the same reading. What is out of reach is
asked for by a key that nothing has, so that the hidden and the missing are one.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from graph import policy
from graph.errors import Forbidden
from graph.policy import Viewer
from graph.queries import query
from graph.records.moment import Moment
from graph.roles import OF_THE_WHOLE, READS, VEILED_CHANGES, VEILED_KINDS, VEILED_TYPES, Part
from graph.roles import Reach as Of
from graph.session import Graph, Row
from graph.terms import Permission
from graph.visible import ALL as ALL
from graph.visible import INTERNAL as INTERNAL
from graph.visible import NOBODYS as NOBODYS
from graph.visible import Reached as Reached

KEPT = 5.0  # seconds that a reading counts, the time it took included
MOST = 1000  # callers whose reach is kept
STAFF = ("AccountManager", "Specialist")
ASSIGNING = frozenset(
    {"MANAGED_BY", "ASSIGNED_TO", "MEMBER_OF", "SERVES", "PRACTISES", "CONCERNS", "HANDLED_BY"}
)
"""Relationships that reach is made of."""


Who = tuple[str, frozenset[Of], frozenset[str], tuple[Permission, ...]]
"""A caller, a reach, the Centers or accounts registered, and rights."""


class Reaches:
    """What the callers of one graph reach, as it was read a moment ago."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing yet; `clock` tells seconds."""
        self._clock = clock
        self._kept: dict[Who, tuple[float, asyncio.Task[Reached | None]]] = {}

    async def of(
        self, graph: Graph, viewer: Viewer, anew: bool = False, on: frozenset[Of] | None = None
    ) -> Reached:
        """What they reach `on` this, read `anew` if asked. Raises Forbidden if they are unknown."""
        on, now = viewer.near if on is None else on, self._clock()
        who = _who(viewer, on)
        began, reading = self._kept.get(who, (now - KEPT, None))
        if anew or reading is None or now - began >= KEPT or _failed(reading):
            self._room(now)
            reading = asyncio.create_task(read(graph, viewer, on))
            reading.add_done_callback(_failed)  # nobody may be waiting any more
            self._kept[who] = now, reading
        reached = await asyncio.shield(reading)
        if reached is None:
            raise Forbidden(policy.UNKNOWN)
        return reached

    def drop(self, viewer: Viewer) -> None:
        """Read theirs anew when they next ask: they have written."""
        self._kept = {who: kept for who, kept in self._kept.items() if who[0] != viewer.id}

    def _room(self, now: float) -> None:
        """Forget what counts no more, and everything if that makes no room."""
        if len(self._kept) >= MOST:
            kept = {who: each for who, each in self._kept.items() if now - each[0] < KEPT}
            self._kept = kept if len(kept) < MOST else {}


def _who(viewer: Viewer, on: frozenset[Of]) -> Who:
    """Who shares a reading: what it depends on."""
    return viewer.id, on, viewer.centers | viewer.named, viewer.permissions


def _failed(reading: asyncio.Task[Reached | None]) -> bool:
    return reading.done() and (reading.cancelled() or reading.exception() is not None)


KNOWN: "WeakKeyDictionary[Graph, Reaches]" = WeakKeyDictionary()


async def reach(
    graph: Graph,
    viewer: Viewer,
    permission: Permission | None = None,
    part: Part | None = None,
    *,
    anew: bool = False,
) -> Reached:
    """What the viewer reaches now with the permission, if they have it, or may ask about at all.

    Raises Unauthenticated or Forbidden; no statement is sent for who reaches all accounts.
    """
    asking = policy.reaching(viewer, permission, part)
    on = policy.where(asking, part or permission)
    if Of.ALL in on:
        return ALL if asking.sees_all else Reached(True, **veils(asking))
    if graph not in KNOWN:
        KNOWN[graph] = Reaches()
    return await KNOWN[graph].of(graph, asking, anew, on)


def forget(graph: Graph, clock: Callable[[], float] = time.monotonic) -> None:
    """Read everybody's reach anew from now on, by this clock."""
    KNOWN[graph] = Reaches(clock)


def renew(graph: Graph, viewer: Viewer) -> None:
    """Read the viewer's reach anew when they next ask."""
    if graph in KNOWN:
        KNOWN[graph].drop(viewer)


def veils(viewer: Viewer) -> dict[str, Any]:
    """What is not told for want of a right, or of reach over all that it follows from."""
    lacking = [right for right in READS if right not in viewer.permissions]
    veiled = {"types": VEILED_TYPES, "kinds": VEILED_KINDS, "changes": VEILED_CHANGES}
    found = {
        name: frozenset[str]().union(*(by[right] for right in lacking if right in by))
        for name, by in veiled.items()
    }
    return found if viewer.sees_all else {**found, "changes": found["changes"] | OF_THE_WHOLE}


async def read(graph: Graph, viewer: Viewer, on: frozenset[Of]) -> Reached | None:
    """What is in this reach of a viewer; None for who is not known."""
    policy.reaching(viewer)
    if viewer.owner:
        return await _of_owner(graph, viewer)
    who = whose(viewer, on)
    rows = await graph.read(
        query("reach/accounts"),
        **{**who, "center": bool({Of.MANAGED, Of.CENTER} & on)},
        centers=sorted(viewer.centers) if Of.REGISTERED in on else [],
        **Moment.now().parameters,
    )
    if who["persons"] and not rows[0]["persons"]:
        return None
    return reached(rows[0], viewer)


async def _of_owner(graph: Graph, viewer: Viewer) -> Reached:
    """The accounts that an owner is registered for, and what hangs on them today."""
    [row] = await graph.read(
        query("reach/named"), registered=sorted(viewer.named), **Moment.now().parameters
    )
    return replace(reached(row, viewer), owner=True, brokers=frozenset(row["brokers"]))


def whose(viewer: Viewer, on: frozenset[Of]) -> dict[str, Any]:
    """Whom reach is of, and how their own accounts are found."""
    own = {Of.MANAGED, Of.OWN, Of.CENTER, Of.SERVED} & on
    return {
        "persons": [f"{kind}:{viewer.id}" for kind in STAFF] if own else [],
        "managed": bool({Of.MANAGED, Of.OWN} & on),
        "center": Of.CENTER in on,
        "served": Of.SERVED in on,
    }


def reached(row: Row, viewer: Viewer) -> Reached:
    """What a row of `reach/*` says."""
    return Reached(
        False,
        frozenset(row["accounts"]),
        frozenset(key for key, _ in row["things"]),
        frozenset(lookup for _, lookup in row["things"] if lookup),
        **veils(viewer),
    )
