"""What follows from changes on its way into the log: what moved, from what to what, and why."""

from dataclasses import dataclass

from graph.load.changed import Changed
from graph.load.journal import Entry
from graph.terms import ChangeKind


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that changed for a thing; `cause` is the number of the change that moved it.

    What a day moves by passing has no cause in the log.
    """

    kind: ChangeKind
    subject: str
    changed: tuple[tuple[str, str | None, str | None], ...]  # property, before, after
    by: str  # the rule
    cause: int | None
    rating: str | None = None

    @property
    def entry(self) -> Entry:
        """As the log takes it."""
        return Entry(
            self.kind,
            self.subject,
            (self.subject,),
            [Changed(*each) for each in self.changed],
            actor=self.by,
            cause=self.cause,
            rating=self.rating,
        )
