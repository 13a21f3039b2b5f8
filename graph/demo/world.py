"""What the parts of the world share while it is written."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from graph.demo.book import Book
from graph.demo.names import Names
from graph.identifiers import IdentifierKey
from graph.load.rows import ClaimRow

if TYPE_CHECKING:
    from graph.demo.staff import Manager

SEED = "Account Graph, demo world, 1"


@dataclass(slots=True)
class Stay:
    """Days at a Center, or with a manager: half-open."""

    key: str
    since: date
    until: date | None = None


@dataclass(slots=True)
class Account:
    """An account while the world is written; `until` is the day it was closed."""

    key: str
    name: str
    status: str
    since: date
    until: date | None
    national: bool
    center: str | None
    chapters: tuple[str, ...]
    party: str = ""
    numbers: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    managers: list[Stay] = field(default_factory=list)
    brokers: list[Stay] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The business key, such as A-1001."""
        return self.key.partition(":")[2]

    @property
    def manager(self) -> str | None:
        """The present primary manager's key."""
        return self.managers[-1].key if self.managers and not self.managers[-1].until else None


@dataclass(slots=True)
class World:
    """The book, chance, and everybody written so far."""

    key: IdentifierKey
    book: Book = field(default_factory=Book)
    managers: list["Manager"] = field(default_factory=list)
    specialists: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)
    importers: list[Account] = field(default_factory=list)
    brokers: list[Account] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)  # that hold numbers or codes
    former: dict[str, list[str]] = field(default_factory=dict)  # numbers of closed accounts
    merged: dict[str, str] = field(default_factory=dict)  # closed account: where it went
    taken: set[str] = field(default_factory=lambda: {"ABC", "999", "SP7", "B76"})  # spent texts
    replaced: list[tuple[str, date]] = field(default_factory=list)  # old number, last day
    nominees: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)  # numbers in clear, while writing
    measures: list[tuple[str, str, date]] = field(default_factory=list)  # figures, account, known
    issues: dict[str, list[tuple[str, date]]] = field(default_factory=dict)  # by account
    named: dict[str, ClaimRow] = field(default_factory=dict)  # that the operations speak of
    chances: dict[str, Random] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        """Names have their own chance, so that more of them elsewhere move nothing."""
        self.names = Names(self.random("names"))

    def random(self, topic: str) -> Random:
        """The one source of chance of a topic."""
        return self.chances.setdefault(topic, Random(f"{SEED}: {topic}"))

    def next(self, prefix: str, first: int = 1) -> str:
        """The next free id of a kind, such as F-17."""
        self.counts[prefix] = self.counts.get(prefix, first - 1) + 1
        return f"{prefix}-{self.counts[prefix]}"

    def text(self, number: str) -> str:
        """The importer number with this key, as its holder knows it."""
        return self.texts[number]

    def importer(self, name: str) -> Account:
        """The importer with this business key; they are written in its order."""
        return self.importers[int(name.removeprefix("A-")) - 1001]

    def broker(self, name: str) -> Account:
        """The broker with this business key."""
        return self.brokers[int(name.removeprefix("A-")) - 2001]
