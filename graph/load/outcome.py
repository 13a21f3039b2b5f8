"""What came of the rows that were written."""

from collections import Counter
from dataclasses import dataclass, field

from graph.load.rows import Refusal
from graph.load.units import Refused


@dataclass(slots=True)
class Outcome:
    """How many rows were created, changed and unchanged, by kind or type, and who was refused.

    `changing` are the units that changed anything at all.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    changing: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def created(self) -> int:
        """Things and claims that were not there."""
        return self._all("created")

    @property
    def changed(self) -> int:
        """Things and claims that said otherwise."""
        return self._all("changed")

    @property
    def unchanged(self) -> int:
        """Things and claims that were there already."""
        return self._all("unchanged")

    @property
    def refusals(self) -> list[Refusal]:
        """The refused rows, without their files."""
        return [refused.refusal for refused in self.refused]

    def add(self, other: "Outcome") -> None:
        """Count another batch."""
        self.counts += other.counts
        self.changing += other.changing
        self.refused += other.refused

    def _all(self, verdict: str) -> int:
        return sum(count for (_, said), count in self.counts.items() if said == verdict)
