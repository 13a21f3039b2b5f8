"""How two things are connected."""

from typing import Any

from graph import ids
from graph.session import Graph
from tests.resolvers.conftest import Ask

IRIS, HOLDINGS, MILL = map(ids.encode, ("Party:P-1", "Party:O-1", "Party:O-2"))
TEXTILES = ids.encode("Account:A-1")
DOCUMENT = """
  query ($from: ID!, $to: ID!, $walk: WalkInput, $maxLength: Int! = 6, $longer: Boolean! = false,
         $limit: Int! = 10, $moment: MomentInput) {
    shortestPaths(from: $from, to: $to, walk: $walk, maxLength: $maxLength, longer: $longer,
                  limit: $limit, moment: $moment) {
      connected
      paths { length text start { label } end { label } hops { forward relationship { type } } }
      completeness { state exploredNodes exploredEdges reason hint }
      moment { asOf } reproduction { document variables }
    }
  }
"""


async def walked(ask: Ask, from_: str, to: str, **more: object) -> dict[str, Any]:
    answer = await ask(DOCUMENT, **{"from": from_, "to": to}, **more)
    found: dict[str, Any] = answer["shortestPaths"]
    return found


async def test_the_shortest_paths_are_told_with_their_steps(harbor: Graph, ask: Ask) -> None:
    found = await walked(ask, IRIS, TEXTILES)

    assert found["connected"] == "YES"
    assert [path["text"] for path in found["paths"]] == [
        "Iris Fenwick -[OWNS 60%]-> Harbor Holdings -[HOLDS]-> 12-34567•••B -[IDENTIFIES]-> Harbor"
    ]
    assert harbor.statements == 4
