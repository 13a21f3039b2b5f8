"""A hidden thing costs the database what a missing one costs: nobody can tell them by that."""

from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.accounts import PARTS
from graph.load.write import write
from graph.policy import DEVELOPMENT
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from tests import worlds
from tests.plans import hits, touches
from tests.reach.conftest import MANAGER, Ask
from tests.reach.random_world import FLAG, RECORDED, thing
from tests.worlds import claim


def asked(seen: Reached, question: Query, **given: Any) -> dict[str, Any]:
    return {**seen.parameters(question), **Moment.now().parameters, **given}


KINDS = [
    ("Account", "A-3"),
    ("ImporterNumber", "N-3"),
    ("Issue", "I-3"),
    ("FilerCode", "B76"),
    ("IsaParticipation", "P-3"),
    ("RiskFlag", "F-3"),
    ("Strategy", "ST-3"),
    ("AnnualNotification", "Y-3"),
    ("CenterChangeRequest", "CR-3"),
]
PLAN = {"title": "Plan", "objective": "Better", "status": "ACTIVE", "measures": []}
ASKED = {
    **{"account": "A-3", "fromCenter": "CEE002", "toCenter": "CEE001"},
    **{"state": "DENIED", "basis": "APPEAL", "statement": "It moved."},
}
FOUND_FIRST = {"AnnualNotification", "CenterChangeRequest"}  # then it is known whose they are
MORE = 8  # touches
NODE = "query ($id: ID!) { node(id: $id) { id __typename } }"


@pytest.mark.parametrize(("kind", "hidden"), KINDS, ids=[kind for kind, _ in KINDS])
async def test_a_node_that_is_hidden_costs_what_a_missing_one_costs(
    centers: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch, kind: str, hidden: str
) -> None:
    rows: list[worlds.Row] = [
        thing("IsaParticipation", "P-3", status="ACTIVE", nextNotificationDue=worlds.SINCE),
        thing("AnnualNotification", "Y-3", participation="P-3", dueOn=worlds.SINCE),
        thing("RiskFlag", "F-3", **FLAG),
        thing("Strategy", "ST-3", **PLAN, startsOn=worlds.SINCE),
        thing("CenterChangeRequest", "CR-3", **ASKED, requestedOn=worlds.SINCE, requestedBy="M-2"),
        claim("Account:A-3", "PARTICIPATES_IN", "IsaParticipation:P-3"),
        claim("RiskFlag:F-3", "FLAGS", "Account:A-3"),
        claim("Strategy:ST-3", "CONCERNS", "Account:A-3"),
    ]
    assert (await write(centers, rows, at=RECORDED)).refused == []
    all_ = await ask(DEVELOPMENT, NODE, id=ids.encode(f"{kind}:{hidden}"))
    await ask(MANAGER, NODE, id=ids.encode("Account:A-1"))  # their reach is known
    touched, cost = touches(centers, monkeypatch), []

    for id_ in (hidden, "none"):
        touched.clear()
        told = await ask(MANAGER, NODE, id=ids.encode(f"{kind}:{id_}"))
        assert (told.data, told.codes) == ({"node": None}, [])
        cost.append(list(touched))

    assert all_.data["node"] is not None
    assert [name for name, _ in cost[0]] == [name for name, _ in cost[1]] != []
    more = sum(n for _, n in cost[0]) - sum(n for _, n in cost[1])
    assert 0 < more <= MORE if kind in FOUND_FIRST else more == 0


@pytest.mark.parametrize("kind", ["Account", "ImporterNumber", "Issue", "FilerCode"])
async def test_a_hidden_key_costs_what_a_missing_one_costs(centers: Graph, kind: str) -> None:
    seen, question = await reach(centers, MANAGER), query("entity/entities")
    hidden = {"Account": "A-3", "ImporterNumber": "N-3", "Issue": "I-3", "FilerCode": "B76"}[kind]

    costs = [
        await hits(centers, question, asked(seen, question, keys=seen.keys([f"{kind}:{id_}"])))
        for id_ in (hidden, "none")
    ]

    assert costs[0] == costs[1]


async def test_a_hidden_number_costs_what_a_missing_one_costs(centers: Graph) -> None:
    seen, question = await reach(centers, MANAGER), query("account/accounts")
    [row] = await centers.read(Query("MATCH (n {key: 'ImporterNumber:N-3'}) RETURN n.lookup AS it"))
    parts = dict.fromkeys(PARTS, True)

    costs = [
        await hits(
            centers,
            question,
            asked(seen, question, keys=[], lookups=seen.numbers([it]), filers=[], most=9, **parts),
        )
        for it in (row["it"], "0" * len(row["it"]))
    ]

    assert costs[0] == costs[1]
