"""Which units of a batch may be written: the invariants of domain.md, section 11, that a load can
break. The first of two that exclude each other wins.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from graph.load import ends, refusals
from graph.load.bare import Bare
from graph.load.look import Claim, Interval, Thing
from graph.load.refusals import misfit, missing
from graph.load.rows import ClaimRow, Refusal
from graph.load.units import Unit
from graph.rows import OPEN_DAY, UNKNOWN_DAY

EXCLUSIVE = {"IDENTIFIES", "MANAGED_BY", "MEMBER_OF", "ASSIGNED_TO"}
BILLION = 1_000_000_000  # parts: all of it


class Pending(Protocol):
    """Labels by key."""

    def get(self, key: str, /) -> tuple[str, ...] | None:
        """The labels of a thing that would be there."""


class No(Exception):
    """Why a unit is not written."""

    def __init__(self, code: str, column: str, value: str, reason: str, remedy: str) -> None:
        """Told as a refusal without its line."""
        super().__init__(reason)
        self.told = (column, value, code, reason, remedy)


@dataclass(slots=True)
class Known:
    """What the graph says, gathered before judging."""

    intervals: dict[tuple[str, str], list[Interval]] = field(default_factory=dict)
    participants: set[str] = field(default_factory=set)  # accounts that must keep a manager
    numbers: dict[str, str] = field(default_factory=dict)  # lookup to key
    pending: Pending | None = None  # in a dry run: what would be there


@dataclass(slots=True)
class Verdict:
    """The units to write, and why others are not."""

    accepted: list[int] = field(default_factory=list)
    refusals: dict[int, Refusal] = field(default_factory=dict)


class Judge:
    """Judges the units of one batch in order, each as if those accepted were written."""

    def __init__(self, known: Known, day: date) -> None:
        """Begin with what the graph says on the day of writing."""
        self.known = known
        self.day = day
        self.held = {place: list(found) for place, found in known.intervals.items()}
        self.made: dict[str, tuple[str, ...]] = {}
        self.seen: dict[str, str | None] = {}
        self.active: dict[str, bool] = {}
        self.numbers = dict(known.numbers)

    def judge(self, things: list[Thing], claims: list[Claim]) -> None:
        """Take one unit, or raise No."""
        for thing in things:
            self._thing(thing)
        own = {thing.row.key: thing.row.labels for thing in things}
        for claim in claims:
            self._claim(claim, own)
        self._take(things, claims)

    def _thing(self, thing: Thing) -> None:
        row = thing.row
        before = self.seen.get(row.key)
        if before not in (None, thing.digest) and not isinstance(row, Bare):
            raise No("ALREADY_EXISTS", "id", row.id, *refusals.TWICE)
        labels = self._labels(row.key) or thing.labels
        if labels and not set(row.labels) <= set(labels):
            raise No("WRONG_KIND", "id", row.id, *refusals.OTHER_KIND)
        lookup = row.properties.get("lookup")
        if isinstance(lookup, str) and self.numbers.get(lookup, row.key) != row.key:
            raise No("ALREADY_EXISTS", "id", row.id, *refusals.OTHER_ID)

    def _claim(self, claim: Claim, own: dict[str, tuple[str, ...]]) -> None:
        row = claim.row
        if claim.same or row.withdrawn:
            return
        for end, (key, labels) in enumerate(
            ((row.start, claim.start_labels), (row.end, claim.end_labels))
        ):
            self._end(row, end, labels or own.get(key) or self._labels(key))
        _shape(row)
        if self.seen.get(claim.claim, claim.digest) != claim.digest:
            raise No("ALREADY_EXISTS", "from", _id(row.start), *refusals.CLAIMED_TWICE)
        if row.type == "MANAGED_BY":
            self._assignment(claim)
        if row.type in EXCLUSIVE:
            self._alone(claim)

    def _labels(self, key: str) -> Iterable[str] | None:
        if key in self.made or self.known.pending is None:
            return self.made.get(key)
        return self.known.pending.get(key)

    def _end(self, row: ClaimRow, end: int, labels: Iterable[str] | None) -> None:
        column, key = ("to", row.end) if end else ("from", row.start)
        if labels is None:
            raise No("NOT_FOUND", column, _id(key), *missing(row.type, end))
        if not ends.fits(row.type, list(labels), end):
            raise No("RELATIONSHIP_NOT_ALLOWED", column, _id(key), *misfit(row.type, end))

    def _assignment(self, claim: Claim) -> None:
        """An assignment is not planned to end, and begins with a manager who is active."""
        row = claim.row
        if row.valid_to is not None and self.day < row.valid_to < OPEN_DAY:
            raise No("OUT_OF_RANGE", "valid_to", row.valid_to.isoformat(), *refusals.FUTURE)
        active = self.active.get(row.end, claim.active)
        if active is False and (row.valid_to or OPEN_DAY) > self.day:
            raise No("MANAGER_INACTIVE", "to", _id(row.end), *refusals.INACTIVE)

    def _alone(self, claim: Claim) -> None:
        wanted = _interval(claim)
        for held in self.held.get((claim.row.start, claim.row.type), ()):
            if held.claim != wanted.claim and held.meets(wanted) and _excludes(claim, held):
                code, reason, remedy = refusals.CONFLICTS[claim.row.type]
                raise No(code, "from", _id(claim.row.start), reason, remedy)

    def _take(self, things: list[Thing], claims: list[Claim]) -> None:
        for thing in things:
            row = thing.row
            if not isinstance(row, Bare):
                self.seen[row.key] = thing.digest
            self.made.setdefault(row.key, tuple({*row.labels, *thing.labels}))
            if isinstance(lookup := row.properties.get("lookup"), str):
                self.numbers[lookup] = row.key
            if isinstance(active := row.properties.get("active"), bool):
                self.active[row.key] = active
        for claim in claims:
            self.seen[claim.claim] = claim.digest
            if claim.row.type in EXCLUSIVE:
                place = self.held.setdefault((claim.row.start, claim.row.type), [])
                place[:] = [held for held in place if held.claim != claim.claim]
                if not claim.row.withdrawn:
                    place.append(_interval(claim))

    def manager_of(self, account: str) -> str | None:
        """The primary manager on the day of writing."""
        for held in self.held.get((account, "MANAGED_BY"), ()):
            if held.role == "PRIMARY" and held.holds(self.day):
                return held.other
        return None


def judged(
    batch: list[Unit],
    things: list[list[Thing]],
    claims: list[list[Claim]],
    known: Known,
    day: date,
) -> Verdict:
    """Judge a batch; what ends the last assignment of an ISA participant is judged last."""
    doomed: dict[int, Refusal] = {}
    while True:
        judge, verdict = Judge(known, day), Verdict(refusals=dict(doomed))
        # What changes a claim that stands comes first: it may make room for a new one.
        for place in sorted(range(len(batch)), key=lambda place: _new(things, claims, place)):
            if place in doomed:
                continue
            try:
                judge.judge(things[place], claims[place])
                verdict.accepted.append(place)
            except No as no:
                verdict.refusals[place] = Refusal(batch[place].line, *no.told)
        broken = _broken(judge, batch, things, claims, verdict.accepted)
        if not broken:
            verdict.accepted.sort()
            return verdict
        doomed |= broken


def _new(things: list[list[Thing]], claims: list[list[Claim]], place: int) -> bool:
    changes = any(claim.standing and not claim.same for claim in claims[place])
    return not changes and not things[place]


def _broken(
    judge: Judge,
    batch: list[Unit],
    things: list[list[Thing]],
    claims: list[list[Claim]],
    accepted: list[int],
) -> dict[int, Refusal]:
    """The units that together leave an ISA participant without an active primary manager."""
    managers = {account: judge.manager_of(account) for account in judge.known.participants}
    bare = {account for account, manager in managers.items() if manager is None}
    gone = {who for who in managers.values() if who and not judge.active.get(who, True)}
    found: dict[int, Refusal] = {}
    for place in accepted:
        ends_it = any(
            c.row.properties.get("role") == "PRIMARY" and c.standing and c.row.start in bare
            for c in claims[place]
        )
        leaves = any(thing.row.key in gone for thing in things[place])
        if ends_it or leaves:
            told = ("to" if ends_it else "active", "", "ISA_NEEDS_MANAGER", *refusals.LAST)
            found[place] = Refusal(batch[place].line, *told)
    return found


def _shape(row: ClaimRow) -> None:
    """What a claim must be whatever it joins."""
    first, last = row.valid_from or UNKNOWN_DAY, row.valid_to or OPEN_DAY
    if not first < last:
        raise No("INTERVAL_CONFLICT", "valid_to", last.isoformat(), *refusals.BACKWARDS)
    if row.type == "OWNS":
        low, high = row.properties.get("minShare"), row.properties.get("maxShare")
        if not (isinstance(low, int) and isinstance(high, int) and 0 <= low <= high <= BILLION):
            raise No("OUT_OF_RANGE", "share", f"{low} to {high}", *refusals.SHARE)


def _excludes(claim: Claim, held: Interval) -> bool:
    """Whether two intervals in common days break the rule of their type."""
    if claim.row.type == "MANAGED_BY":
        return held.role == claim.row.properties.get("role")
    return held.other != claim.row.end


def _interval(claim: Claim) -> Interval:
    role = claim.row.properties.get("role")
    first, last = claim.row.valid_from or UNKNOWN_DAY, claim.row.valid_to or OPEN_DAY
    return Interval(claim.claim, claim.row.end, str(role) if role else None, first, last)


def _id(key: str) -> str:
    return key.partition(":")[2]
