"""Why a Center: the assignment of an account beside what its tariff volumes say."""

from collections import defaultdict
from collections.abc import Sequence

from graph import records, rows
from graph.figures import DOLLARS, summed
from graph.performance import Over
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.records.performance import BILLION, Cell
from graph.session import Graph
from graph.terms import Permission


async def explanation(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    over: Over,
    of: records.AccountPerformance | None,
    assigned: records.Linked | None,
) -> records.CenterExplanation:
    """Why this Center: the assignment beside the volumes of each Center's chapters."""
    await reach(graph, viewer, Permission.READ_PERFORMANCE)
    cells = of.cells if of else ()
    volumes: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        volumes[cell.place["chapter_code"] or ""].append(cell)
    found = await graph.read(
        query("performance/homes"), chapters=sorted(filter(None, volumes)), **moment.parameters
    )
    evidence = _evidence([_home(row, moment) for row in found], volumes, cells)
    by_value = max(evidence, key=_most_value, default=None)
    return records.CenterExplanation(
        assigned=assigned.node if assigned else None,
        assignment=assigned.relationship if assigned else None,
        by_number=evidence[0].center if evidence and evidence[0].lines else None,
        by_value=by_value.center if by_value and by_value.entered_value.cents else None,
        evidence=tuple(evidence),
        from_=over[0],
        to=over[1],
    )


def _most_value(one: records.CenterEvidence) -> tuple[int, int]:
    return (one.entered_value.cents, -int(one.center.code[3:]))


def _home(row: rows.Row, moment: Moment) -> tuple[records.HtsChapter, records.Center]:
    chapter, center = rows.entity(row["of"], moment), rows.entity(row["center"], moment)
    assert isinstance(chapter, records.HtsChapter)
    assert isinstance(center, records.Center)
    return chapter, center


def _evidence(
    homes: Sequence[tuple[records.HtsChapter, records.Center]],
    volumes: dict[str, list[Cell]],
    cells: Sequence[Cell],
) -> list[records.CenterEvidence]:
    """The volumes of each Center, most lines first. What has no Center counts in the whole only."""
    lines, cents = summed(cells, "lines"), summed(cells, "entered_value")
    centers = {center.code: center for _, center in homes}
    found = []
    for code, center in centers.items():
        mine = [chapter for chapter, home in homes if home.code == code]
        inside = {chapter.code: summed(volumes[chapter.code], "lines") for chapter in mine}
        here, value = (
            sum(summed(volumes[chapter.code], name) for chapter in mine)
            for name in ("lines", "entered_value")
        )
        found.append(
            records.CenterEvidence(
                center,
                here,
                here * BILLION // lines if lines else 0,
                records.Money(value, DOLLARS),
                value * BILLION // cents if cents else 0,
                tuple(sorted(mine, key=lambda chapter: (-inside[chapter.code], chapter.code))),
            )
        )
    return sorted(found, key=lambda one: (-one.lines, one.center.code))
