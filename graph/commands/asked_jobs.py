"""What starting any job comes to: not too many at once, and a node that says what was asked for."""

from typing import Any

from graph.commands.writing import Writing
from graph.queries import query
from graph.records import Written
from graph.terms import UserErrorCode

UNFINISHED = 20  # jobs of one caller
MANY = "20 of your jobs are not finished. Wait for one, or stop one with cancelJob."


async def ask_for(writing: Writing, key: str, said: dict[str, Any]) -> Written:
    """Keep a job, if nothing was noted and the caller has not too many. Raises Refused."""
    owner = writing.header.viewer.id
    [open_] = await writing.ask(query("command/unfinished_jobs"), owner=owner, most=UNFINISHED)
    if open_["number"] >= UNFINISHED:
        writing.refuse(UserErrorCode.INVALID_STATE, MANY)
    writing.check()
    every = {"owner": owner, "createdAt": writing.at, "reason": writing.header.reason}
    counts = {"done": 0, "changed": 0, "refused": 0}
    await writing.ask(query("command/create_job"), key=key, properties={**every, **counts, **said})
    return Written(things=(key,))
