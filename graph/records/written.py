"""What came of a command."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from graph.records.caseload import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written, or why nothing was.

    `things` are stored keys and `claims` ids of relationships, in the order of the input; `first`
    and `last` are numbers of the change log, 0 if nothing changed; `log` is its incarnation, None
    if it began with this write; `at` is when it was recorded. A `secret` is told once: it is never
    part of an answer that is remembered.
    """

    user_errors: tuple[UserError, ...] = ()
    things: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    log: str | None = None
    at: datetime | None = None
    replayed: bool = False
    more: Mapping[str, int] = field(default_factory=dict)
    secret: str | None = field(default=None, repr=False)

    @property
    def entries(self) -> range:
        """The numbers of what was recorded."""
        return range(self.first, self.last + 1) if self.last else range(0)
