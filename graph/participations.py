"""Questions about participations in ISA: which, and their annual notifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph import records, rows
from graph.lists import Found, ListQuestion, Window, out_of_all
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph

COVERED = ListQuestion("participation.importerNumbers", query("participation/importer_numbers"))


@dataclass(frozen=True, slots=True)
class ParticipationFilter:
    """Which participations: all that is given must hold, of a list any one element."""

    statuses: tuple[str, ...] | None = None
    centers: tuple[str, ...] | None = None
    managers: tuple[str, ...] | None = None
    pending_longer_than: int | None = None  # days
    due_before: date | None = None

    def parameters(self, day: date) -> dict[str, object]:
        """What the statement is asked with, on a day."""
        lists = {"statuses": self.statuses, "centers": self.centers, "managers": self.managers}
        pending = self.pending_longer_than
        return {
            **{name: None if some is None else list(some) for name, some in lists.items()},
            "pendingBefore": None if pending is None else day - timedelta(days=pending),
            "dueBefore": self.due_before,
        }


async def participations(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: ParticipationFilter, window: Window
) -> Found:
    """A page of participations, longest pending first, then by the account's name."""
    seen = await reach(graph, viewer)
    question = query("participation/participations")
    given = {**seen.parameters(question), **wanted.parameters(moment.as_of)}
    return await out_of_all(graph, question, moment, window, **given)


async def notifications(
    graph: Graph, viewer: Viewer, moment: Moment, limit: int, keys: Sequence[str]
) -> list[list[records.AnnualNotification]]:
    """The annual notifications of each participation, newest first."""
    seen = await reach(graph, viewer)
    found = await graph.read(
        query("participation/notifications"),
        keys=seen.keys(keys),
        limit=limit,
        knownAt=moment.known_at,
    )
    known = {row["key"]: [_notification(each, moment) for each in row["rows"]] for row in found}
    return [known.get(key, []) for key in keys]


async def notification(
    graph: Graph, viewer: Viewer, moment: Moment, key: str
) -> records.AnnualNotification | None:
    """One annual notification by its key, or None."""
    seen = await reach(graph, viewer)
    question = query("participation/notification")
    found = await graph.read(
        question, keys=[key], knownAt=moment.known_at, **seen.parameters(question)
    )
    return _notification(found[0]["notification"], moment) if found else None


def _notification(row: rows.Row, moment: Moment) -> records.AnnualNotification:
    return records.AnnualNotification(
        stored_key=row["key"],
        moment=moment,
        participation_id=row["participation"],
        due_on=rows.native(row["dueOn"]),
        received_on=rows.native(row.get("receivedOn")),
        reviewed_on=rows.native(row.get("reviewedOn")),
        reviewer_id=row.get("reviewedBy"),
        requirements_confirmed=row.get("requirementsConfirmed"),
        business_changes=row.get("businessChanges"),
        self_test_results=row.get("selfTestResults"),
    ).at_moment()
