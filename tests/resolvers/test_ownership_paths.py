"""Chains of ownership from one party down, and rings, through the writer and GraphQL."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

ANSWER = """connected paths { length text share { min max disclosed }
  hops { forward from { label } to { label } relationship { type source { name } } } }
  completeness { state exploredNodes exploredEdges reason hint }
  moment { asOf } reproduction { document variables }"""
PATHS = f"""query ($id: ID!, $from: ID!, $maxLength: Int! = 10, $limit: Int! = 20) {{
  node(id: $id) {{ ... on Organization {{
    found: ownershipPaths(from: $from, maxLength: $maxLength, limit: $limit) {{ {ANSWER} }}
  }} }} }}"""
CYCLES = f"""query ($id: ID!, $limit: Int! = 20) {{ node(id: $id) {{ ... on Organization {{
  found: ownershipCycles(limit: $limit) {{ {ANSWER} }} }} }} }}"""


def party(id_: str) -> str:
    return ids.encode(f"Party:{id_}")


@pytest.fixture
async def mills(graph: Graph) -> Graph:
    """
    ada -60%-> top -50%-> mid -40%-> low -5%-> top (a ring), low -3%-> low (treasury)
    ada -10%-> low, nom -25..30%-> low (for ada), top -?-> mill, ada -33.3333333%-> mill
    """
    rows: list[worlds.Row] = [
        worlds.person("P-A", "Ada"),
        *(worlds.organization(f"O-{name}", name.title()) for name in NAMES),
        worlds.owns("Party:P-A", "Party:O-top", 60),
        worlds.owns("Party:O-top", "Party:O-mid", 50),
        worlds.owns("Party:O-mid", "Party:O-low", 40),
        worlds.owns("Party:O-low", "Party:O-top", 5),
        worlds.owns("Party:O-low", "Party:O-low", 3),
        worlds.owns("Party:P-A", "Party:O-low", 10),
        worlds.owns("Party:O-nom", "Party:O-low", 25, 30),
        worlds.claim("Party:O-nom", "NOMINEE_FOR", "Party:P-A"),
        worlds.owns("Party:O-top", "Party:O-mill", 0, 100, disclosed=False),
        worlds.owns("Party:P-A", "Party:O-mill", 0, minShare=333_333_333, maxShare=333_333_333),
    ]
    assert (await write(graph, rows, at=worlds.RECORDED)).refused == []
    graph.statements = 0
    return graph


NAMES = ("top", "mid", "low", "nom", "mill", "far")


async def chains(ask: Ask, to: str, owner: str, **more: int) -> Any:
    return (await ask(PATHS, id=party(to), **{"from": party(owner)}, **more))["node"]["found"]


async def rings(ask: Ask, of: str, **more: int) -> Any:
    return (await ask(CYCLES, id=party(of), **more))["node"]["found"]


def texts(found: Any) -> list[str]:
    return [path["text"] for path in found["paths"]]


async def test_chains_are_told_shortest_first_with_their_shares(mills: Graph, ask: Ask) -> None:
    found = await chains(ask, "O-low", "P-A")

    assert texts(found) == [
        "Ada -[OWNS 10%]-> Low",
        "Ada <-[NOMINEE_FOR]- Nom -[OWNS 25-30%]-> Low",
        "Ada -[OWNS 60%]-> Top -[OWNS 50%]-> Mid -[OWNS 40%]-> Low",
    ]
    assert [path["length"] for path in found["paths"]] == [1, 2, 3]
    assert [path["share"] for path in found["paths"]] == [
        {"min": 10, "max": 10, "disclosed": True},
        None,  # a nominee's step is no share
        {"min": 12, "max": 12, "disclosed": True},
    ]
    assert found["connected"] == "YES"
    assert found["completeness"]["state"] == "COMPLETE"
    nominee = found["paths"][1]["hops"]
    assert [(hop["relationship"]["type"], hop["forward"]) for hop in nominee] == [
        ("NOMINEE_FOR", False),
        ("OWNS", True),
    ]
    assert nominee[0]["relationship"]["source"]["name"] == "Register"


async def test_each_step_names_its_relationship_share_days_and_source(
    mills: Graph, ask: Ask
) -> None:
    document = """query ($id: ID!, $from: ID!) { node(id: $id) { ... on Organization {
      ownershipPaths(from: $from, limit: 1) { paths { hops { relationship {
        id share { min max } validFrom validTo recordedAt source { name reference url }
      } } } } } } }"""
    found = await ask(document, id=party("O-low"), **{"from": party("P-A")})

    [[hop]] = [path["hops"] for path in found["node"]["ownershipPaths"]["paths"]]
    told = hop["relationship"]
    assert ids.decode(told.pop("id")).startswith("Relationship:R-")
    assert told == {
        "share": {"min": 10, "max": 10},
        "validFrom": "2020-01-01",
        "validTo": None,
        "recordedAt": "2021-01-01T00:00:00.000000Z",
        "source": {
            "name": "Register", "reference": "row 1", "url": "https://register.example/1",
        },
    }  # fmt: skip


async def test_a_product_of_shares_is_rounded_outwards(mills: Graph, ask: Ask) -> None:
    rows: list[worlds.Row] = [worlds.owns("Party:O-mill", "Party:O-far", 50)]
    await write(mills, rows, at=worlds.RECORDED)

    found = await chains(ask, "O-far", "P-A")

    assert [path["share"] for path in found["paths"]][:2] == [
        {"min": 16.6666666, "max": 16.6666667, "disclosed": True},
        {"min": 0, "max": 30, "disclosed": False},
    ]
    assert texts(found)[1].endswith("-[OWNS undisclosed]-> Mill -[OWNS 50%]-> Far")


async def test_a_limit_cuts_and_tells_so(mills: Graph, ask: Ask) -> None:
    found = await chains(ask, "O-low", "P-A", limit=2)

    assert [path["length"] for path in found["paths"]] == [1, 2]
    assert found["completeness"]["state"] == "TRUNCATED"
    assert (found["connected"], found["completeness"]["hint"]) == ("YES", "Raise 'limit'.")


async def test_the_longest_chain_is_counted_in_relationships(mills: Graph, ask: Ask) -> None:
    assert [len(texts(await chains(ask, "O-low", "P-A", maxLength=n))) for n in (1, 2, 3)] == [
        1,
        2,
        3,
    ]

    found = await chains(ask, "O-mid", "P-A", maxLength=1)

    assert (found["paths"], found["connected"]) == ([], "YES")
    assert found["completeness"]["state"] == "TRUNCATED"
    assert found["completeness"]["hint"] == "Raise 'maxLength'."


async def test_a_nominee_shows_its_own_holdings(mills: Graph, ask: Ask) -> None:
    found = await chains(ask, "O-mid", "O-nom")

    assert texts(found) == [
        "Nom -[OWNS 25-30%]-> Low -[OWNS 5%]-> Top -[OWNS 50%]-> Mid",
    ]


async def test_rings_are_told_shortest_first(mills: Graph, ask: Ask) -> None:
    found = await rings(ask, "O-low")

    assert texts(found) == [
        "Low -[OWNS 3%]-> Low",
        "Low -[OWNS 5%]-> Top -[OWNS 50%]-> Mid -[OWNS 40%]-> Low",
    ]
    assert found["completeness"]["state"] == "COMPLETE"
    [ring] = (await rings(ask, "O-mid"))["paths"]
    assert ring["text"].startswith("Mid -[OWNS 40%]-> Low")
    assert ring["share"] == {"min": 1, "max": 1, "disclosed": True}


async def test_a_limit_of_rings_counts_the_organizations_own_shares(mills: Graph, ask: Ask) -> None:
    found = await rings(ask, "O-low", limit=1)

    assert texts(found) == ["Low -[OWNS 3%]-> Low"]
    assert found["completeness"]["state"] == "TRUNCATED"
    assert found["completeness"]["hint"] == "Raise 'limit'."


@pytest.mark.parametrize("of", ["O-nom", "O-far"])
async def test_who_is_in_no_ring_has_none(mills: Graph, ask: Ask, of: str) -> None:
    found = await rings(ask, of)

    assert (found["paths"], found["connected"]) == ([], "NO")
    assert found["completeness"]["state"] == "COMPLETE"


async def test_parties_without_a_chain_are_not_connected(mills: Graph, ask: Ask) -> None:
    for owner in ("O-mill", "O-far"):
        found = await chains(ask, "O-low", owner)
        assert (found["paths"], found["connected"]) == ([], "NO")


@pytest.mark.parametrize(
    "owner",
    [
        *(ids.encode(key) for key in ("Account:A-1", "Relationship:R-1", "Center:CEE001")),
        "nonsense",
        party("P-404"),
        party("O-low"),
    ],
)
async def test_a_start_that_is_none_is_refused(mills: Graph, ask: Ask, owner: str) -> None:
    await ask(PATHS, "BAD_USER_INPUT", id=party("O-low"), **{"from": owner})


async def test_bounds_are_refused(mills: Graph, ask: Ask) -> None:
    start = {"from": party("P-A")}
    for bad in ({"maxLength": 0}, {"maxLength": 21}, {"limit": 0}, {"limit": 101}):
        await ask(PATHS, "BAD_USER_INPUT", id=party("O-low"), **start, **bad)
    await ask(CYCLES, "BAD_USER_INPUT", id=party("O-low"), limit=0)


async def test_chains_at_another_moment(mills: Graph, ask: Ask) -> None:
    ended = worlds.ClaimRow(
        "OWNS", "Party:P-A", "Party:O-far", worlds.REGISTER, worlds.SINCE, date(2022, 1, 1),
        {"interest": "SHAREHOLDING", "minShare": 10**8, "maxShare": 10**8, "disclosed": True},
    )  # fmt: skip
    await write(mills, [ended], at=datetime(2022, 6, 1, tzinfo=UTC))

    assert (await chains(ask, "O-far", "P-A"))["connected"] == "NO"
    for moment, number in (("@2021-06-01/", 1), ("@2021-06-01/2022-01-01T00:00:00.000000Z", 0)):
        found = await chains(ask, "O-far" + moment, "P-A")
        assert len(found["paths"]) == number
        assert found["moment"]["asOf"] == "2021-06-01"


async def test_what_it_costs(mills: Graph, ask: Ask) -> None:
    """The thing, its owner, the log's place, and all chains told at once; three more to begin."""
    await chains(ask, "O-low", "P-A")
    mills.statements = 0

    await chains(ask, "O-low", "P-A")

    assert mills.statements == 4
