"""Where a list of accounts begins to be read: from what only few accounts have, if it can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.account_search import Search
from graph.conditions import Condition
from graph.words import expression

PIECE = 2000  # accounts: few by any measure, and as many of a ranking are looked at at once


@dataclass(frozen=True, slots=True)
class Start:
    """What accounts are gathered from, all in reach if nothing is given, and what is asked."""

    rest: Condition
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def keys(self) -> Sequence[str]:
        """The accounts it begins with, if it is these."""
        found: Sequence[str] = self.given.get("keys", ())
        return found


def start_of(wanted: Search, worded: bool = True) -> Start | None:
    """What only few accounts have, if the condition asks for it: that is where to begin.

    Not words, unless names are `worded` now as they were then.
    """
    clauses = wanted.condition.clauses
    single = [
        each
        for each in clauses
        if len(each) == 1 and each[0].wanted and (worded or each[0].fact != "words")
    ]
    found = {each[0].fact: each for each in reversed(single)}
    keys = wanted.condition.keys
    if keys is not None and (len(keys) <= PIECE or "manager" not in found):
        return Start(wanted.condition.beyond_keys, {"keys": keys})
    clause = next((found[fact] for fact in STARTS if fact in found), None)
    if clause is None:
        return None
    literal = clause[0]
    given: list[Any] = list(literal.values or ())
    if literal.fact == "words":
        given = [expression(wanted.text or " ".join(literal.prefixes or ()))]
    return Start(wanted.condition.without(clause), {STARTS[literal.fact]: given})


STARTS = {"manager": "managers", "words": "texts", "broker": "brokers"}  # the narrowest first
EVERY = dict.fromkeys(("keys", "managers", "brokers", "texts"))
