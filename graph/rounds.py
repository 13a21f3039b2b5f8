"""Walking by rounds: one statement opens a whole frontier, within caps that the answer tells.

`Rounds` opens things level by level and keeps what was seen, and the first thing that made the
answer less than complete. Nothing is cut before it is sorted: the same question sees the same part
of the same graph.
"""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from neo4j import Query

from graph import records
from graph.errors import TimedOut
from graph.kinds import KINDS
from graph.queries import query
from graph.session import Row
from graph.sight import HIDDEN, Sight
from graph.terms import CompletenessState, Direction
from graph.walks import Link, Thing

SECONDS = 3.0  # a walk starts no further round after this
FEW = 500  # a thing with more relationships is read type by type, so that it costs what is walked
MOST_EACH = 2000  # relationships of one thing, of the types walked; with more it is not opened
MOST_NODES = 2000  # things opened on one level
MOST_EDGES = 50_000  # relationships of the things opened on one level
UNCOUNTED = 2**31  # no thing has so many relationships

NARROWER = "Give 'walk.maxDegree', 'walk.avoid' or fewer 'walk.relationshipTypes'."
AT_AN_END = "Give fewer 'walk.relationshipTypes', or a 'walk.direction'."
Way = tuple[str, list[Any]]  # where relationships lead, and from where each by which


class Cut(NamedTuple):
    """What makes an answer less than complete, and which argument would help."""

    reason: str
    hint: str | None
    state: CompletenessState = CompletenessState.TRUNCATED


@dataclass
class Rounds(Sight):
    """The rounds of one walk: what was seen, and what made the answer less than complete."""

    things: dict[str, Thing] = field(default_factory=dict)
    edges: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    cut: Cut | None = None
    unopened: int = 0
    each: int = field(default_factory=lambda: MOST_EACH)
    """A thing with more relationships of the types walked is not opened."""
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    async def ends(self, keys: Collection[str]) -> list[str]:
        """Look at the things where the walk starts or ends; those of them that are not there."""
        self.given |= set(keys)
        self._see(await self._look(keys, **self._judging(judge=True)))
        return [key for key in keys if key not in self.things]

    async def counts(self, keys: Collection[str], most: int) -> dict[str, int]:
        """How many relationships of each of these things hold, counted up to so many."""
        found = await self._look(keys, above=0, bound=most)
        return {key: held for key, _, _, held in found}

    async def open(
        self, keys: Iterable[str], direction: Direction, *, judge: bool = True
    ) -> dict[str, list[Link]]:
        """Where the relationships of these things lead, in the order of the keys.

        Without `judge` it is not found out whether the walk may go on from there.
        """
        wanted = sorted(keys)
        frontier = self._bounded(wanted)
        self.unopened += len(wanted) - len(frontier)
        self.opened.update(frontier)
        links: dict[str, set[Link]] = {key: set() for key in frontier}
        few = [key for key in frontier if self.things[key].stored <= FEW]
        hubs = [key for key in frontier if self.things[key].stored > FEW]
        try:
            for other, ways in await self._steps(few, direction, judge):
                self._note(links, other, ways)
            for other, ways in await self._hubs(hubs, direction, judge):
                self._note(links, other, ways)
        except TimedOut:
            self._late()
        return {key: sorted(found) for key, found in links.items()}

    def passable(self, keys: Iterable[str]) -> list[str]:
        """Those of these things from which a path may go on."""
        return sorted(key for key in keys if self.walk.passes(self.things[key]))

    def in_time(self) -> bool:
        """Whether there is time for another round; the answer says so if not."""
        if time.monotonic() >= self.until and not self.late:
            self._late()
        return not self.late

    @property
    def late(self) -> bool:
        """Whether time ran out."""
        return self.cut is not None and self.cut.state is CompletenessState.TIMED_OUT

    def stop_short(self, reason: str, hint: str | None = NARROWER) -> None:
        """Remember why the answer is not complete; the first reason stays."""
        self.cut = self.cut or Cut(reason, hint)

    @property
    def completeness(self) -> records.Completeness:
        """Whether the walk saw everything, and if not, why."""
        seen = (len(self.things), len(self.edges))
        if self.cut is None and self.redacted:
            return records.Completeness(CompletenessState.REDACTED, *seen, HIDDEN)
        if self.cut is None:
            return records.Completeness(CompletenessState.COMPLETE, *seen)
        return records.Completeness(self.cut.state, *seen, self.cut.reason, self.cut.hint)

    def _late(self) -> None:
        self.cut = Cut(
            f"The walk ran past its {SECONDS:g} seconds.", NARROWER, CompletenessState.TIMED_OUT
        )

    def _bounded(self, keys: list[str]) -> list[str]:
        """As many of these as one level may open."""
        if len(keys) > MOST_NODES:
            self.stop_short(
                f"{len(keys)} things lie on one level; the first {MOST_NODES} were opened."
            )
        kept: list[str] = []
        number = 0
        for key in keys[:MOST_NODES]:
            number += min(self.things[key].stored, self.each)
            if number > MOST_EDGES:
                self.stop_short(
                    f"The {len(keys)} things of one level have more than {MOST_EDGES}"
                    f" relationships; the first {len(kept)} were opened."
                )
                break
            kept.append(key)
        return kept

    def _note(self, links: dict[str, set[Link]], other: str, ways: Iterable[Any]) -> None:
        for start, type_, id_, forward in ways:
            links[start].add(Link(other, type_, id_, forward))
            self.edges.add(id_)

    async def _look(self, keys: Collection[str], **counting: int) -> list[Any]:
        question = query("connection/ends")
        asked = self._asked(question, self.seen.keys(sorted(keys)), counting)
        asked["whole"] = self.whole
        found = await self.graph.read(question, **asked)
        return list(found[0]["things"])

    async def _steps(self, keys: list[str], direction: Direction, judge: bool) -> list[Way]:
        if not keys:
            return []
        question = query("connection/steps")
        asked = self._asked(question, keys, self._judging(judge=judge))
        found = await self.graph.read(
            question, direction=direction.value, whole=self.whole, **self._walked(), **asked
        )
        return self._ways(found[0]["things"])

    async def _hubs(self, keys: list[str], direction: Direction, judge: bool) -> list[Way]:
        """The same for things with very many relationships: read by type, unless too many."""
        if not keys:
            return []
        question = query("connection/hubs") if self.whole else query("connection/seen_hubs")
        asked = self._asked(question, keys, self._judging(judge=judge))
        [found] = await self.graph.read(
            question,
            direction=direction.value,
            most=self.each,
            **self._walked(),
            **asked,
        )
        for row in found["things"]:
            if row[0] is None:
                self._unopened(row[4])
        return self._ways(row for row in found["things"] if row[0] is not None)

    def _unopened(self, hubs: list[tuple[str, int]]) -> None:
        """Say which thing has too many relationships, and how many."""
        key, number = max(hubs, key=lambda each: (each[1], each[0]))
        self.unopened += len(hubs)
        others = f", nor were {len(hubs) - 1} others" if len(hubs) > 1 else ""
        self.stop_short(
            f"{self.things[key].kind.value} {key.partition(':')[2]} has {number} relationships of"
            f" the types walked, more than {self.each}, and was not opened{others}.",
            AT_AN_END if key in self.given else NARROWER,
        )

    def _judging(self, *, judge: bool) -> dict[str, int]:
        """How far relationships are counted to judge whether the walk may pass a thing."""
        most = self.walk.max_degree
        if most is None or not judge:
            return {"above": UNCOUNTED, "bound": 0}
        return {"above": most, "bound": most + 1}

    def _asked(self, question: Query, keys: list[str], counting: dict[str, int]) -> Row:
        asked = {"keys": keys, "former": self.walk.former, **counting, **self.moment.parameters}
        return {**asked, **self.seen.parameters(question)}

    def _walked(self) -> Row:
        """Which relationships are followed."""
        walk = self.walk
        return {
            "types": self.types,
            "minShare": walk.min_share,
            "undisclosed": walk.undisclosed,
        }

    def _ways(self, found: Iterable[Any]) -> list[Way]:
        rows = list(found)
        self._see(row[:4] for row in rows)
        return [(row[0], row[4]) for row in rows]

    def _see(self, found: Iterable[Any]) -> None:
        for key, labels, stored, held in found:
            if key not in self.things:
                kind = next(kind for label, kind in KINDS.items() if label in labels)
                self.things[key] = Thing(key, kind, stored, held)
