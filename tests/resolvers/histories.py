"""Random histories: what is said, how it is written, and the moments it is read at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.conftest import EMPTY

START, BORN = date(2022, 1, 1), datetime(2022, 1, 1, tzinfo=UTC)
MONTH = timedelta(days=30)
TEXTS = {"MANAGED_BY": "role", "ASSIGNED_TO": "basis", "SERVES": "topic"}
Ends = Mapping[str, tuple[list[str], list[str], list[Any]]]
"""By type of claim its starts, its ends and its values."""


@dataclass(frozen=True)
class Saying:
    """One version of a claim, or of a thing; recorded `turn` months after BORN."""

    turn: int
    type: str
    start: str = ""
    end: str = ""
    first: int = 0
    last: int | None = None
    value: Any = None

    @property
    def row(self) -> worlds.Row:
        """As the writer takes it."""
        properties: dict[str, object] = {}
        if self.type == "OWNS":
            shares = {"minShare": self.value * 10**7, "maxShare": self.value * 10**7}
            properties = {"interest": "SHAREHOLDING", **shares}
        elif self.type in TEXTS:
            properties = {TEXTS[self.type]: self.value}
        return worlds.ClaimRow(
            self.type,
            self.start,
            self.end,
            worlds.REGISTER,
            START + self.first * MONTH,
            self.until,
            properties,
            discriminator="1",
        )

    @property
    def until(self) -> date | None:
        """The day on which it ends."""
        return None if self.last is None else START + self.last * MONTH

    @property
    def claim(self) -> tuple[Any, ...]:
        """What is said, the same over all versions; a role is part of it, a share is not."""
        told = self.value if self.type in ("MANAGED_BY", "SERVES") else None
        return (self.type, self.start, self.end, told)

    def holds(self, day: int) -> bool:
        """Whether it holds so many months after START."""
        return self.first <= day and (self.last is None or day < self.last)


Said = TypeVar("Said", bound=Saying)


def claimed(draw: st.DrawFn, kind: type[Said], turn: int, type_: str, ends: Ends) -> Said:
    """Some claim of the type."""
    starts, others, values = ends[type_]
    first = draw(st.integers(0, 8))
    length = draw(st.one_of(st.none(), st.integers(1, 6)))
    return kind(
        turn,
        type_,
        draw(st.sampled_from(starts)),
        draw(st.sampled_from(others)),
        first,
        None if length is None else first + length,
        draw(st.sampled_from(values)),
    )


async def recorded(
    graph: Graph, things: Sequence[worlds.Row], history: Sequence[Said]
) -> list[Said]:
    """Write the things and then the history, turn by turn; what was taken of it.

    What breaks a rule, as two of a kind at once, is refused: then nothing is changed.
    """
    await graph.schema(EMPTY)
    await write(graph, things, at=BORN)
    kept = []
    for said in sorted(history, key=lambda said: said.turn):
        outcome = await write(graph, [said.row], at=BORN + said.turn * MONTH)
        kept += [] if outcome.refused else [said]
    return kept


def moment(day: int, turn: int) -> dict[str, str]:
    """So many months after START, as known when that turn had been recorded."""
    known = BORN + turn * MONTH + timedelta(hours=1)
    return {"asOf": str(START + day * MONTH), "knownAt": known.isoformat()}
