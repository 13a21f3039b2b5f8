"""Every question is planned before anybody asks it."""

from pathlib import Path

from graph import snapshot, warm
from graph.session import Graph

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


async def test_ownership_and_risk_are_read_before_anybody_asks(harbor: Graph) -> None:
    claims = await warm.networks(harbor)

    assert claims == 3 + 7
    assert snapshot.numbers(harbor)["snapshot_claims"] == 3
