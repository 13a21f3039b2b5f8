"""What the event stream delivers."""

from dataclasses import dataclass
from datetime import datetime

from graph.records.changes import Change
from graph.terms import ChangeEventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEvent:
    """A change, a gap or a sign of life; `cursor` is where to go on after it."""

    kind: ChangeEventKind
    cursor: str
    sent_at: datetime
    change: Change | None = None
    earliest: str | None = None
