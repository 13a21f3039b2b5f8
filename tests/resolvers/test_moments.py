"""One moment, given once, for everything below it; ids carry it."""

from datetime import UTC, date, datetime

from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

OWNERS = """
  query ($moment: MomentInput) {
    party(by: {id: "UGFydHk6Ty0y"}, moment: $moment) {
      id
      key
      ... on Organization {
        owners {
          edges {
            share { exact }
            relationship { supersededAt supersededBy { share { exact } } }
            node { ... on Party { id name holdings { nodes { id } } } }
          }
        }
      }
    }
  }
"""
NODE = """
  query ($id: ID!) {
    node(id: $id) { id ... on Organization { owners { nodes { ... on Party { name } } } } }
  }
"""
CORRECTED = datetime(2022, 6, 1, tzinfo=UTC)


async def corrected(graph: Graph) -> None:
    """The mill's owner turns out to have held 90 percent all along, and sells in 2023."""
    row = worlds.owns("Party:O-1", "Party:O-2", 90)
    await write(graph, [row], at=CORRECTED)
    sold = worlds.ClaimRow(
        row.type, row.start, row.end, row.source, row.valid_from, date(2023, 1, 1), row.properties
    )
    await write(graph, [sold], at=CORRECTED.replace(year=2023))


async def test_both_clocks_answer(harbor: Graph, ask: Ask) -> None:
    await corrected(harbor)

    async def share(**moment: str) -> list[int]:
        answer = await ask(OWNERS, moment=moment)
        return [edge["share"]["exact"] for edge in answer["party"]["owners"]["edges"]]

    assert await share(asOf="2022-01-01") == [90]
    assert await share(asOf="2022-01-01", knownAt="2022-01-01T00:00:00Z") == [100]
    assert await share(asOf="2023-01-01") == []
    assert await share(asOf="2023-01-01", knownAt="2022-12-31T00:00:00Z") == [90]
    assert await share(asOf="2019-12-31") == []
    assert await share() == []


async def test_a_superseded_claim_names_the_one_that_replaced_it(harbor: Graph, ask: Ask) -> None:
    await corrected(harbor)

    answer = await ask(OWNERS, moment={"asOf": "2022-01-01", "knownAt": "2022-01-01T00:00:00Z"})

    [edge] = answer["party"]["owners"]["edges"]
    assert edge["relationship"] == {
        "supersededAt": "2022-06-01T00:00:00.000000Z",
        "supersededBy": {"share": {"exact": 90}},
    }


async def test_ids_below_a_moment_carry_it_and_node_reads_it_again(harbor: Graph, ask: Ask) -> None:
    await corrected(harbor)

    answer = await ask(OWNERS, moment={"asOf": "2022-01-01"})
    party = answer["party"]
    [edge] = party["owners"]["edges"]
    again = await ask(NODE, id=party["id"])
    now = await ask(NODE, id=party["key"])

    assert party["key"] == "UGFydHk6Ty0y"
    assert party["id"] == edge["node"]["holdings"]["nodes"][0]["id"] != party["key"]
    assert again["node"] == {"id": party["id"], "owners": {"nodes": [{"name": "Harbor Holdings"}]}}
    assert now["node"] == {"id": party["key"], "owners": {"nodes": []}}


async def test_nothing_was_known_before_it_was_recorded(harbor: Graph, ask: Ask) -> None:
    answer = await ask(OWNERS, moment={"knownAt": "2020-06-01T00:00:00Z"})

    assert answer == {"party": None}


async def test_what_will_be_known_is_refused(harbor: Graph, ask: Ask) -> None:
    await ask(OWNERS, "BAD_USER_INPUT", moment={"knownAt": "2999-01-01T00:00:00Z"})
