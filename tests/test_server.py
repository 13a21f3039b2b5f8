"""What the server makes of its settings: whose limits are which, and what runs."""

from pathlib import Path

import pytest
from starlette.requests import Request

from callers import Callers, allowance, doors
from config import GENEROUS, Allowance, Config
from graph.identifiers import IdentifierKey
from graph.policy import DEVELOPMENT, Viewer, rights
from graph.roles import Role
from graph.session import Graph
from graph.warm import networks
from graph.webhooks import Webhooks
from server import _numbers
from transport import Memory, document_id


def member(*roles: Role) -> Viewer:
    """A viewer who has roles."""
    return Viewer("1", "A", (), roles=roles)


ROLES = {"INTEGRATOR": Allowance(points=9_000), "HQ_ANALYST": Allowance(points=4_000)}


@pytest.mark.parametrize(
    ("viewer", "points"),
    [
        (None, 2_000),
        (DEVELOPMENT, GENEROUS.points),
        (member(), 2_000),
        (member(Role.ACCOUNT_MANAGER), 2_000),
        (member(Role.HQ_ANALYST), 4_000),
        (member(Role.HQ_ANALYST, Role.INTEGRATOR), 9_000),
    ],
)
def test_the_largest_allowance_of_a_caller_s_roles_counts(
    viewer: Viewer | None, points: int
) -> None:
    assert allowance(Config(limits_roles=ROLES), viewer).points == points


def test_the_manifest_of_the_settings_is_known(tmp_path: Path) -> None:
    text = "query Who { viewer { name } }"
    file = tmp_path / "manifest.json"
    file.write_text(f'{{"{document_id(text)}": "{text}"}}', encoding="utf-8")

    config = Config(trusted_documents=file, trusted_only=True, data=tmp_path)
    made = doors(config, Callers(config), Memory())

    assert made.trusted.text({"documentId": document_id(text)}) == text
    assert made.trusted.only(DEVELOPMENT)


@pytest.mark.parametrize("let_in", [True, False])
def test_the_documents_of_owners_are_known_where_these_are_let_in(
    let_in: bool, tmp_path: Path
) -> None:
    config = Config(trade_owners=let_in, data=tmp_path)
    trusted = doors(config, Callers(config), Memory()).trusted
    given = rights((Role.TRADE_OWNER,), named=frozenset({"Account:A-1"}) if let_in else None)
    owner = Viewer("owner:O", "O", **given)

    assert bool(trusted.owned) is let_in
    assert trusted.owner(owner) is let_in
    assert not trusted.owner(DEVELOPMENT)
    assert not trusted.owner(None)


async def test_the_metrics_tell_what_the_networks_hold_and_cost(
    harbor: Graph, key: IdentifierKey
) -> None:
    await networks(harbor)
    state = {"graph": harbor, "webhooks": Webhooks(key)}
    request = Request({"type": "http", "state": state})

    told = _numbers(request)

    for network in ("snapshot", "risk_network"):
        assert told[f"{network}_read_seconds"] > 0
        assert told[f"{network}_bytes"] > 0
    assert told["snapshot_bytes_per_party"] > 0
    assert told["risk_network_bytes_per_account"] > 0
