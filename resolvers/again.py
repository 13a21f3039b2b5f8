"""How to ask a walk again: documents, and variables with everything made explicit."""

from typing import Any

from graph import records
from graph.again import moment_variables, walk_variables
from graph.records.moment import Moment
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
    variables = {**more, "walk": walk_variables(walk), "moment": moment_variables(moment)}
    return records.Reproduction(document, variables)
