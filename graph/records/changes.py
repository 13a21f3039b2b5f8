"""What the change log holds."""

from dataclasses import dataclass
from datetime import datetime

from graph import ids
from graph.terms import ChangeKind


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """A property before and after, as text; None where it was or is not set."""

    property: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the change log: `(:Change)`; `sequence` is its place, from 1, without gaps.

    `subject_key` and `account_key` are stored keys; `relationship_id` is the id of a claim. Filters
    ask for the last four: the account's Center and primary manager at the time by stored key, the
    type of the relationship, and the rating changed to.
    """

    sequence: int
    kind: ChangeKind
    recorded_at: datetime
    account_sequence: int | None
    subject_key: str | None
    account_key: str | None
    relationship_id: str | None
    properties: tuple[PropertyChange, ...]
    actor: str
    reason: str | None
    cause_sequence: int | None
    center_key: str | None = None
    manager_key: str | None = None
    relationship_type: str | None = None
    rating: str | None = None

    @property
    def id(self) -> str:
        """Global id."""
        return ids.encode(f"Change:{self.sequence}")

    @property
    def sort(self) -> tuple[int]:
        """Its place in lists."""
        return (self.sequence,)
