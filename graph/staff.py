"""Questions about account managers, specialists, Centers and vocabularies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph import policy, records, rows
from graph.lists import COUNTED, FIRST, LAST, Found, ListQuestion, Window, out_of_all
from graph.looking_back import changed_since
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import VocabularyName

CENTERS = ListQuestion("staff.centers", query("staff/centers"))
DISCIPLINES = ListQuestion("specialist.disciplines", query("specialist/disciplines"), "discipline")
SERVED = ListQuestion("specialist.accounts", query("specialist/accounts"))
PRACTISING = ListQuestion(
    "discipline.specialists", query("discipline/specialists"), defaults={"centers": None}
)
MANAGERS = ListQuestion("center.managers", query("center/managers"))
SPECIALISTS = ListQuestion(
    "center.specialists", query("center/specialists"), defaults={"disciplines": None}
)


@dataclass(frozen=True, slots=True)
class ManagerFilter:
    """Which account managers: Centers by code; None asks for all."""

    centers: tuple[str, ...] | None = None
    national: bool | None = None
    active: bool | None = True

    @property
    def parameters(self) -> dict[str, object]:
        """What the statements are asked with."""
        codes = None if self.centers is None else list(self.centers)
        return {"centers": codes, "national": self.national, "active": self.active}


async def managers(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: ManagerFilter, window: Window
) -> Found:
    """A page of account managers by name.

    The total is not counted (-1) unless all of them had to be read.
    """
    await reach(graph, viewer)
    if await changed_since(graph, moment):
        question = query("staff/as_known")
        return await out_of_all(graph, question, moment, window, **wanted.parameters)
    low = window.after or FIRST
    high = window.before or LAST
    name, key = high if window.backward else low
    forward, backward = query("staff/managers_by_name"), query("staff/managers_by_name_backwards")
    found = await graph.read(
        backward if window.backward else forward,
        name=name,
        key=key,
        limit=window.size + 1,
        **wanted.parameters,
        **moment.parameters,
    )
    entries = rows.linked(found[0]["rows"], moment)
    if window.backward:
        entries.reverse()
    return Found([entry for entry in entries if low < entry.sort < high], -1)


async def count_managers(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: ManagerFilter
) -> records.TotalCount:
    """How many account managers match; beyond COUNTED at least so many."""
    await reach(graph, viewer)
    found = await graph.read(
        query("staff/count_managers"), most=COUNTED + 1, **wanted.parameters, **moment.parameters
    )
    return records.TotalCount.bounded(found[0]["total"], COUNTED)


async def disciplines(graph: Graph, viewer: Viewer, moment: Moment) -> list[records.Discipline]:
    """The disciplines that interact with accounts, by name."""
    policy.known(viewer)
    found = await graph.read(query("discipline/disciplines"))
    made = [rows.entity(row, moment) for row in found[0]["disciplines"]]
    return [discipline for discipline in made if isinstance(discipline, records.Discipline)]


async def vocabulary(
    graph: Graph, viewer: Viewer, name: VocabularyName, day: date
) -> list[records.Term]:
    """The terms of a vocabulary in force on a day, by code."""
    policy.known(viewer)
    found = await graph.read(query("term/vocabulary"), vocabulary=name.value, day=day)
    return [rows.term(row) for row in found[0]["terms"]]


async def centers(graph: Graph, viewer: Viewer, moment: Moment) -> list[records.Center]:
    """The Centers of Excellence and Expertise, by code."""
    policy.known(viewer)
    found = await graph.read(query("center/centers"))
    made = [rows.entity(row, moment) for row in found[0]["centers"]]
    known = [center for center in made if isinstance(center, records.Center)]
    return sorted(known, key=lambda center: center.code)


async def terms(graph: Graph, keys: Sequence[str]) -> list[records.Term | None]:
    """The term behind each key, such as `Term:COUNTRY.NL`; public reference data."""
    found = await graph.read(query("term/terms"), keys=list(dict.fromkeys(keys)))
    known = {row["key"]: rows.term(row["term"]) for row in found}
    return [known.get(key) for key in keys]
