"""Nobody is known by a social security number: what a caller is known by is written down."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.commands import identity as acts
from graph.errors import SetupError
from graph.session import Graph
from graph.terms import Permission
from tests.transport.identity.provider import ISSUER, fixed, signed
from transport.development import Development
from transport.issuers import NUMBERED, verify
from transport.tokens import BadToken

NUMBER, NINE = "219-09-9999", "219099999"
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.parametrize("sub", [NUMBER, NINE, f"person {NUMBER}", "219.09.9999"])
@pytest.mark.parametrize("roles", [["HQ_ANALYST"], ["INTEGRATOR"], []])
async def test_a_token_that_names_its_bearer_by_one_is_refused(sub: str, roles: list[str]) -> None:
    with pytest.raises(BadToken) as refused:
        await verify(signed(sub=sub, roles=roles), ISSUER, fixed())

    assert str(refused.value) == NUMBERED


async def test_a_name_that_is_one_is_left_away() -> None:
    found = await verify(signed(name=NUMBER), ISSUER, fixed())

    assert (found.name, found.person) == ("M-31", "M-31")


def test_no_token_is_made_for_one(tmp_path: Path) -> None:
    local = Development.at(tmp_path, "a")

    for person in (NUMBER, NINE):
        with pytest.raises(SetupError, match="no social security number"):
            local.token([], person, 60)


async def test_no_service_is_registered_and_nothing_revoked_by_one(graph: Graph) -> None:
    for service in (NUMBER, NINE):
        with pytest.raises(SetupError, match="never stored in clear"):
            await acts.create_key(graph, service, [Permission.READ_RISK], DAY, NOW)
    with pytest.raises(SetupError, match="never stored in clear"):
        await acts.revoke_subject(graph, NUMBER, NOW)
    with pytest.raises(SetupError, match="never stored in clear"):
        await acts.revoke_token(graph, NUMBER, NOW)
    await acts.revoke_token(graph, NINE, NOW)  # an id of a token may have nine digits

    found = await graph.schema("MATCH (n:Service|ServiceKey|Revocation) RETURN n.id AS id")
    assert found == [{"id": f"jti:{NINE}"}]
