"""Questions about tariff chapters: which Centers handle which part of them."""

from collections import Counter
from collections.abc import Sequence

from graph import policy, records, rows
from graph.policy import Viewer
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph


async def scopes(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[list[records.CenterScope]]:
    """The ranges of each Center or chapter, by chapter, the one tried first at the head."""
    policy.known(viewer)
    found = await graph.read(query("tariff/scopes"), keys=list(keys), **moment.parameters)
    known = {row["key"]: [_scope(moment, *each) for each in row["rows"]] for row in found}
    return [known.get(key, []) for key in keys]


def _scope(
    moment: Moment, chapter: rows.Row, center: rows.Row, claim: rows.Row
) -> records.CenterScope:
    made, of = rows.entity(center, moment), rows.entity(chapter, moment)
    assert isinstance(made, records.Center)
    assert isinstance(of, records.HtsChapter)
    return records.CenterScope(
        made,
        of,
        claim.get("fromHeading"),
        claim.get("toHeading"),
        claim["precedence"],
        rows.source(claim),
        rows.day(claim["validFrom"]),
        rows.day(claim["validTo"]),
    )


async def headings(graph: Graph, codes: Sequence[str]) -> list[list[str]]:
    """The headings of each chapter, four digits; public reference data."""
    found = await graph.read(query("tariff/headings"), codes=sorted(set(codes)))
    known = {row["code"]: row["headings"] for row in found}
    return [known.get(code, []) for code in codes]


def center_of(heading: str, scopes: Sequence[records.CenterScope]) -> records.Center | None:
    """The Center that handles a heading: of the ranges that hold it, the one tried first."""
    holding = [scope for scope in scopes if _holds(scope, heading)]
    return min(holding, key=lambda scope: scope.precedence).center if holding else None


def _holds(scope: records.CenterScope, heading: str) -> bool:
    if scope.from_heading is None or scope.to_heading is None:
        return True
    return scope.from_heading <= heading <= scope.to_heading


def by_most(scopes: Sequence[records.CenterScope], headings: Sequence[str]) -> list[records.Center]:
    """The Centers of one chapter, the one that handles most of its headings first, then by code.

    A Center whose every range is taken by ones tried before it handles none, and comes last.
    """
    centers = {scope.center.code: scope.center for scope in scopes}
    handling = [center_of(heading, scopes) for heading in headings]
    counted = Counter(center.code for center in handling if center)
    return [centers[code] for code in sorted(centers, key=lambda code: (-counted[code], code))]
