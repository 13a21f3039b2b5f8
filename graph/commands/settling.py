"""Resolving and cancelling issues."""

from datetime import date

from graph import policy
from graph.commands import texts
from graph.commands.header import Header
from graph.commands.issues import CLOSED
from graph.commands.run import run
from graph.commands.writing import Step, Writing
from graph.load.rows import NodeRow
from graph.records import Written
from graph.session import Graph
from graph.terms import IssueStatus, Permission, UserErrorCode


async def resolve(
    graph: Graph, header: Header, id: str, resolution: str, on: date | None, cancel: bool
) -> Written:
    """Resolve or cancel an issue."""
    policy.reaching(header.viewer, Permission.WRITE_ISSUES)

    async def plan(writing: Writing) -> Written:
        return await _resolve(writing, id, resolution, on, cancel)

    return await run(graph, header, plan, Permission.WRITE_ISSUES)


async def _resolve(
    writing: Writing, id: str, resolution: str, on: date | None, cancel: bool
) -> Written:
    key = writing.key(id, ("Issue",), "id")
    await writing.hold([key])
    issue = writing.thing(key, "id")
    said = texts.text(writing, resolution, texts.LONG, "resolution", required=True)
    day = texts.not_future(writing, on, "on")
    if issue is not None:
        writing.expect(issue.version)
        opened = issue.get("openedOn")
        if issue.get("status") in CLOSED:
            told = f"It is {issue.get('status')} already. Open a new issue if need be."
            writing.refuse(UserErrorCode.INVALID_STATE, told, "id")
        elif opened is not None and day < opened:
            told = f"It was opened on {opened.isoformat()}. Give that day or a later one."
            writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "on")
    writing.check()
    assert issue is not None
    status = IssueStatus.CANCELLED if cancel else IssueStatus.RESOLVED
    changed: dict[str, object] = {"status": status.value, "closedOn": day, "resolution": said}
    changed["dueOn"] = issue.get("dueOn")  # what orders issues is derived from it
    await writing.write([Step((NodeRow("Issue", issue.id, ("Issue",), changed),))])
    return Written(things=(issue.key,))
