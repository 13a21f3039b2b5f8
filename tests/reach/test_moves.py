"""Simulated reassignments within a Center."""

from typing import Any

import pytest

from graph.policy import DEVELOPMENT
from tests.reach.conftest import DIRECTOR, MANAGER, Ask, Told
from tests.reach.writing import accounts, id_

SIMULATE = """
  query ($moves: [ReassignmentInput!]!) {
    simulateReassignment(moves: $moves) {
      violations { code path message } imbalanceBefore imbalanceAfter
      effects { of { label } before { accounts } after { accounts } }
    }
  }
"""
M1, M2 = id_("AccountManager:M-1"), id_("AccountManager:M-2")


async def simulated(ask: Ask, **move: Any) -> Told:
    return await ask(DIRECTOR, SIMULATE, moves=[move])


def violations(told: Told) -> list[str]:
    assert told.codes == []
    found = told.data["simulateReassignment"]["violations"]
    return [f"{each['code']} {'.'.join(each['path'])}" for each in found]


async def test_a_director_simulates_moves_inside_the_center(ask: Ask) -> None:
    told = await simulated(ask, accountIds=accounts("A-2"), toManagerId=M1)

    assert violations(told) == []
    assert told.data["simulateReassignment"]["effects"] == [
        {"of": {"label": "Manager M-1"}, "before": {"accounts": 1}, "after": {"accounts": 2}}
    ]


@pytest.mark.parametrize(
    ("where", "path"),
    [({"toManagerId": M2}, "toManagerId"), ({"toCenter": "CEE002"}, "toCenter")],
)
async def test_a_move_out_of_the_center_would_be_refused(
    ask: Ask, where: dict[str, str], path: str
) -> None:
    told = await simulated(ask, accountIds=accounts("A-2"), **where)

    assert violations(told) == [f"NOT_PERMITTED moves.0.{path}"]


async def test_a_hidden_account_is_moved_as_one_that_is_missing(ask: Ask) -> None:
    await simulated(ask, accountIds=accounts("A-2"), toManagerId=M1)  # their reach is known
    hidden, missing = [
        await simulated(ask, accountIds=accounts(each), toManagerId=M1) for each in ("A-3", "none")
    ]

    assert hidden == missing
    assert violations(hidden) == ["NOT_FOUND moves.0.accountIds.0"]


async def test_the_hidden_accounts_of_a_manager_are_not_taken(ask: Ask) -> None:
    of_other = await simulated(ask, fromManagerId=M2, toManagerId=M1)
    everybody = await ask(DEVELOPMENT, SIMULATE, moves=[{"fromManagerId": M2, "toManagerId": M1}])

    assert violations(of_other) == ["INVALID_STATE moves.0.fromManagerId"]
    assert of_other.data["simulateReassignment"]["effects"] == []
    assert violations(everybody) == []


async def test_who_may_not_assign_simulates_nothing(ask: Ask) -> None:
    told = await ask(MANAGER, SIMULATE, moves=[{"accountIds": accounts("A-1"), "toManagerId": M1}])

    assert (told.data, told.codes) == ({"simulateReassignment": None}, ["FORBIDDEN"])
    assert told.statements == 0
