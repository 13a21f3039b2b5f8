"""A program with an owner of one of its accounts, and the documents that owners run."""

from pathlib import Path

import pytest

from graph import policy
from graph.identifiers import IdentifierKey
from graph.load.rows import NodeRow
from graph.load.write import write
from graph.policy import Viewer
from graph.roles import Role
from graph.session import Graph
from tests import worlds
from tests.reach.conftest import ENDED, program
from tests.reach.random_world import FLAG, MONTHS, RECORDED, thing
from tests.worlds import claim

FOLDER = Path(__file__).parents[2] / "docs" / "trade-owner"
DOCUMENTS = {file.stem: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.graphql")}


def owner(*accounts: str) -> Viewer:
    """Somebody who is registered for these accounts."""
    keys = frozenset(f"Account:{id_}" for id_ in accounts)
    return Viewer("owner:O", "O", **policy.rights((Role.TRADE_OWNER,), named=keys))


OWNER = owner("A-1")


@pytest.fixture
async def owned(graph: Graph, key: IdentifierKey) -> Graph:
    """
    The program of `tests.reach`; of A-1 the issues I-1 (with A-3) and I-4 are shared, I-2 is not
    A-1 once had N-4, and a power of attorney with B-2; it has a flag, a plan, and figures
    """
    rows: list[worlds.Row] = [
        *program(key),
        worlds.account("B-2", "Heron Brokers", "Broker"),
        claim("Account:A-1", "GRANTED_POA", "Account:B-2", None, ENDED, scope="ENTRY"),
        worlds.number(key, "N-4", "14-3456789AA"),
        claim("ImporterNumber:N-4", "IDENTIFIES", "Account:A-1", None, ENDED),
        thing("RiskFlag", "F-1", **FLAG),
        claim("RiskFlag:F-1", "FLAGS", "Account:A-1"),
        thing("PerformancePeriod", "PP-1", month=MONTHS[0], chapter="61", origin="VN",
              importerNumber="N-1", currency="USD", entrySummaries=1, lines=7, enteredValue=500),
        claim("PerformancePeriod:PP-1", "MEASURES", "Account:A-1"),
        thing("PerformancePeriod", "PP-2", month=MONTHS[0], chapter="61", origin="VN",
              importerNumber="N-4", currency="USD", entrySummaries=1, lines=900, enteredValue=9),
        claim("PerformancePeriod:PP-2", "MEASURES", "Account:A-1"),
        thing("Term", "POWER_OF_ATTORNEY_SCOPE.ENTRY", vocabulary="POWER_OF_ATTORNEY_SCOPE",
              code="ENTRY", label="Entry"),
    ]  # fmt: skip
    known = next(row for row in rows if isinstance(row, NodeRow) and row.key == "Issue:I-1")
    known.properties["shared"] = True
    for issue, shared in (("I-2", {"shared": False}), ("I-4", {"shared": True})):
        rows.append(
            thing("Issue", issue, purpose="ADVICE", title=f"Mill {issue}", status="OPEN",
                  openedOn=worlds.SINCE, **shared)
        )  # fmt: skip
        rows.append(claim(f"Issue:{issue}", "CONCERNS", "Account:A-1"))
    outcome = await write(graph, rows, at=RECORDED)
    assert outcome.refused == []
    graph.statements = 0
    return graph
