"""Lists that hang on a thing: pages by keyset, whichever way, for many things in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j import Query

from graph import records, rows
from graph.policy import Viewer
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph

PART = 100  # as many neighbours come along with a record; a longer list is paged by statement
COUNTED = 1000  # of a long list as many are counted; more are "at least" so many
BEYOND = "\U0010ffff"  # sorts after every text
FIRST = ("", "")  # before and after every pair of texts that a list is ordered by
LAST = (BEYOND, BEYOND)

Sort = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list: `size` entries after, before or between two sort keys."""

    size: int
    after: Sort | None = None
    before: Sort | None = None
    backward: bool = False

    def holds(self, sort: Sort) -> bool:
        """Whether a place in the list lies between the two sort keys, as far as they are given."""
        return (self.after is None or sort > self.after) and (
            self.before is None or sort < self.before
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What a statement that reads a whole list takes its page by: one entry more than asked."""
        return {
            "after": None if self.after is None else list(self.after),
            "before": None if self.before is None else list(self.before),
            "backward": self.backward,
            "limit": self.size + 1,
        }

    def flipped(self) -> "Window":
        """The same window of a list that is stored the other way round."""
        return Window(self.size, self.before, self.after, not self.backward)


@dataclass(frozen=True)
class ListQuestion:
    """A list that hangs on a thing: its statement, and the part of a record that carries it.

    `defaults` are the statement's own parameters as they are when nobody filters.
    """

    name: str
    query: Query
    part: str | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HubQuestion:
    """A list that may be very long, read along an index in its order: a page costs what it shows.

    It is ordered by two texts, and has a statement for each way; `total` is counted on demand.
    """

    name: str
    query: Query
    backwards: Query
    part: None = None


Question = ListQuestion | HubQuestion


@dataclass(frozen=True, slots=True)
class Wanted:
    """One list as it is asked for; equal ones of several things are asked together."""

    question: str
    moment: Moment
    window: Window
    former: bool = False
    filters: tuple[tuple[str, Any], ...] = ()
    counted: bool = True  # of a hub's list: whether the caller wants the total


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of a window, one more than its size if there are more, and the whole count.

    A total that nobody wanted is 0; one beyond `most` is at least that.
    """

    entries: list[records.Linked]
    total: int
    most: int | None = None

    @property
    def count(self) -> records.TotalCount:
        """The total, as exact as it is."""
        most = self.total if self.most is None else self.most
        return records.TotalCount.bounded(self.total, most)


async def lists(
    graph: Graph, viewer: Viewer, question: Question, wanted: Wanted, keys: Sequence[str]
) -> dict[str, Found]:
    """That window of the list of each thing, in one statement; things without entries have none."""
    seen = await reach(graph, viewer)
    if isinstance(question, HubQuestion):
        return await _hubs(graph, seen, question, wanted, keys)
    window = wanted.window
    parameters = {**question.defaults, **dict(wanted.filters), **wanted.moment.parameters}
    found = await graph.read(
        question.query,
        keys=seen.keys(keys),
        former=wanted.former,
        **window.parameters,
        **seen.parameters(question.query),
        **parameters,
    )
    return {
        row["key"]: Found(rows.linked(row["rows"], wanted.moment), row["total"]) for row in found
    }


async def out_of_all(
    graph: Graph, question: Query, moment: Moment, window: Window, **given: Any
) -> Found:
    """A page of a list that its statement reads and sorts whole, with the total."""
    found = await graph.read(question, **window.parameters, **given, **moment.parameters)
    return Found(rows.linked(found[0]["rows"], moment), found[0]["total"])


async def _hubs(
    graph: Graph, seen: Reached, question: HubQuestion, wanted: Wanted, keys: Sequence[str]
) -> dict[str, Found]:
    window = wanted.window
    asked = question.backwards if window.backward else question.query
    found = await graph.read(
        asked,
        keys=seen.keys(keys),
        former=wanted.former,
        after=list(window.after or FIRST),
        before=list(window.before or LAST),
        limit=window.size + 1,
        counted=wanted.counted,
        most=COUNTED + 1,
        **seen.parameters(asked),
        **dict(wanted.filters),
        **wanted.moment.parameters,
    )
    pages = {row["key"]: rows.linked(row["rows"], wanted.moment) for row in found}
    for page in pages.values() if window.backward else ():
        page.reverse()
    return {row["key"]: Found(pages[row["key"]], row["total"] or 0, COUNTED) for row in found}


def cut(entries: Sequence[Any], window: Window) -> Found:
    """The same window of a list that came along whole; its entries have a `sort`."""
    open_ = [entry for entry in entries if window.holds(entry.sort)]
    most = window.size + 1
    return Found(open_[-most:] if window.backward else open_[:most], len(entries))
