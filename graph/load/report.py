"""What a load has to say at its end, for people and for programs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph.load.outcome import Outcome
from graph.load.units import Refused

KEPT = 10_000  # refusals told one by one; beyond, they are only counted


@dataclass(slots=True)
class Report:
    """Counts, and the refused rows in order."""

    content: str
    dry_run: bool
    rows: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    changing: int = 0  # rows that changed anything at all
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)  # code and reason
    refused: list[Refused] = field(default_factory=list)
    seconds: float = 0.0
    tell: Callable[[list[Refused]], None] | None = None  # all of them, as they come

    @property
    def refused_rows(self) -> int:
        """How many rows were refused."""
        return self.reasons.total()

    @property
    def exit_status(self) -> int:
        """0 if every row was taken, 1 if some were refused."""
        return 1 if self.reasons else 0

    def total(self, verdict: str) -> int:
        """How many things and relationships were created, changed or unchanged."""
        return sum(count for (_, said), count in self.counts.items() if said == verdict)

    def refuse(self, refused: list[Refused]) -> None:
        """Count refused rows, and keep the first of them."""
        self.reasons.update((one.refusal.code, one.refusal.reason) for one in refused)
        self.refused += refused[: max(0, KEPT - len(self.refused))]
        if self.tell and refused:
            self.tell(refused)

    def add(self, outcome: Outcome) -> None:
        """Count a batch."""
        self.counts += outcome.counts
        self.changing += outcome.changing
        self.refuse(outcome.refused)

    def json(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "content": self.content,
            "dryRun": self.dry_run,
            "rows": self.rows,
            **{verdict: self.total(verdict) for verdict in ("created", "changed", "unchanged")},
            "counts": [
                {"kind": kind, "verdict": verdict, "count": count}
                for (kind, verdict), count in sorted(self.counts.items())
            ],
            "refusedRows": self.refused_rows,
            "reasons": [
                {"code": code, "reason": reason, "count": count}
                for (code, reason), count in self.reasons.most_common()
            ],
            "refused": [_json(one) for one in self.refused],
            "seconds": round(self.seconds, 2),
        }


def _json(one: Refused) -> dict[str, Any]:
    names = ("line", "column", "value", "code", "reason", "remedy")
    return {"file": one.file, **{name: getattr(one.refusal, name) for name in names}}
