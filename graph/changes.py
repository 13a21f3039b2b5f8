"""Questions about the change log: what was recorded, by whom and why, in the log's own order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from graph import policy, records
from graph.lists import COUNTED, Window
from graph.policy import Viewer
from graph.queries import query
from graph.rows import instant
from graph.session import Graph, Row
from graph.terms import ChangeKind

LAST = 2**62  # beyond every sequence


@dataclass(frozen=True, slots=True)
class Place:
    """How far the log has come: the last entry's number, in which log."""

    incarnation: str | None
    sequence: int


async def place(graph: Graph) -> Place:
    """Where the log stands now."""
    [found] = await graph.read(query("change/place"))
    return Place(found["incarnation"], found["sequence"])


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

    @property
    def parameters(self) -> dict[str, object]:
        """What the statements are asked with."""
        names = ("kinds", "accounts", "subjects", "centers", "managers", "types", "ratings")
        given = {name: getattr(self, name) for name in names}
        listed = {name: None if some is None else list(some) for name, some in given.items()}
        return {**listed, "recordedFrom": self.recorded_from, "recordedTo": self.recorded_to}


async def page(
    graph: Graph, viewer: Viewer, wanted: Filter, window: Window
) -> list[records.Change]:
    """The changes of a window, oldest first, one more than its size if there are more."""
    policy.admit(viewer)
    if wanted.accounts is not None:
        backward = query("change/of_accounts_preceding")
        forward = query("change/of_accounts_following")
    else:
        backward, forward = query("change/preceding"), query("change/following")
    found = await graph.read(
        backward if window.backward else forward,
        after=window.after[0] if window.after else 0,
        before=window.before[0] if window.before else LAST,
        limit=window.size + 1,
        **wanted.parameters,
    )
    changes = [change(row) for row in found[0]["rows"]]
    return changes[::-1] if window.backward else changes


async def count(graph: Graph, viewer: Viewer, wanted: Filter) -> records.TotalCount:
    """How many changes match; beyond COUNTED at least so many."""
    policy.admit(viewer)
    found = await graph.read(query("change/count"), most=COUNTED + 1, **wanted.parameters)
    return records.TotalCount.bounded(found[0]["total"], COUNTED)


async def changes(
    graph: Graph, viewer: Viewer, sequences: Sequence[int]
) -> list[records.Change | None]:
    """The change with each number, or None."""
    policy.admit(viewer)
    wanted = list(dict.fromkeys(sequences))
    found = await graph.read(query("change/changes"), sequences=wanted)
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
    )
