"""Questions about the change log: what was recorded, by whom and why, in the log's own order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from graph import records
from graph.clock import CLOCK
from graph.lists import COUNTED, Window
from graph.policy import Viewer
from graph.queries import query
from graph.reach import ALL, Reached, reach
from graph.rows import instant
from graph.session import Graph, Row
from graph.terms import ChangeKind

LAST = 2**62  # beyond every sequence
LOG = ("changes",)  # what cursors of the change log are sealed for


@dataclass(frozen=True, slots=True)
class Place:
    """How far the log has come: the last entry's number, in which log, and the oldest one kept."""

    incarnation: str | None
    sequence: int
    earliest: int = field(default=1, compare=False)

    def lost(self, sequence: int, incarnation: str | None = None) -> bool:
        """Whether changes were missed after a place: it is pruned, or of another log.

        A log that is restored is another one; without an incarnation it still is, if it ends
        before the place.
        """
        another = incarnation is not None and incarnation != self.incarnation
        return another or not self.earliest - 1 <= sequence <= self.sequence


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Entries of the log in its order, and where it stood when they were read."""

    changes: list[records.Change]
    place: Place


async def place(graph: Graph) -> Place:
    """Where the log stands now."""
    [found] = await graph.read(query("change/place"))
    CLOCK.see(instant(found["at"]))
    return _place(found)


def _place(row: Row) -> Place:
    return Place(row["incarnation"], row["sequence"], row["earliest"])


@dataclass(frozen=True, slots=True)
class Filter:
    """Which changes: all that is given must hold, of a list any one element; by stored keys."""

    kinds: tuple[str, ...] | None = None
    accounts: tuple[str, ...] | None = None
    subjects: tuple[str, ...] | None = None
    centers: tuple[str, ...] | None = None
    managers: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    ratings: tuple[str, ...] | None = None
    recorded_from: datetime | None = None
    recorded_to: datetime | None = None

    def matches(self, change: records.Change) -> bool:
        """Whether an entry is among them: what the statements say, in memory."""
        asked = (
            (self.kinds, change.kind.value),
            (self.accounts, change.account_key),
            (self.subjects, change.subject_key),
            (self.centers, change.center_key),
            (self.managers, change.manager_key),
            (self.types, change.relationship_type),
            (self.ratings, change.rating),
        )
        return (
            all(some is None or value in some for some, value in asked)
            and (self.recorded_from is None or change.recorded_at >= self.recorded_from)
            and (self.recorded_to is None or change.recorded_at < self.recorded_to)
        )

    @property
    def parameters(self) -> dict[str, object]:
        """What the statements are asked with."""
        names = ("kinds", "accounts", "subjects", "centers", "managers", "types", "ratings")
        given = {name: getattr(self, name) for name in names}
        listed = {name: None if some is None else list(some) for name, some in given.items()}
        return {**listed, "recordedFrom": self.recorded_from, "recordedTo": self.recorded_to}


async def page(graph: Graph, viewer: Viewer, wanted: Filter, window: Window) -> Excerpt:
    """The changes of a window, oldest first, one more than its size if there are more."""
    seen = await reach(graph, viewer)
    return await excerpt(graph, wanted, window, seen)


async def excerpt(graph: Graph, wanted: Filter, window: Window, seen: Reached = ALL) -> Excerpt:
    """The same for whoever asks for others: who may see what is told for each entry."""
    if wanted.accounts is not None:
        backward = query("change/of_accounts_preceding")
        forward = query("change/of_accounts_following")
    else:
        backward, forward = query("change/preceding"), query("change/following")
    question = backward if window.backward else forward
    found = await graph.read(
        question,
        **seen.parameters(question),
        after=window.after[0] if window.after else 0,
        before=window.before[0] if window.before else LAST,
        limit=window.size + 1,
        **wanted.parameters,
    )
    changes = [change(row) for row in found[0]["rows"]]
    return Excerpt(changes[::-1] if window.backward else changes, _place(found[0]))


async def count(graph: Graph, viewer: Viewer, wanted: Filter) -> records.TotalCount:
    """How many changes match; beyond COUNTED at least so many."""
    seen = await reach(graph, viewer)
    question = query("change/count")
    found = await graph.read(
        question, most=COUNTED + 1, **seen.parameters(question), **wanted.parameters
    )
    return records.TotalCount.bounded(found[0]["total"], COUNTED)


async def changes(
    graph: Graph, viewer: Viewer, sequences: Sequence[int]
) -> list[records.Change | None]:
    """The change with each number, or None."""
    seen = await reach(graph, viewer)
    wanted = list(dict.fromkeys(sequences))
    question = query("change/changes")
    found = await graph.read(question, sequences=wanted, **seen.parameters(question))
    known = {row["sequence"]: change(row["change"]) for row in found}
    return [known.get(sequence) for sequence in sequences]


def change(row: Row) -> records.Change:
    """An entry of the log from its properties."""
    recorded_at = instant(row["recordedAt"])
    assert recorded_at is not None
    return records.Change(
        sequence=row["sequence"],
        kind=ChangeKind(row["kind"]),
        recorded_at=recorded_at,
        account_sequence=row.get("accountSequence"),
        subject_key=row.get("subject"),
        account_key=row.get("account"),
        relationship_id=row.get("relationship"),
        properties=tuple(
            records.PropertyChange(*orjson.loads(each)) for each in row.get("properties", ())
        ),
        actor=row["actor"],
        reason=row.get("reason"),
        cause_sequence=row.get("cause"),
        center_key=row.get("center"),
        manager_key=row.get("manager"),
        relationship_type=row.get("relationshipType"),
        rating=row.get("rating"),
    )
