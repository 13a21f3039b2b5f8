"""Which accounts a change moves to another risk segment: those looked at that it may concern.

The rules in force are evaluated for each of them just before the change and behind it, by record
time and by the scores of both worlds; what was found is remembered for the next change. So a rule
that is published moves nobody by itself: both sides are judged by it.
"""

import logging
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from graph import warnings as warning_questions
from graph.derived.causes import Causes, causes
from graph.derived.facts import Facts
from graph.derived.ratings import compared, stands_on
from graph.derived.told import Moved
from graph.derived.units import Unit
from graph.errors import BadInput
from graph.filter_fields import BY_RISK, Given, controllers, mentioned, thresholds, warning_sets
from graph.filter_needs import Known
from graph.held_accounts import held_accounts
from graph.membership import placed
from graph.policy import Viewer
from graph.queries import query
from graph.records import RiskSegment
from graph.records.moment import Moment
from graph.risk_scores import Scores
from graph.segments import segments
from graph.session import Graph
from graph.terms import ChangeKind, Permission, RiskRating, WarningCode

JOB = Viewer("segments", "Risk segments", tuple(Permission), sees_all=True)
SECONDS = 60.0
TOGETHER = 500  # accounts looked at by one statement
REMEMBERED = 200_000  # accounts
DAILY = 100_000  # accounts looked at when a day has passed
log = logging.getLogger(__name__)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class World:
    """What stands behind a change, or before it, and the scores that come of it."""

    facts: Facts
    scores: Scores | None


@dataclass(frozen=True)
class Among:
    """Scores, as far as they are those of some accounts; nobody has one without a policy."""

    scores: Scores | None
    keys: Sequence[str]

    def at_least(self, score: float) -> tuple[str, ...]:
        """Which of the accounts have at least this score."""
        by = self.scores
        return tuple(key for key in self.keys if by and by.of(key).score >= score)

    def rated(self, ratings: Set[RiskRating]) -> tuple[str, ...]:
        """Which of the accounts have one of these ratings."""
        by = self.scores
        return tuple(key for key in self.keys if by and by.rating(key) in ratings)


class Placing:
    """Segments of accounts, followed along the log."""

    def __init__(self, graph: Graph) -> None:
        """Begin without knowing any."""
        self.graph = graph
        self.known: dict[str, str | None] = {}
        self.rules: list[RiskSegment] | None = None
        self.clock: datetime | None = None  # the latest record time that was met

    def forget(self) -> None:
        """Begin anew: rules or days are other ones."""
        self.known.clear()
        self.rules = None

    async def moved(self, unit: Unit, before: World, after: World) -> list[Moved]:
        """The accounts that are in another segment behind the unit, by key."""
        at = unit.last.at
        self.clock = max(self.clock or at, at)
        if any(each.rules for each in unit.entries):
            self.forget()
        if not await self._ruled(after.facts.day):
            return []
        try:
            return await self._behind(unit, before, after)
        except BadInput as error:
            return self._unread(error)

    async def _behind(self, unit: Unit, before: World, after: World) -> list[Moved]:
        at = unit.last.at
        by = causes(unit, unit.entries)
        touched = await self._touched(by)
        risky = self._by_risk(before, after)

        def cause(key: str) -> int | None:
            if key in risky:
                return by.of(*stands_on(key, before.scores, after.scores))
            return touched.get(key, by.last)

        keys = sorted({*touched, *risky, *await self._by_control(before, after)})
        return await self._compared(keys, (before, at - TICK), (after, self.clock or at), cause)

    async def days(self, before: World, after: World) -> list[Moved]:
        """The accounts that are in another segment since a day has passed, by key.

        Of very many only those are looked at whose scores moved.
        """
        if not await self._ruled(after.facts.day):
            return []
        network, at = after.facts.network, Moment.now().known_at
        places = network.accounts.tolist()
        keys = sorted(self._by_risk(before, after))
        if len(places) <= DAILY:
            keys = [network.key(place) for place in places]
        try:
            found = await self._compared(keys, (before, at), (after, at), lambda _key: None)
        except BadInput as error:
            return self._unread(error)
        self.known.clear()
        return found

    def _unread(self, error: BadInput) -> list[Moved]:
        """A rule that cannot be read puts nobody anywhere; all else is told."""
        self.known.clear()
        log.warning("The rules of segments cannot be read: %s", error)
        return []

    async def _ruled(self, day: date) -> bool:
        """Whether there are rules in force."""
        if self.rules is None:
            at = self.clock or Moment.now().known_at
            self.rules = await segments(self.graph, JOB, _moment(day, at))
        return bool(self.rules)

    async def _compared(
        self,
        keys: Sequence[str],
        before: tuple[World, datetime],
        after: tuple[World, datetime],
        cause: Callable[[str], int | None],
    ) -> list[Moved]:
        """Which of these accounts are in another segment in the later world."""
        found = []
        for first in range(0, len(keys), TOGETHER):
            some = keys[first : first + TOGETHER]
            unknown = [key for key in some if key not in self.known]
            was = await self._placed(*before, unknown)
            now = await self._placed(*after, some)
            for key in some:
                sides = self.known.get(key, was.get(key)), now.get(key)
                if self._name(sides[0]) != self._name(sides[1]):
                    found.append(self._told(key, sides, cause(key)))
            self._remember(now)
        return found

    def _told(self, key: str, sides: tuple[str | None, str | None], cause: int | None) -> Moved:
        told = (("segment", self._name(sides[0]), self._name(sides[1])),)
        return Moved(ChangeKind.SEGMENT_CHANGED, key, told, "Risk segments", cause)

    def _name(self, key: str | None) -> str | None:
        """A segment is the same in all its versions."""
        return next((each.name for each in self.rules or () if each.stored_key == key), None)

    def _remember(self, now: Mapping[str, str | None]) -> None:
        if len(self.known) > REMEMBERED:
            self.known.clear()
        self.known |= now

    async def _touched(self, by: Causes) -> dict[str, int]:
        """The accounts that things of the unit have to do with, and the last entry of each."""
        found: dict[str, int] = {}
        keys = sorted(by.by_thing)
        for first in range(0, len(keys), TOGETHER):
            some = keys[first : first + TOGETHER]
            [row] = await self.graph.read(query("derived/accounts"), keys=some)
            for key, account in row["rows"]:
                found[account] = max(by.by_thing[key], found.get(account, 0))
        return found

    def _by_risk(self, before: World, after: World) -> set[str]:
        """The accounts whose scores pass a threshold that a rule names."""
        if before.scores is None or after.scores is None or before.scores is after.scores:
            return set()
        rules = [each.filter for each in self.rules or ()]
        if not frozenset[str]().union(*map(mentioned, rules)) & BY_RISK:
            return set()
        both = compared(before.scores, after.scores)
        network = after.scores.world.network
        places = set(both.rated((before.scores.policy, after.scores.policy)).tolist())
        for least in set[float]().union(*map(thresholds, rules)):
            passed = (both.values[0] >= least) != (both.values[1] >= least)
            places |= set(passed.nonzero()[0].tolist())
        keys = map(network.key, places)
        return {key for key in keys if key.startswith("Account:")}

    async def _by_control(self, before: World, after: World) -> set[str]:
        """The accounts whose holders come under a party that a rule names, or leave it."""
        ids = set[str]().union(*(controllers(each.filter) for each in self.rules or ()))
        if not ids or before.facts.recorded is after.facts.recorded:
            return set()
        sides = []
        for world in (before, after):
            moment = _moment(world.facts.day, self.clock or Moment.now().known_at)
            held = await held_accounts(self.graph, moment, ids, world.facts.recorded)
            sides.append({key for some in held.values() for key in some})
        return sides[0] ^ sides[1]

    async def _placed(
        self, world: World, at: datetime, keys: Sequence[str]
    ) -> Mapping[str, str | None]:
        """The segment of each of these accounts, in a world, by what was recorded by then."""
        if not keys:
            return {}
        moment = _moment(world.facts.day, at)
        rules = self.rules or []
        given: list[Given] = [each.filter for each in rules]
        warned = {}
        for codes in set[frozenset[str]]().union(*map(warning_sets, given)):
            named = [WarningCode(code) for code in sorted(codes)]
            found = await warning_questions.warnings(self.graph, JOB, moment, keys, named)
            warned[codes] = tuple(k for k, some in zip(keys, found, strict=True) if some)
        ids = set[str]().union(*map(controllers, given))
        held = await held_accounts(self.graph, moment, ids, world.facts.recorded)
        known = Known(moment, (), warned, Among(world.scores, keys), held)
        return await placed(self.graph, moment, keys, rules, known, SECONDS)


def _moment(day: date, at: datetime) -> Moment:
    """A moment that is not now, whatever is recorded meanwhile."""
    return Moment.given(day, at, Moment.now())
