"""The graph as plain Python keeps it: things, claims, and the rules that every write obeys.

It is written from docs/model.md and domain.md's invariants, with lists that are searched whole.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from graph import ids
from tests.days import today

SINCE, FAR = date(2020, 1, 1), date(9999, 12, 31)
DAYS = [date(2020, 1, 1), date(2021, 3, 1), date(2022, 5, 1), date(2023, 7, 1)]
ALONE = {"IDENTIFIES", "MANAGED_BY", "MEMBER_OF", "ASSIGNED_TO"}
NUMBER = "ImporterNumber:NEW"  # and its text: the key of one that the graph has yet to name
Path = tuple[str | int, ...]
Error = tuple[str, str]
"""A code, and a path joined by dots."""
Given = dict[str, Any]


@dataclass(frozen=True)
class Claim:
    """What one source says of two things, as it stands; withdrawn, it never held."""

    type: str
    start: str
    end: str
    first: date | None
    last: date | None = None
    said: tuple[tuple[str, Any], ...] = ()
    source: tuple[str, str | None] = ("Account Graph", None)
    identity: tuple[Any, ...] = ()
    withdrawn: bool = False

    def get(self, name: str) -> Any:
        """What it says beside its ends and days."""
        return dict(self.said).get(name)

    @property
    def days(self) -> tuple[date, date]:
        """The days on which it holds; the second is the first on which it does not."""
        return self.first or date.min, self.last or FAR

    def holds(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.days[0] <= day < self.days[1]


def claim(type_: str, start: str, end: str, first: date | None, **said: Any) -> Claim:
    """A claim that the caller makes."""
    told = tuple(sorted((name, value) for name, value in said.items() if value is not None))
    made = Claim(type_, start, end, first, None, told)
    return replace(made, identity=identity(made))


def identity(made: Claim) -> tuple[Any, ...]:
    """What makes two claims the same: their source's reference, or else their first day."""
    name, reference = made.source
    telling = [made.get(word) for word in ("interest", "role", "topic", "part")]
    return (made.type, made.start, made.end, name, reference or made.first, *telling)


@dataclass
class State:
    """All there is. Things are properties by key; `kind` is their most telling label."""

    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    claims: dict[tuple[Any, ...], Claim] = field(default_factory=dict)
    known: dict[str, tuple[Any, ...]] = field(
        default_factory=dict
    )  # ids of relationships, by claim
    numbers: dict[str, str] = field(default_factory=dict)  # keys, by the number's text

    def of(self, kind: str) -> list[str]:
        """The keys of things of a kind, or of a key's."""
        return [k for k, t in self.things.items() if t["kind"] == kind or k.startswith(f"{kind}:")]

    def links(self, type_: str, start: str | None = None, end: str | None = None) -> list[Claim]:
        """The claims of a type that stand, from here, or to there."""
        found = [c for c in self.claims.values() if c.type == type_ and not c.withdrawn]
        return [c for c in found if start in (None, c.start) and end in (None, c.end)]

    def manager(self, account: str, day: date) -> str | None:
        """The account's primary manager on the day."""
        links = self.links("MANAGED_BY", account)
        return next((c.end for c in links if c.get("role") == "PRIMARY" and c.holds(day)), None)


class Refused(Exception):
    """A command that breaks rules."""


@dataclass
class Draft:
    """One command on its way through the model."""

    state: State
    today: date = field(default_factory=today)
    errors: list[Error] = field(default_factory=list)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    steps: list[tuple[Claim, Path, dict[str, Path]]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # things that are deleted
    named: Callable[[Any], dict[str, str]] | None = None
    """The keys that the graph gave to new things, out of its answer."""
    answered: dict[str, Any] = field(default_factory=dict)
    """What else the answer must say."""

    def refuse(self, code: str, *path: str | int) -> None:
        """Note why nothing is written."""
        self.errors.append((code, ".".join(map(str, ("input", *path)))))

    def check(self) -> None:
        """Raises Refused."""
        if self.errors:
            raise Refused

    def thing(self, key: str | None, kinds: Sequence[str], *path: str | int) -> str | None:
        """A key of these kinds that is there; what is wrong with it is noted."""
        if key is None:
            return None
        if ":" not in key:
            self.refuse("INVALID_FORMAT", *path)
        elif key.partition(":")[0] not in kinds:
            self.refuse("WRONG_KIND", *path)
        elif key not in self.state.things:
            self.refuse("NOT_FOUND", *path)
        else:
            return key
        return None

    def get(self, key: str, name: str) -> Any:
        """A property of a thing."""
        return self.state.things[key].get(name)

    def open(self, account: str, *path: str | int) -> bool:
        """Whether an account is open; noted if not."""
        closed = bool(self.get(account, "status") == "CLOSED")
        if closed:
            self.refuse("INVALID_STATE", *path)
        return not closed

    def past(self, day: date | None, *path: str | int) -> date:
        """The day, today if none; noted if it is to come."""
        if day is not None and day > self.today:
            self.refuse("OUT_OF_RANGE", *path)
        return day or self.today

    def put(self, made: Claim, *path: str | int, **fields: Path) -> None:
        """Write a claim."""
        self.steps.append((made, path, fields))

    def end(
        self, links: Iterable[Claim], day: date, *path: str | int, new: Claim | None = None
    ) -> None:
        """End claims on the day; one that began then never held, a later one stops us."""
        for old in links:
            if old.days[1] <= day or (new is not None and new.identity == old.identity):
                continue
            if old.first is not None and old.first > day:
                self.refuse("INTERVAL_CONFLICT", *path)
            elif old.first == day:
                self.put(replace(old, withdrawn=True), *path)
            else:
                self.put(replace(old, last=day), *path)

    def judged(self) -> dict[tuple[Any, ...], Claim]:
        """The claims as they will stand; notes those that exclude each other."""
        self.check()
        after = dict(self.state.claims)

        def changes(step: tuple[Claim, Path, dict[str, Path]]) -> bool:
            before = after.get(step[0].identity)
            return before is not None and not before.withdrawn

        for made, path, _ in sorted(self.steps, key=lambda step: not changes(step)):
            if self._alone(after, made, path):
                after[made.identity] = made
        return after

    def _alone(self, after: dict[tuple[Any, ...], Claim], made: Claim, path: Path) -> bool:
        if made.type not in ALONE or made.withdrawn:
            return True
        for held in after.values():
            if held.withdrawn or held.identity == made.identity:
                continue
            if (held.type, held.start) != (made.type, made.start):
                continue
            managed = made.type == "MANAGED_BY"
            same = held.get("role") == made.get("role") if managed else held.end != made.end
            if same and held.days[0] < made.days[1] and made.days[0] < held.days[1]:
                code = "IDENTIFIER_IN_USE" if made.type == "IDENTIFIES" else "INTERVAL_CONFLICT"
                self.refuse(code, *path)
                return False
        return True

    def commit(self, after: dict[tuple[Any, ...], Claim], payload: Any) -> None:
        """All of it happened; new things get the keys that the graph gave them."""
        names = self.named(payload) if self.named else {}
        for key in self.gone:
            del self.state.things[key]
        for key, said in self.things.items():
            kept = self.state.things.setdefault(names.get(key, key), {})
            if key.startswith(NUMBER):
                self.state.numbers[key.removeprefix(NUMBER)] = names[key]
            kept |= {name: names.get(v, v) if isinstance(v, str) else v for name, v in said.items()}
        for old, made in after.items():
            if made is self.state.claims.get(old):
                continue
            start, end = names.get(made.start, made.start), names.get(made.end, made.end)
            named = replace(made, start=start, end=end)
            if (start, end) != (made.start, made.end):
                named = replace(named, identity=identity(named))
            self.state.claims[named.identity] = named


def gid(key: str | None) -> str | None:
    """A key as callers give it; what is no key goes as it is."""
    return ids.encode(key) if key is not None and ":" in key else key


def stored(id_: str) -> str:
    """The key that an answer's id stands for."""
    return ids.decode(id_)


def iso(day: date | None) -> str | None:
    """A day as callers write it."""
    return day.isoformat() if day else None
