"""Who is asking, and their own place in the program."""

from dataclasses import replace
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT, UNKNOWN, rights
from graph.roles import Role
from graph.session import Graph
from resolvers.context import Context
from schema import schema

WHO = "{ viewer { name permissions staff { __typename name } } }"


async def asked(graph: Graph, seal: Seal, key: IdentifierKey, **who: Any) -> Any:
    context = Context(graph, replace(DEVELOPMENT, **who), seal, key)
    return await schema.execute(WHO, context_value=context)


@pytest.mark.parametrize(
    ("id", "staff"),
    [
        ("M-1", {"__typename": "AccountManager", "name": "R. Alder"}),
        ("development", None),
        ("S-none", None),
    ],
)
async def test_a_person_finds_their_place_by_the_id_in_their_token(
    harbor: Graph, seal: Seal, key: IdentifierKey, id: str, staff: object
) -> None:
    found = await asked(harbor, seal, key, id=id)

    assert found.errors is None
    assert found.data["viewer"]["staff"] == staff
    assert harbor.statements == 1


async def test_whose_reach_is_not_served_is_told_so_at_the_field(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    owner = rights((Role.TRADE_OWNER,))

    found = await asked(harbor, seal, key, id="M-1", **{"sees_all": False, **owner})

    [error] = found.errors
    assert error.path == ["viewer", "staff"]
    assert error.extensions == {"code": "FORBIDDEN"}
    assert "TRADE_OWNER" in error.message
    assert found.data["viewer"] == {
        "name": "Development viewer",
        "permissions": [],
        "staff": None,
    }
    assert harbor.statements == 0


async def test_a_manager_finds_their_place_and_who_is_not_known_is_told_so(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    manager = {"sees_all": False, **rights((Role.ACCOUNT_MANAGER,))}

    found = await asked(harbor, seal, key, id="M-1", **manager)
    stranger = await asked(harbor, seal, key, id="M-9", **manager)

    assert found.data["viewer"]["staff"] == {"__typename": "AccountManager", "name": "R. Alder"}
    assert stranger.data["viewer"]["staff"] is None
    [error] = stranger.errors
    assert error.extensions == {"code": "FORBIDDEN"}
    assert error.message == UNKNOWN
    assert harbor.statements == 3  # the reach of each, and the one place


async def test_public_facts_are_for_whoever_is_signed_in(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    context = Context(harbor, replace(DEVELOPMENT, sees_all=False, permissions=()), seal, key)
    text = '{ centers { code } htsChapter(code: "61") { code } account(by: {id: "x"}) { id } }'

    found = await schema.execute(text, context_value=context)

    assert found.data
    assert found.data["centers"] is not None
    assert found.data["account"] is None
    assert [error.path for error in found.errors or ()] == [["account"]]
