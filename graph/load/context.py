"""What every reader is given: the key of importer numbers, who says so, and the Centers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from graph.identifiers import IdentifierKey
from graph.load.fields import Fields
from graph.load.limits import USUAL
from graph.load.rows import ClaimRow, Row, Source


@dataclass(frozen=True, slots=True)
class Context:
    """Of one load; `reference` and `url` are of its source, `at` is when that was read."""

    key: IdentifierKey
    source: str | None
    at: datetime
    reference: str | None = None
    url: str | None = None
    row: int = USUAL.row  # bytes it may have

    def said(self, fields: Fields, default: str) -> Source:
        """The source of a row: its own columns, else that of the load."""
        own = fields.text("source")
        reference, url = (None, None) if own else (self.reference, self.url)
        return Source(
            own or self.source or default,
            fields.text("source_reference") or reference,
            fields.text("source_url") or url,
            self.at,
        )


Read = Callable[[Fields, Context], list[Row]]
"""The rows of one line; raises Bad."""


def dated(fields: Fields, row: ClaimRow) -> ClaimRow:
    """A claim with the days of its line."""
    first, last = fields.day("valid_from"), fields.day("valid_to")
    return replace(row, valid_from=first, valid_to=last, reason=fields.text("reason"))
