"""What wants attention after a write is told with its answer: it breaks no rule, and stands."""

from typing import Any

from graph.session import Graph
from tests.commands.claiming import owning
from tests.commands.conftest import Give, gid
from tests.commands.standing import A1

SELECTED = "warnings { code message about { key } }"


def told(answer: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The codes and what they are about; the write was not refused."""
    assert answer["userErrors"] == []
    return [(w["code"], [each["key"] for each in w["about"]]) for w in answer["warnings"]]


async def test_an_account_that_moves_away_from_its_manager_is_told(desk: Graph, give: Give) -> None:
    before = await give("updateAccount", SELECTED, id=A1, name="Harbor")
    moved = await give(
        "assignCenter", SELECTED, accountIds=[A1], center="CEE007", basis="HIGHEST_VALUE"
    )

    about = [gid("Center:CEE007"), gid("AccountManager:M-1"), gid("Center:CEE004")]
    assert "CENTER_MISMATCH" not in dict(told(before))
    assert dict(told(moved))["CENTER_MISMATCH"] == about


async def test_shares_that_do_not_add_up_are_told_of_the_accounts_behind_them(
    harbor: Graph, give: Give
) -> None:
    held, sold = gid("Party:O-1"), gid("Party:O-2")

    elsewhere = await give("recordRelationships", SELECTED, relationships=[owning()])
    own = owning(fromId=held, toId=held, share={"min": 5, "max": 5})
    treasury = await give("recordRelationships", SELECTED, relationships=[own])
    much = owning(fromId=sold, toId=held, share={"min": 50, "max": 50})
    over = await give("recordRelationships", SELECTED, relationships=[much])

    assert told(elsewhere) == []
    assert dict(told(treasury))["TREASURY_SHARES"] == [held]
    assert "OVERSUBSCRIBED" not in dict(told(treasury))
    assert dict(told(over))["OVERSUBSCRIBED"][0] == held
