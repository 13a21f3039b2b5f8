"""ISA annual notifications, received and reviewed."""

from dataclasses import dataclass
from datetime import date

from graph import policy
from graph.commands import texts
from graph.commands.applying import KIND
from graph.commands.header import KEEP, Given, Header, kept
from graph.commands.isa import notification
from graph.commands.run import run
from graph.commands.writing import Held, Step, Writing
from graph.load.bare import Touched
from graph.load.rows import NodeRow
from graph.moments import months_after
from graph.queries import query
from graph.records import Written
from graph.session import Graph
from graph.terms import IsaStatus, Permission, UserErrorCode

ONGOING = (IsaStatus.ACTIVE.value, IsaStatus.SUSPENDED.value)
YEARLY = 12  # months


@dataclass(frozen=True, slots=True)
class Notice:
    """What is recorded of a notification; what is kept stands."""

    participation: str
    due_on: date
    received_on: Given[date] = KEEP
    reviewed_on: Given[date] = KEEP
    confirmed: Given[bool] = KEEP
    changes: Given[str] = KEEP
    results: Given[str] = KEEP


async def record(graph: Graph, header: Header, given: Notice) -> Written:
    """Record an annual notification as received or reviewed."""
    policy.reaching(header.viewer, Permission.WRITE_ISA)

    async def plan(writing: Writing) -> Written:
        return await _record(writing, given)

    return await run(graph, header, plan, Permission.WRITE_ISA)


async def _record(writing: Writing, given: Notice) -> Written:
    key = writing.key(given.participation, (KIND,), "participationId")
    await writing.hold([key])
    part = writing.thing(key, "participationId")
    said = _said(writing, given)
    found: Held | None = None
    if part is not None:
        writing.expect(part.version)
        if part.get("status") not in ONGOING:
            told = f"It is {part.get('status')}: only active and suspended participants notify."
            writing.refuse(
                UserErrorCode.INVALID_STATE, f"{told} Change its status first.", "participationId"
            )
        found = await _known(writing, part, given.due_on)
    received = kept(given.received_on, found.get("receivedOn") if found else None)
    _days(writing, received, kept(given.reviewed_on, found.get("reviewedOn") if found else None))
    writing.check()
    assert part is not None
    steps = [notification(part.id, given.due_on, **said)]
    if received is not None and part.get("nextNotificationDue") == given.due_on:
        due = months_after(given.due_on, YEARLY)
        steps += [Step((NodeRow(KIND, part.id, (KIND,), {"nextNotificationDue": due}),))]
        steps += [notification(part.id, due)]
    else:
        steps += [Step((Touched(KIND, part.id, (), {}),))]
    await writing.write(steps)
    return Written(things=(part.key,))


def _said(writing: Writing, given: Notice) -> dict[str, object]:
    """What is given, as it is stored."""
    said: dict[str, object] = {}
    for value, name in ((given.received_on, "receivedOn"), (given.reviewed_on, "reviewedOn")):
        if value is not KEEP:
            said[name] = value
            texts.not_future(writing, value, name)
    if given.confirmed is not KEEP:
        said["requirementsConfirmed"] = given.confirmed
    for text, name in ((given.changes, "businessChanges"), (given.results, "selfTestResults")):
        if text is not KEEP:
            said[name] = texts.text(writing, text, texts.LONG, name)
    if not said:
        told = "Nothing is given to record. Say at least when it was received."
        writing.refuse(UserErrorCode.REQUIRED, told, "receivedOn")
    return said


async def _known(writing: Writing, part: Held, due: date) -> Held | None:
    """The notification due on the day; noted if none is."""
    rows = await writing.ask(query("command/notifications"), participation=part.id)
    found = [Held(r["key"], frozenset(r["labels"]), r["properties"]) for r in rows]
    one = next((each for each in found if each.get("dueOn") == due), None)
    if one is None and part.get("nextNotificationDue") != due:
        told = "No notification is due on that day. Take the day from its notifications."
        writing.refuse(UserErrorCode.NOT_FOUND, told, "dueOn")
    return one


def _days(writing: Writing, received: date | None, reviewed: date | None) -> None:
    """Note a review before what it reviews."""
    if reviewed is not None and received is None:
        told = "What was not received is not reviewed. Give the day it was received too."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "reviewedOn")
    elif reviewed is not None and received is not None and reviewed < received:
        told = f"It was received on {received.isoformat()}. Give that day or a later one."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "reviewedOn")
