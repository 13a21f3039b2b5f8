"""What a filter of accounts needs beside their facts: looked up before it is read."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

from graph.filter_fields import Given
from graph.reach import ALL, Reached
from graph.records.moment import Moment
from graph.terms import RiskRating


class Scored(Protocol):
    """Scores of accounts, as a filter asks for them."""

    def at_least(self, score: float) -> tuple[str, ...]:
        """The accounts with at least this score."""
        ...

    def rated(self, ratings: Set[RiskRating]) -> tuple[str, ...]:
        """The accounts with one of these ratings."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """What a filter needs that no fact of an account tells: keys of accounts, gathered before.

    `segments` are the segments in force, in order: key and rule; `controlled` is by the key of
    the party in control; `flagged` has a list of kinds where few accounts have such a flag.
    What is not `seen` is nothing that a filter could name.
    """

    now: Moment
    segments: Sequence[tuple[str, Given]] = ()
    warned: Mapping[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    scores: Scored | None = None
    controlled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flagged: Mapping[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    seen: Reached = ALL
