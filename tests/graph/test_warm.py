"""Every question is planned before anybody asks it."""

from pathlib import Path
from typing import Any

from graph import ids, snapshot, warm, warm_kernels
from graph.algorithms import rings
from graph.algorithms.cascades import cascade
from graph.algorithms.claims import Claims
from graph.algorithms.control import controlled
from graph.algorithms.holdings import holdings
from graph.algorithms.integrated import ultimate
from graph.algorithms.kernels import above, divided, passed
from graph.algorithms.upstream import upstream
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from tests.plans import plans
from tests.resolvers.conftest import asking

QUERIES = Path(warm.__file__).parent / "queries"
NOT_ASKED = {
    "command",
    "health",
    "job",
    "load",
    "migrate",
    "reference",
    "retention",
}  # by ourselves, or to write


async def test_every_public_question_is_asked_once(server: Graph) -> None:
    server.statements = 0

    planned = await warm.warm(server)

    public = [file for file in QUERIES.rglob("*.cypher") if file.parent.name not in NOT_ASKED]
    assert planned == server.statements == len(public)


ASKED = """
query ($ids: [ID!]!, $id: ID!, $text: String!, $after: String) {
  nodes(ids: $ids) { ... on Account { name importerNumbers(first: 2) { nodes { display } } } }
  accounts(first: 2, after: $after) {
    nodes { name primaryManager { name } } pageInfo { endCursor }
  }
  search(text: $text, first: 5) { nodes { label } }
  account(by: { id: $id }) { managers(first: 1, after: null) { pageInfo { endCursor } } }
  neighborhood(around: [$id], depth: 2, limit: 50) { nodes { distance } }
}"""


async def test_no_question_is_planned_again_by_what_it_is_given(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    ask = asking(harbor, seal, key)
    accounts = [ids.encode(f"Account:A-{number}") for number in range(1, 31)]
    short: dict[str, Any] = {"ids": accounts[:1], "id": accounts[0], "text": "a"}
    found = await ask(ASKED, **short)
    await plans(harbor)
    await ask(ASKED, **short)
    once = await plans(harbor)

    for number, text in ((2, "harbor"), (12, "harbor textiles of nowhere"), (30, "mill " * 30)):
        after = found["accounts"]["pageInfo"]["endCursor"]
        await ask(ASKED, ids=accounts[:number], id=accounts[0], text=text, after=after)

    assert await plans(harbor) == once > 5


def test_no_question_about_ownership_is_compiled_when_it_is_asked() -> None:
    warm_kernels.compiled()
    kernels: Any = (rings.strong, rings.ringed, rings.climbed, above, passed, divided, cascade)
    before = [len(each.signatures) for each in kernels]
    assert all(before)

    graph = holdings(
        Claims.of(3, [(0, 1, 5, 9, 1, 0, 0), (1, 0, 5, 5, 1, 0, 0), (0, 2, 1, 1, 1, 0, 0)])
    )
    ultimate(upstream(graph, 2))
    controlled(graph, [0])

    assert [len(each.signatures) for each in kernels] == before


async def test_ownership_and_risk_are_read_before_anybody_asks(harbor: Graph) -> None:
    claims = await warm.networks(harbor)

    assert claims == 3 + 7
    assert snapshot.numbers(harbor)["snapshot_claims"] == 3
