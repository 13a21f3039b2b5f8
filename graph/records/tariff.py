"""Tariff ranges in the scope of Centers, and requests to move to another one."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from graph import ids
from graph.records.entity import Source
from graph.records.moment import Moment
from graph.records.staff import Center, HtsChapter
from graph.terms import CenterBasis, CenterChangeState


@dataclass(frozen=True, slots=True)
class CenterScope:
    """A tariff range of a Center: `[:SCOPE_OF]`; without headings the whole chapter."""

    center: Center
    chapter: HtsChapter
    from_heading: str | None
    to_heading: str | None
    precedence: int
    source: Source
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterChangeRequest:
    """A request to move an account to another Center: `(:CenterChangeRequest)`."""

    stored_key: str
    moment: Moment
    account_id: str
    from_center: Center | None
    to_center: Center
    state: CenterChangeState
    basis: CenterBasis
    statement: str
    requested_on: date
    requested_by: str
    decided_on: date | None
    decided_by: str | None
    decision: str | None
    appeals_id: str | None
    version: int

    @property
    def id(self) -> str:
        """Global id, carrying the moment if the caller gave one."""
        return ids.encode(self.stored_key + self.moment.suffix)

    def at_moment(self) -> Self:
        """As it stood: before the day it was decided it reads as requested."""
        if self.decided_on is None or self.decided_on <= self.moment.as_of:
            return self
        undecided = {"decided_on": None, "decided_by": None, "decision": None}
        return replace(self, state=CenterChangeState.REQUESTED, **undecided)  # type: ignore[arg-type]
