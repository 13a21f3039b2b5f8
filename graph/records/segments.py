"""Segments of accounts by risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph import ids
from graph.records.moment import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSegment:
    """A versioned rule and how accounts that match are treated: `(:RiskSegment)`."""

    stored_key: str
    moment: Moment
    name: str
    version: int
    precedence: int
    filter: Mapping[str, Any]
    treatment: str
    valid_from: date
    valid_to: date | None

    @property
    def id(self) -> str:
        """Global id, carrying the moment if the caller gave one."""
        return ids.encode(self.stored_key + self.moment.suffix)
