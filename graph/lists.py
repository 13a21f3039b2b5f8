"""Lists that hang on a thing: pages by keyset, whichever way, for many things in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j import Query

from graph import policy, records, rows
from graph.policy import Viewer
from graph.records.moment import Moment
from graph.session import Graph

PART = 100  # as many neighbours come along with a record; a longer list is paged by statement

Sort = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list: `size` entries after, before or between two sort keys."""

    size: int
    after: Sort | None = None
    before: Sort | None = None
    backward: bool = False


@dataclass(frozen=True)
class ListQuestion:
    """A list that hangs on a thing: its statement, and the part of a record that carries it.

    `defaults` are the statement's own parameters as they are when nobody filters.
    """

    name: str
    query: Query
    part: str | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One list as it is asked for; equal ones of several things are asked together."""

    question: str
    moment: Moment
    window: Window
    former: bool = False
    filters: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of a window, one more than its size if there are more, and the whole count."""

    entries: list[records.Linked]
    total: int


async def lists(
    graph: Graph, viewer: Viewer, question: ListQuestion, wanted: Wanted, keys: Sequence[str]
) -> dict[str, Found]:
    """That window of the list of each thing, in one statement; things without entries have none."""
    policy.admit(viewer)
    window = wanted.window
    parameters = {**question.defaults, **dict(wanted.filters), **wanted.moment.parameters}
    found = await graph.read(
        question.query,
        keys=list(keys),
        former=wanted.former,
        after=list(window.after) if window.after else None,
        before=list(window.before) if window.before else None,
        backward=window.backward,
        limit=window.size + 1,
        **parameters,
    )
    return {
        row["key"]: Found(rows.linked(row["rows"], wanted.moment), row["total"]) for row in found
    }


def cut(entries: Sequence[Any], window: Window) -> Found:
    """The same window of a list that came along whole; its entries have a `sort`."""
    open_ = [
        entry
        for entry in entries
        if (window.after is None or entry.sort > window.after)
        and (window.before is None or entry.sort < window.before)
    ]
    most = window.size + 1
    return Found(open_[-most:] if window.backward else open_[:most], len(entries))
