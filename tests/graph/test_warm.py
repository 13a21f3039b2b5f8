"""Every question is planned before anybody asks it."""

from pathlib import Path

import pytest

from graph import snapshot, warm
from graph.session import Graph

QUERIES = Path(warm.__file__).parent / "queries"
NOT_ASKED = {"health", "load", "migrate", "reference"}  # asked by ourselves, or at once


async def test_every_public_question_is_asked_and_again_if_not_planned_in_time(
    server: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    server.statements = 0

    planned = await warm.warm(server)

    public = [file for file in QUERIES.rglob("*.cypher") if file.parent.name not in NOT_ASKED]
    late = [one for one in caplog.messages if one == "A question was not planned in time."]
    assert planned == len(public) == server.statements - len(late)


async def test_ownership_is_read_before_anybody_asks(harbor: Graph) -> None:
    claims = await warm.ownership(harbor)

    assert claims == 3
    assert snapshot.numbers(harbor)["snapshot_claims"] == 3
