"""What a cell must be, by the matrix of fields and by Cedar; and what it was."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphql import GraphQLNonNull

from graph.roles import Part
from graph.terms import Permission
from tests.graph.cedar import ACCOUNTS, Caller, Judge
from tests.matrix.program import PLACES
from tests.matrix.selecting import Place, Tree, fields
from tests.schema.test_matrix import OWNERS, PUBLIC, REACH, ROWS

P = Permission
JUDGE = Judge()
UNKNOWN = object()
"""In place of what who sees everything is told, where it is not the same."""
READS = (P.READ_OWNERSHIP, P.READ_PERFORMANCE, P.READ_RISK)
LESS = frozenset({"degrees", "relationships", "changes", "warnings", "risk", "riskReach", "agenda"})
"""Fields that tell less to who has fewer rights to read, and are not refused."""
MONEY = {
    *(("Caseload", "enteredValue"), ("CenterEvidence", "enteredValue")),
    *(("CenterEvidence", "valueShare"), ("CenterExplanation", "byValue")),
    *(("PerformancePeriod", "enteredValue"), ("PerformancePeriod", "dutiesTaxesFees")),
}
"""Fields that are money, or are weighed by it: some read performance without."""
BY_RISK = ("RiskSegment", "accounts")
"""A list by a condition that needs READ_RISK, as any filter by it does."""
SCENARIO = ("Query", "whatIf")
"""A scenario is about ownership: it takes READ_OWNERSHIP besides."""
WHOLE = ("Change", "accountSequence")
"""A number that counts what is not told to others than who reads everything: null to them."""
UNLIKE = {"knownAt", "reproduction", "cursor", "startCursor", "endCursor"}
"""Fields that tell of the answer."""


@dataclass(frozen=True)
class Person:
    """A caller, as Cedar judges them."""

    name: str
    caller: Caller

    @cached_property
    def granted(self) -> dict[P | Part, set[str]]:
        """On which accounts each right holds."""
        return JUDGE.grants(self.caller)

    @property
    def owner(self) -> bool:
        """Whether they are let in from outside the program."""
        return bool(self.caller.named)

    @cached_property
    def seen(self) -> set[str]:
        """The places they are told of."""
        found = set[str]().union(*(self.granted[right] for right in READS))
        return {each.partition("-")[2] for each in found} & set(PLACES)

    def may(self, right: str) -> bool:
        """Whether they have a right anywhere."""
        return bool(self.granted[P(right)])

    @property
    def reads_all(self) -> bool:
        """Whether they have every right to read, and see money."""
        return all(self.granted[each] for each in (*READS, Part.MONEY))

    @property
    def whole(self) -> bool:
        """Whether they read everything about all accounts."""
        return all({*ACCOUNTS} <= self.granted[each] for each in READS)

    def asks(self, place: Place) -> bool:
        """Whether they ask for it beside other fields: a refusal may take these along."""
        return self.allowed(place) or not solid(place)

    def allowed(self, place: Place) -> bool:
        """Whether they may read this field of something that they see."""
        name = ".".join(place)
        row = ROWS[name]
        if self.owner and name not in OWNERS:
            return False
        if place in MONEY and not self.granted[Part.MONEY]:
            return False
        if place == SCENARIO and not self.may("READ_OWNERSHIP"):
            return False
        if place == BY_RISK and not self.may("READ_RISK"):
            return False
        if row == PUBLIC:
            return True
        if row == REACH:
            return bool(self.seen)
        return self.may(row)


def solid(place: Place) -> bool:
    """Whether a field is never null: what it stands in is null instead, where it is refused."""
    return isinstance(fields(place[0])[place[1]].type, GraphQLNonNull)


@dataclass
class Found:
    """What was found: how many cells there were of each kind, and those that were wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)
    told: set[Place] = field(default_factory=set)

    def wrongly(self, where: str, what: str) -> None:
        """Remember a wrong cell."""
        self.wrong[where] = what

    @property
    def first(self) -> dict[str, str]:
        """The first of them: all would fill a screen."""
        return dict(list(self.wrong.items())[:4])


@dataclass
class Judging:
    """Goes through one answer to one person, and beside it what who sees everything is told."""

    person: Person
    errors: dict[tuple[Any, ...], str]
    found: Found
    where: str
    less: frozenset[str] = frozenset()  # fields that tell this person less, and are not compared

    def thing(self, tree: Tree, got: Any, all_: Any, path: tuple[Any, ...]) -> None:
        """Every field of a thing that they see."""
        for name, below in tree.fields.items():
            place, here = (tree.kind, name), (*path, name)
            code, value = self.errors.pop(here, None), got.get(name)
            told = f"{self.where} {tree.kind}.{name} at {'.'.join(map(str, here))}"
            if not self.person.allowed(place):
                self.found.counts["refused"] += 1
                if code != "FORBIDDEN" or value is not None:
                    self.found.wrongly(told, f"not refused: {code} {value}")
                continue
            self.found.counts["told"] += 1
            if code is not None:
                self.found.wrongly(told, f"refused: {code}")
            elif place == WHOLE and not self.person.whole:
                if value is not None:
                    self.found.wrongly(told, f"told: {value}")
            else:
                if value not in (None, []):
                    self.found.told.add(place)
                alike = not {name, f"{tree.kind}.{name}"} & (UNLIKE | self.less)
                alike = alike and all_ is not UNKNOWN
                self._value(below, value, all_.get(name) if alike else UNKNOWN, here, told)

    def _value(
        self, below: Tree | None, got: Any, all_: Any, path: tuple[Any, ...], told: str
    ) -> None:
        if all_ is UNKNOWN:
            self._below(below, got, path)
        elif below is None or got is None or all_ is None:
            if got != all_:
                self.found.wrongly(told, f"{got} for {all_}")
        elif isinstance(got, list):
            if len(got) != len(all_):
                self.found.wrongly(told, f"{len(got)} for {len(all_)}")
            for n, (one, other) in enumerate(zip(got, all_, strict=False)):
                self.thing(below, one, other, (*path, n))
        else:
            self.thing(below, got, all_, path)

    def _below(self, below: Tree | None, got: Any, path: tuple[Any, ...]) -> None:
        """What is told, of which nobody knows what it should be: whether it is told."""
        if below and isinstance(got, list):
            for n, one in enumerate(got):
                self.thing(below, one, UNKNOWN, (*path, n))
        elif below and got is not None:
            self.thing(below, got, UNKNOWN, path)

    def over(self) -> None:
        """Nothing else may have been refused."""
        for path, code in self.errors.items():
            self.found.wrongly(f"{self.where} {'.'.join(map(str, path))}", code)


def by_path(errors: Iterable[Any]) -> dict[tuple[Any, ...], str]:
    """Codes by where they are."""
    return {tuple(error.path or ()): str((error.extensions or {}).get("code")) for error in errors}
