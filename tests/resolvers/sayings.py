"""How a random history says something: of some thing, on some day, or that it never was so."""

from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from typing import Any

from tests.resolvers.side_by_side import SIDES, Version, centers, claim, day_of, own

Saying = Callable[[Random, int, int], Version]
"""What is said by chance in a turn of a history, told the turn and its side."""
SHARED = ("Discipline:", "HtsChapter:")  # reference data is that of all histories


def histories(
    chance: Random, begun: Callable[[int], list[Version]], sayings: Sequence[Saying], most: int
) -> list[Version]:
    """A history of each side: how it begins, and so many things said in later turns."""
    said: list[Version] = []
    for side in SIDES:
        said += begun(side)
        said += [chance.choice(sayings)(chance, chance.randint(1, 12), side) for _ in range(most)]
    return said


def one(chance: Random, side: int, *keys: str) -> str:
    """Some thing of the history; `0` and `1` are its Centers."""
    key = chance.choice(keys)
    if key.isdigit():
        return centers(side)[int(key)]
    return key if key.startswith(SHARED) else own(key, side)


def month(chance: Random, most: int = 12) -> int:
    """Some month."""
    return chance.randint(0, most)


def maybe(chance: Random, least: int, most: int = 14) -> int | None:
    """Some month from the least one on, or none."""
    return None if chance.random() < 0.4 else chance.randint(least, max(least, most))


def date_of(month: int | None) -> date | None:
    """Its day, if there is one."""
    return None if month is None else day_of(month)


def retracted(chance: Random, said: Version) -> Version:
    """The same, or now and then that it never held."""
    withdrawn = chance.random() < 0.15
    return Version(said.turn, said.of, said.more, said.first, said.last, withdrawn)


def joined(
    type_: str, starts: Sequence[str], ends: Sequence[str], *values: dict[str, Any]
) -> Saying:
    """A claim of the type between some of these, for some time."""

    def saying(chance: Random, turn: int, side: int) -> Version:
        first = month(chance, 8)
        last = maybe(chance, first + 1)
        if type_ == "MANAGED_BY" and last and last > turn:
            last = None  # no assignment is planned to end
        ends_ = one(chance, side, *starts), one(chance, side, *ends)
        more = chance.choice(values) if values else {}
        return retracted(chance, claim(turn, type_, *ends_, first, last, **more))

    return saying
