"""Questions about segments: which are in force at a moment."""

from collections.abc import Sequence

import orjson

from graph import records, rows
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph


async def segments(graph: Graph, viewer: Viewer, moment: Moment) -> list[records.RiskSegment]:
    """The segments in force at the moment, by precedence."""
    await reach(graph, viewer)
    found = await graph.read(query("segment/segments"), **moment.parameters)
    return [_segment(row, moment) for row in found[0]["rows"]]


async def versions(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[records.RiskSegment | None]:
    """The version of a segment with each key, in force or not, or None."""
    await reach(graph, viewer)
    found = await graph.read(
        query("segment/versions"), keys=list(dict.fromkeys(keys)), knownAt=moment.known_at
    )
    known = {row["key"]: _segment(row["segment"], moment) for row in found}
    return [known.get(key) for key in keys]


def _segment(row: rows.Row, moment: Moment) -> records.RiskSegment:
    return records.RiskSegment(
        stored_key=row["key"],
        moment=moment,
        name=row["name"],
        version=row["number"],
        precedence=row["precedence"],
        filter=orjson.loads(row["filter"]),
        treatment=row["treatment"],
        valid_from=rows.native(row["validFrom"]),
        valid_to=rows.native(row.get("validTo")),
    )
