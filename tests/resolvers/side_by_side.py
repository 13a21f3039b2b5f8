"""Random histories side by side in one graph: what is said, turn by turn, and what was known of it.

Each history has things, people and Centers of its own, so one graph and one document do for many.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings

from graph.load.rows import Source
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.conftest import EMPTY
from tests.resolvers.histories import BORN, MONTH, START

SIDES = (1, 2, 3, 4, 5)  # each has two of the ten Centers
TELLING = ("role", "part", "interest", "source")  # what tells two claims about the same ends apart
LABELS = {"Account:A": ("Account", "Importer"), "Account:B": ("Account", "Broker")}
LABELS |= {"Party:O": ("Party", "Organization")}
FEW = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.generate],  # another number is another history: none is simpler
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def own(key: str, side: int) -> str:
    """The thing of a history that is called so in all of them."""
    return f"{key}-{side}"


def centers(side: int) -> list[str]:
    """The two Centers of a history."""
    return [f"Center:CEE{2 * side - 1:03}", f"Center:CEE{2 * side:03}"]


def day_of(month: int) -> date:
    """So many months after START."""
    return START + month * MONTH


@dataclass(frozen=True)
class Version:
    """What is said in a turn of a thing, by its key, or of a claim, by its type and ends."""

    turn: int
    of: tuple[str, ...]
    more: tuple[tuple[str, Any], ...] = ()
    first: int = 0
    last: int | None = None
    withdrawn: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """Its properties."""
        return dict(self.more)

    @property
    def identity(self) -> tuple[Any, ...]:
        """What it is a version of."""
        return (*self.of, *(self.told.get(name) for name in TELLING))

    @property
    def days(self) -> tuple[date, date | None]:
        """The first day on which it holds, and the first one on which it does so no longer."""
        return day_of(self.first), None if self.last is None else day_of(self.last)

    def holds(self, day: date) -> bool:
        """Whether it holds on the day."""
        first, end = self.days
        return not self.withdrawn and first <= day and (end is None or day < end)

    def row(self, line: int) -> worlds.Row:
        """As the writer takes it."""
        properties: dict[str, object] = dict(self.more)
        if len(self.of) == 1:
            kind, _, id_ = self.of[0].partition(":")
            labels = LABELS.get(self.of[0].partition("-")[0], (kind,))
            return worlds.NodeRow(kind, id_, labels, properties, line)
        type_, start, end = self.of
        source = Source(str(properties.pop("source", "Register")))
        return worlds.ClaimRow(
            type_, start, end, source, *self.days, properties, "1",
            f"turn {self.turn}", line=line, withdrawn=self.withdrawn,
        )  # fmt: skip


def thing(turn: int, key: str, **more: Any) -> Version:
    """What is said of a thing."""
    return Version(turn, (key,), tuple(more.items()))


def claim(
    turn: int,
    type_: str,
    start: str,
    end: str,
    first: int = 0,
    last: int | None = None,
    **more: Any,
) -> Version:
    """What is said of a claim."""
    return Version(turn, (type_, start, end), tuple(more.items()), first, last)


async def recorded(
    graph: Graph, things: Sequence[worlds.Row], said: Iterable[Version]
) -> list[Version]:
    """Write the things and then what is said, turn by turn; what was taken of it, in that order.

    What breaks a rule, as two of a kind at once, is refused: then nothing is changed.
    """
    await graph.schema(EMPTY)
    await write(graph, things, at=BORN)
    kept = []
    for turn, versions in _turns(said):
        rows = [version.row(line) for line, version in enumerate(versions, 1)]
        outcome = await write(graph, rows, at=BORN + turn * MONTH)
        refused = {each.refusal.line for each in outcome.refused}
        kept += [each for line, each in enumerate(versions, 1) if line not in refused]
    return kept


def _turns(said: Iterable[Version]) -> Iterator[tuple[int, list[Version]]]:
    """By turn, what is said in it, once of each: things before the claims about them."""
    last = {(each.turn, each.identity): each for each in said}
    ordered = sorted(last.values(), key=lambda each: (each.turn, len(each.of)))
    for turn, versions in groupby(ordered, key=lambda each: each.turn):
        yield turn, list(versions)


def moments(chance: Random, number: int = 3) -> Iterator[tuple[date, int, dict[str, str]]]:
    """Days with the turns known then, and both as callers name them.

    Of all that is said the days begin months, so a day is that or the one before; what a turn
    recorded is known from its very instant.
    """
    for _ in range(number):
        turn = chance.randint(0, 13)
        day = day_of(chance.randint(0, 14)) - timedelta(days=chance.randint(0, 1))
        known = BORN + turn * MONTH + timedelta(hours=chance.randint(0, 1))
        yield day, turn, {"asOf": str(day), "knownAt": known.isoformat()}


class Known:
    """What was known by a turn, and what of it holds on a day: the versions replayed."""

    def __init__(self, kept: Sequence[Version], day: date, turn: int) -> None:
        """Keep of each thing and claim what was said last."""
        self.day = day
        self.last = {each.identity: each for each in kept if each.turn <= turn}
        self.things = {each.of[0]: each.told for each in self.last.values() if len(each.of) == 1}
        self.typed = defaultdict[str, list[Version]](list)
        for each in self.last.values():
            if not each.withdrawn:
                self.typed[each.of[0]].append(each)

    def kind(self, kind: str) -> dict[str, dict[str, Any]]:
        """The things of a kind."""
        return {key: said for key, said in self.things.items() if key.startswith(f"{kind}:")}

    def claims(self, type_: str, **wanted: Any) -> list[Version]:
        """What holds of a type, with these properties."""
        return [each for each in self.ever(type_, **wanted) if each.holds(self.day)]

    def ever(self, type_: str, **wanted: Any) -> list[Version]:
        """What is claimed of a type, with these properties, whatever the day."""
        found = self.typed[type_]
        return [e for e in found if wanted.items() <= e.told.items()] if wanted else found

    def starts(self, type_: str, end: str, **wanted: Any) -> set[str]:
        """What stands at the other side of an end."""
        return {each.of[1] for each in self.claims(type_, **wanted) if each.of[2] == end}

    def ends(self, type_: str, start: str, **wanted: Any) -> set[str]:
        """What stands at the other side of a start."""
        return {each.of[2] for each in self.claims(type_, **wanted) if each.of[1] == start}

    def by_name(self, keys: Iterable[str]) -> list[str]:
        """Accounts in the order of their names."""
        return sorted(keys, key=lambda key: (self.things[key]["name"].casefold(), key))


def differences(told: Any, known: Any, path: str = "") -> list[tuple[str, Any, Any]]:
    """Where two answers differ, and what each says there: whole answers are long."""
    if isinstance(told, dict) and isinstance(known, dict) and told.keys() == known.keys():
        parts = [(f"{path}.{name}", told[name], known[name]) for name in told]
    elif isinstance(told, list) and isinstance(known, list) and len(told) == len(known):
        parts = [(f"{path}.{n}", *both) for n, both in enumerate(zip(told, known, strict=True))]
    else:
        return [] if told == known else [(path, told, known)]
    return [each for name, one, other in parts for each in differences(one, other, name)]
