"""Questions about account managers, specialists, Centers and vocabularies."""

from collections.abc import Sequence

from graph import policy, records, rows
from graph.lists import ListQuestion
from graph.policy import Viewer
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph

CENTERS = ListQuestion("staff.centers", query("staff/centers"))
DISCIPLINES = ListQuestion("specialist.disciplines", query("specialist/disciplines"))


async def centers(graph: Graph, viewer: Viewer, moment: Moment) -> list[records.Center]:
    """The Centers of Excellence and Expertise, by code."""
    policy.admit(viewer)
    found = await graph.read(query("center/centers"))
    made = [rows.entity(row, moment) for row in found[0]["centers"]]
    known = [center for center in made if isinstance(center, records.Center)]
    return sorted(known, key=lambda center: center.code)


async def terms(graph: Graph, keys: Sequence[str]) -> list[records.Term | None]:
    """The term behind each key, such as `Term:COUNTRY.NL`; public reference data."""
    found = await graph.read(query("term/terms"), keys=list(dict.fromkeys(keys)))
    known = {row["key"]: rows.term(row["term"]) for row in found}
    return [known.get(key) for key in keys]
