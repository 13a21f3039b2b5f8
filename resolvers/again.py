"""How to ask a walk again: documents, and variables with everything made explicit."""

from collections.abc import Iterable
from typing import Any

from graph import ids, records
from graph.again import moment_variables
from graph.records.moment import Moment
from graph.records.paths import PERCENT
from graph.walks import Walk

SHORTEST_PATHS = """query ShortestPaths(
  $from: ID!, $to: ID!, $walk: WalkInput, $maxLength: Int!, $longer: Boolean!, $limit: Int!
  $moment: MomentInput
) {
  shortestPaths(
    from: $from, to: $to, walk: $walk, maxLength: $maxLength, longer: $longer, limit: $limit
    moment: $moment
  ) {
    connected
    paths { length text }
    completeness { state exploredNodes exploredEdges reason hint }
  }
}"""
REACHABLE = """query Reachable(
  $from: [ID!]!, $kinds: [EntityKind!], $walk: WalkInput, $maxDepth: Int!, $moment: MomentInput
  $first: Int, $after: String, $last: Int, $before: String
) {
  reachable(
    from: $from, kinds: $kinds, walk: $walk, maxDepth: $maxDepth, moment: $moment
    first: $first, after: $after, last: $last, before: $before
  ) {
    totalCount { value relation }
    edges { distance node { key label } path { text } }
    completeness { state exploredNodes exploredEdges reason hint }
  }
}"""
NEIGHBORHOOD = """query Neighborhood(
  $around: [ID!]!, $depth: Int!, $walk: WalkInput, $among: [ID!], $limit: Int!
  $moment: MomentInput
) {
  neighborhood(
    around: $around, depth: $depth, walk: $walk, among: $among, limit: $limit, moment: $moment
  ) {
    nodes { distance entity { key label } hidden { type direction count { value relation } } }
    relationships { type from { key } to { key } }
    completeness { state exploredNodes exploredEdges reason hint }
  }
}"""


def again(document: str, walk: Walk, moment: Moment, **more: Any) -> records.Reproduction:
    """The document with this walk and moment, and the other variables as they were given."""
    variables = {**more, "walk": _walk(walk), "moment": moment_variables(moment)}
    return records.Reproduction(document, variables)


def spelt(keys: Iterable[str]) -> list[str]:
    """The global ids of things, without a moment."""
    return [ids.encode(key) for key in keys]


def _walk(walk: Walk) -> dict[str, Any]:
    whole, rest = divmod(walk.min_share, PERCENT)
    asked: dict[str, Any] = {
        "relationshipTypes": list(walk.types),
        "direction": walk.direction.value,
        "minShare": walk.min_share / PERCENT if rest else whole,
        "includeUndisclosed": walk.undisclosed,
        "includeFormer": walk.former,
    }
    if walk.through is not None:
        asked["through"] = sorted(kind.value for kind in walk.through)
    if walk.avoid:
        asked["avoid"] = spelt(sorted(walk.avoid))
    if walk.max_degree is not None:
        asked["maxDegree"] = walk.max_degree
    return asked
