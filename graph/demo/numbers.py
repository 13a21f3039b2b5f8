"""Invented identifiers: of forms that are right, in ranges that nobody was given."""

from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random

from graph import identifiers
from graph.demo.world import World
from graph.terms import ImporterNumberStatus, ImporterNumberType

# Prefixes of employer numbers that the IRS has not assigned: these numbers are nobody's.
PREFIXES = (
    "07",
    "08",
    "09",
    "17",
    "18",
    "19",
    "28",
    "29",
    "49",
    "69",
    "70",
    "78",
    "79",
    "89",
    "96",
    "97",
)
SUFFIXES = ("00", "01", "02", "AB", "AC", "B1", "C2", "D4", "E5", "EX")
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
GROUPS = (1, 2, 3, 4, 5, 8)
GROUP_WEIGHTS = (30, 28, 20, 12, 7, 3)


class NumberMaker:
    """Makes numbers and codes that are new to the world, and writes them."""

    def __init__(self, world: World) -> None:
        """A maker of what this world has not yet."""
        self._world = world
        self._taken = world.taken

    def texts(self, random: Random) -> list[str]:
        """The numbers of one account: mostly one root with several suffixes."""
        if random.random() < 0.1:
            return [self._fresh(lambda: _assigned(random))]
        count = random.choices(GROUPS, GROUP_WEIGHTS)[0]
        root = self._root(random)
        found = []
        for place in range(count):
            if place and random.random() < 0.2:
                root = self._root(random)
            found.append(self._fresh(partial(_suffixed, random, root)))
        return found

    def number(self, random: Random, since: date) -> str:
        """Write one more active number with a root of its own."""
        text = self._root(random) + "00"
        return self.write(random, text, since, ImporterNumberStatus.ACTIVE)

    def write(self, random: Random, text: str, since: date, status: ImporterNumberStatus) -> str:
        """Write the number; answers its key."""
        self._taken.add(text)
        key = self._world.key
        parsed = identifiers.parse_number(text, fakes=frozenset())
        bond = random.choice((True, True, True, False, None))
        secret = parsed.type is ImporterNumberType.SSN
        written = self._world.book.thing(
            "ImporterNumber", self._world.next("N", 5001), ("ImporterNumber",), since,
            lookup=key.lookup(parsed.canonical), keyId=key.key_id, type=str(parsed.type),
            display=parsed.display, root=None if secret else parsed.root, suffix=parsed.suffix,
            status=str(status), continuousBond=bond,
            bondSufficient=random.random() < 0.93 if bond else None,
        )  # fmt: skip
        self._world.texts[written] = text
        return written

    def code(self, random: Random, since: date, holder_kind: str, own: str | None) -> str:
        """Write a filer code; answers its key."""
        code = own or self._fresh(lambda: _code(random))
        return self._world.book.thing(
            "FilerCode", code, ("FilerCode",), since, code=code, holderKind=holder_kind
        )

    @staticmethod
    def lei(random: Random) -> str:
        """An LEI whose issuer does not exist, with right check digits."""
        body = (
            "0000"
            + "00"
            + "".join(random.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(12))
        )
        rest = int("".join(str(int(character, 36)) for character in body + "00")) % 97
        return f"{body}{98 - rest:02d}"

    def _root(self, random: Random) -> str:
        return self._fresh(lambda: f"{random.choice(PREFIXES)}-{random.randint(1000000, 9999999)}")

    def _fresh(self, make: Callable[[], str]) -> str:
        while (text := make()) in self._taken:
            pass
        self._taken.add(text)
        return text


def _suffixed(random: Random, root: str) -> str:
    return root + random.choice(SUFFIXES)


def _assigned(random: Random) -> str:
    """A number as CBP assigns them, of a district and port that do not exist."""
    return f"{random.randint(10, 26)}99{random.randint(60, 99)}-{random.randint(10000, 99999)}"


def _code(random: Random) -> str:
    letter, other = random.choice(CODE_LETTERS), random.choice(CODE_LETTERS)
    return f"{random.randint(1, 9)}{letter}{other}"
