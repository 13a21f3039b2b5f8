"""About which accounts a caller may ask now: all of them, or those in reach and what hangs on them.

Reach is a fact of the graph today, whatever moment is asked about. It is read once for a caller
and kept for KEPT seconds; who asks meanwhile waits for the same reading. What is out of reach is
asked for by a key that nothing has, so that the hidden and the missing are one.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from neo4j import Query

from graph import policy
from graph.errors import Forbidden
from graph.policy import Viewer
from graph.queries import named, query
from graph.records.changes import Change
from graph.records.moment import Moment
from graph.roles import READS, VEILED_CHANGES, VEILED_KINDS, VEILED_TYPES, Part
from graph.roles import Reach as Of
from graph.session import Graph, Row
from graph.terms import Permission

KEPT = 5.0  # seconds that a reading counts, the time it took included
MOST = 1000  # callers whose reach is kept
NOBODYS = "-"  # begins no key
STAFF = ("AccountManager", "Specialist")
INTERNAL = frozenset(
    {"Party", *STAFF, "Center", "Discipline", "Port", "HtsChapter", "RiskPolicy", "RiskSegment"}
)
"""Kinds of things that everybody in the program may see; all others hang on accounts."""
HANGING = frozenset({"HOLDS", "SHARES"})
"""Relationships of a party with what hangs on accounts: without an account nobody's in reach."""
ASSIGNING = frozenset(
    {"MANAGED_BY", "ASSIGNED_TO", "MEMBER_OF", "SERVES", "PRACTISES", "CONCERNS", "HANDLED_BY"}
)
"""Relationships that reach is made of."""


@dataclass(frozen=True, eq=False)
class Reached:
    """What a caller reaches: all, or these accounts and the things that hang on them, by key.

    `lookups` are the look-up keys of the importer numbers among the things. Whatever is in reach,
    these `types` of relationships, `kinds` of things and `changes` are not told: no right to them.
    """

    all: bool = False
    accounts: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    lookups: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()

    def sees(self, key: str | None) -> bool:
        """Whether this thing is in reach; what has no key hangs on nothing."""
        kind = key.partition(":")[0] if key else ""
        if self.all or key is None or kind in self.kinds:
            return self.all and kind not in self.kinds
        return kind in INTERNAL or key in (self.accounts if kind == "Account" else self.things)

    def tells(self, change: Change) -> bool:
        """Whether an entry of the log is about something in reach; `change/*` say the same."""
        kind = (change.subject_key or "").partition(":")[0]
        veiled = change.kind in self.changes or change.relationship_type in self.types
        if self.all or veiled or kind in self.kinds:
            return not veiled and kind not in self.kinds
        if change.account_key is not None:
            return change.account_key in self.accounts
        return change.relationship_type not in HANGING and self.sees(change.subject_key)

    def keys(self, asked: Iterable[str]) -> list[str]:
        """The keys to ask for: one that nothing has in place of each that is out of reach."""
        if self.all and not self.kinds:
            return list(asked)
        return [key if self.sees(key) else NOBODYS + key for key in asked]

    def numbers(self, lookups: Iterable[str]) -> list[str]:
        """The same of look-up keys of importer numbers."""
        if self.all:
            return list(lookups)
        return [each if each in self.lookups else NOBODYS + each for each in lookups]

    def filers(self, codes: Iterable[str]) -> list[str]:
        """The same of filer codes."""
        if self.all:
            return list(codes)
        return [each if self.sees(f"FilerCode:{each}") else NOBODYS + each for each in codes]

    @cached_property
    def _maps(self) -> Mapping[str, Mapping[str, bool]]:
        # As maps: the server would look through a list.
        given = {
            "reach": self.accounts,
            "seen": self.accounts | self.things,
            "veiledTypes": self.types,
            "veiledKinds": self.kinds,
            "veiledChanges": self.changes,
        }
        return {name: dict.fromkeys(some, True) for name, some in given.items()}

    def parameters(self, question: Query) -> dict[str, object]:
        """What a statement is cut with: accounts in `reach`, all that is `seen`, and veils."""
        cutting = named(str(question.text)) & self._maps.keys()
        return {"reachesAll": self.all, **{name: self._maps[name] for name in cutting}}


ALL = Reached(all=True)
Who = tuple[str, frozenset[Of], frozenset[str], tuple[Permission, ...]]


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
    return viewer.id, on, viewer.centers, viewer.permissions


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


def veils(viewer: Viewer) -> dict[str, frozenset[str]]:
    """What is not told for want of a right."""
    lacking = [right for right in READS if right not in viewer.permissions]
    veiled = {"types": VEILED_TYPES, "kinds": VEILED_KINDS, "changes": VEILED_CHANGES}
    return {
        name: frozenset[str]().union(*(by[right] for right in lacking if right in by))
        for name, by in veiled.items()
    }


async def read(graph: Graph, viewer: Viewer, on: frozenset[Of]) -> Reached | None:
    """What is in this reach of a viewer; None for who is not known."""
    policy.reaching(viewer)
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
