"""What every reader is given: the key of importer numbers, who says so, and the Centers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from graph.identifiers import IdentifierKey
from graph.load.fields import Fields
from graph.load.rows import ClaimRow, Row, Source


@dataclass(frozen=True, slots=True)
class Context:
    """Of one load."""

    key: IdentifierKey
    source: str | None
    at: datetime

    def said(self, fields: Fields, default: str) -> Source:
        """The source of a row: its own columns, else that of the load."""
        return Source(
            fields.text("source") or self.source or default,
            fields.text("source_reference"),
            fields.text("source_url"),
            self.at,
        )


Read = Callable[[Fields, Context], list[Row]]
"""The rows of one line; raises Bad."""


def dated(fields: Fields, row: ClaimRow) -> ClaimRow:
    """A claim with the days of its line."""
    first, last = fields.day("valid_from"), fields.day("valid_to")
    return replace(row, valid_from=first, valid_to=last, reason=fields.text("reason"))
