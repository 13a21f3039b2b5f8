"""Which accounts: a tree of conditions as clauses over facts, so that one statement serves all.

A filter is a tree of AND, OR and NOT over literals. A literal is about one fact of an account, such
as its status or its managers' keys: a list of values, which must share one with the literal's,
begin with its prefixes or lie in its range. The tree is brought into conjunctive normal form: all
clauses must hold, of each clause any literal. The statement computes the facts that are named.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from graph.errors import BadInput
from graph.moments import year
from graph.records.moment import Moment

MOST_CLAUSES = 200
MOST_LITERALS = 2000
FEW = 20_000  # accounts that a list may begin with: more are met soon enough along any order
TOO_MUCH = (
    "Argument 'filter' combines too many conditions: lists within 'anyOf' multiply. Ask for less"
    " at once."
)
NARROW = {"status": "inStatus", "center": "inCenter"}  # asked for without computing facts
Value = str | bool | int | date


@dataclass(frozen=True, slots=True)
class Literal:
    """A condition on one fact: values to share, prefixes of its words, or a half-open range.

    `among` are the keys of the accounts that alone can meet it, where those are few and known.
    """

    fact: str
    values: tuple[Value, ...] | None = None
    prefixes: tuple[str, ...] | None = None
    least: Value | None = None
    below: Value | None = None
    wanted: bool = True
    among: tuple[str, ...] | None = None

    @property
    def keys(self) -> Collection[Any] | None:
        """The keys of the accounts that alone can meet it; None where all might."""
        if not self.wanted:
            return None
        return self.values if self.fact == "key" else self.among

    @property
    def parameter(self) -> dict[str, Any]:
        """As the statement reads it."""
        return {
            "fact": self.fact,
            "values": None if self.values is None else list(self.values),
            "prefixes": None if self.prefixes is None else list(self.prefixes),
            "least": self.least,
            "below": self.below,
            "wanted": self.wanted,
        }


@dataclass(frozen=True, slots=True)
class Every:
    """Every part holds; without parts it always does."""

    parts: tuple["Tree", ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """Some part holds; without parts it never does."""

    parts: tuple["Tree", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Tree"


Tree = Literal | Every | Some | Not
Clause = tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Clauses, all of which must hold."""

    clauses: tuple[Clause, ...] = ()

    @property
    def facts(self) -> list[str]:
        """The facts that the clauses name."""
        return sorted({literal.fact for clause in self.clauses for literal in clause})

    @property
    def parameters(self) -> dict[str, Any]:
        """What a statement is asked with."""
        listed = [[literal.parameter for literal in clause] for clause in self.clauses]
        return {"clauses": listed, "facts": self.facts}

    def asked(
        self, moment: Moment, order: str = "NAME", beside: tuple[str, ...] = (), **_more: object
    ) -> dict[str, Any]:
        """What a statement over accounts in an order is asked with, at a moment.

        An order by value needs that fact, whatever the clauses name. What the statements ask
        before they compute any fact is no clause of theirs, but for facts `beside`.
        """
        first = {
            NARROW[clause[0].fact]: clause
            for clause in self.clauses
            if _narrows(clause) and clause[0].fact not in beside
        }
        narrow = {name: list(clause[0].values or ()) for name, clause in first.items()}
        used = {id(clause) for clause in first.values()}
        rest = Condition(tuple(clause for clause in self.clauses if id(clause) not in used))
        value = {"value"} if order == "VALUE" else set()
        facts = sorted({*rest.facts, *value})
        given = {**rest.parameters, "facts": facts, "order": order, **year(moment.as_of)}
        return {**{name: narrow.get(name, []) for name in NARROW.values()}, **given}

    @property
    def keys(self) -> list[str] | None:
        """The accounts that alone can meet all clauses, in order; None where all might."""
        bounds = [keys for clause in self.clauses if (keys := _keys(clause)) is not None]
        return sorted(set[str].intersection(*bounds)) if bounds else None

    @property
    def beyond_keys(self) -> "Condition":
        """What is left to ask of the accounts of `keys`."""
        told = [each for each in self.clauses if all(o.wanted and o.fact == "key" for o in each)]
        return Condition(tuple(each for each in self.clauses if each not in told))

    def without(self, clause: Clause) -> "Condition":
        """The same but for one clause, which something else sees to."""
        return Condition(tuple(each for each in self.clauses if each is not clause))


def _keys(clause: Clause) -> set[str] | None:
    """The accounts that alone can meet a clause; None where all might."""
    each = [literal.keys for literal in clause]
    return None if None in each else {key for keys in each for key in keys or ()}


def _narrows(clause: Clause) -> bool:
    only = clause[0] if len(clause) == 1 else None
    return only is not None and only.wanted and only.fact in NARROW and bool(only.values)


def condition(tree: Tree) -> Condition:
    """The tree in conjunctive normal form. Raises BadInput for one that grows too large."""
    return Condition(tuple(dict.fromkeys(_clauses(_pushed(tree, True)))))


def _pushed(tree: Tree, wanted: bool) -> Tree:
    """The tree with every NOT at its literals."""
    if isinstance(tree, Literal):
        return tree if wanted else replace(tree, wanted=not tree.wanted)
    if isinstance(tree, Not):
        return _pushed(tree.part, not wanted)
    parts = tuple(_pushed(part, wanted) for part in tree.parts)
    every = isinstance(tree, Every) is wanted
    return Every(parts) if every else Some(parts)


def _clauses(tree: Tree) -> Sequence[Clause]:
    if isinstance(tree, Literal):
        return [(tree,)]
    assert not isinstance(tree, Not)
    below = [_clauses(part) for part in tree.parts]
    if isinstance(tree, Every):
        return _bounded([clause for clauses in below for clause in clauses])
    size = 1
    for clauses in below:
        size *= len(clauses)
        if size > MOST_CLAUSES:
            raise BadInput(TOO_MUCH)
    return _bounded([_joined(choice) for choice in product(*below)])


def _joined(choice: Sequence[Clause]) -> Clause:
    return tuple(dict.fromkeys(literal for clause in choice for literal in clause))


def _bounded(clauses: list[Clause]) -> list[Clause]:
    if len(clauses) > MOST_CLAUSES or sum(map(len, clauses)) > MOST_LITERALS:
        raise BadInput(TOO_MUCH)
    return clauses
