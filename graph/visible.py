"""What a caller may be told of: accounts, what hangs on them, and what all in the program know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from neo4j import Query

from graph.queries import named
from graph.records.changes import Change

NOBODYS = "-"  # begins no key
PUBLISHED = frozenset({"Center", "Discipline", "Port", "HtsChapter"})
"""Kinds of things that CBP publishes."""
INTERNAL = PUBLISHED | {"Party", "AccountManager", "Specialist", "RiskPolicy", "RiskSegment"}
"""Kinds of things that everybody in the program may see; all others hang on accounts."""
HANGING = frozenset({"HOLDS", "SHARES"})
"""Relationships of a party with what hangs on accounts: without an account nobody's in reach."""


@dataclass(frozen=True, eq=False)
class Reached:
    """What a caller reaches: all, or these accounts and the things that hang on them, by key.

    `lookups` are the look-up keys of the importer numbers among the things. Whatever is in reach,
    these `types` of relationships, `kinds` of things and `changes` are not told: no right to them.
    Of an `owner`, who is outside the program, what the program knows of itself is not told either;
    `brokers` are accounts out of reach that they gave a power of attorney, told by name alone.
    """

    all: bool = False
    accounts: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    lookups: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    owner: bool = False
    brokers: frozenset[str] = frozenset()

    def sees(self, key: str | None) -> bool:
        """Whether this thing is in reach; what has no key hangs on nothing."""
        kind = key.partition(":")[0] if key else ""
        if self.all or key is None or kind in self.kinds:
            return self.all and kind not in self.kinds
        inside = PUBLISHED if self.owner else INTERNAL
        return kind in inside or key in (self.accounts if kind == "Account" else self.things)

    def tells(self, change: Change) -> bool:
        """Whether an entry of the log is about something in reach; `change/*` say the same."""
        if self.all or self.veils(change):
            return not self.veils(change)
        if change.account_key is not None:
            return change.account_key in self.accounts
        return change.relationship_type not in HANGING and self.sees(change.subject_key)

    def veils(self, change: Change) -> bool:
        """Whether an entry is not told, whatever is in reach: no right to what it is about."""
        kind = (change.subject_key or "").partition(":")[0]
        veiled = change.kind in self.changes or change.relationship_type in self.types
        return veiled or kind in self.kinds

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
            "brokersTold": self.brokers,
            "owned": self.things if self.owner else frozenset(),  # staff's would travel for nothing
        }
        return {name: dict.fromkeys(some, True) for name, some in given.items()}

    def parameters(self, question: Query) -> dict[str, object]:
        """What a statement is cut with: accounts in `reach`, all that is `seen`, and veils.

        `toOwner` is whether an owner asks, who is told less: of what they `owned` and was shared.
        """
        wanted = named(str(question.text))
        cut: dict[str, object] = {name: self._maps[name] for name in wanted & self._maps.keys()}
        if "toOwner" in wanted:
            cut["toOwner"] = self.owner
        return {"reachesAll": self.all, **cut}


ALL = Reached(all=True)
