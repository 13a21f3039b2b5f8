"""A point on both clocks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self

from graph.clock import CLOCK


def instant_text(instant: datetime) -> str:
    """RFC 3339 in UTC with microseconds, as the API spells instants."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Moment:
    """Valid time (`as_of`, a UTC day) and record time (`known_at`, an instant).

    `suffix` spells what the caller gave, for ids below it; it is empty for now.
    """

    as_of: date
    known_at: datetime
    suffix: str = ""

    @classmethod
    def now(cls) -> Self:
        """Today and this instant, in UTC."""
        instant = CLOCK.now()
        return cls(instant.date(), instant)

    @classmethod
    def after(cls, last: datetime | None) -> Self:
        """Today and this instant, but later than the last that was recorded."""
        instant = CLOCK.after(last)
        return cls(instant.date(), instant)

    @classmethod
    def given(cls, as_of: date | None, known_at: datetime | None, now: Self) -> Self:
        """The moment a caller names; what is left out is now."""
        if as_of is None and known_at is None:
            return now
        day = as_of.isoformat() if as_of else ""
        instant = instant_text(known_at) if known_at else ""
        return cls(as_of or now.as_of, known_at or now.known_at, f"@{day}/{instant}")

    @property
    def open(self) -> bool:
        """Whether the caller left the record time out: all that is known then counts."""
        return not self.suffix or self.suffix.endswith("/")

    @property
    def parameters(self) -> dict[str, date | datetime | bool]:
        """What every dated predicate is asked with; `named` if a caller gave the record time."""
        return {"asOf": self.as_of, "knownAt": self.known_at, "named": not self.open}
