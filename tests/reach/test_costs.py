"""A hidden thing costs the database what a missing one costs: nobody can tell them by that."""

from typing import Any

import pytest
from neo4j import Query

from graph.accounts import PARTS
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from tests.plans import hits
from tests.reach.conftest import MANAGER


def asked(seen: Reached, question: Query, **given: Any) -> dict[str, Any]:
    return {**seen.parameters(question), **Moment.now().parameters, **given}


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
