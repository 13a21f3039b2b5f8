"""Requests for another Center, and their decisions."""

import asyncio
from typing import Any

import pytest

from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.days import today
from tests.resolvers.conftest import Ask

SELECTED = """request {
  id state basis statement requestedOn requestedBy decidedOn decidedBy decision version
  account { key } fromCenter { code } toCenter { code } appeals { id }
}"""
WISH = {
    "accountId": gid("Account:A-1"),
    "toCenter": "Electronics",
    "basis": "HIGHEST_VALUE",
    "statement": "Over 80 percent of lines are in chapter 85.",
}


@pytest.fixture
async def desk(harbor: Graph) -> Graph:
    """The harbor with a closed account and a second Center."""
    rows: list[worlds.Row] = [
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.account("A-2", "Quay Goods"),
        worlds.center("CEE007", "Electronics"),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def asked(give: Give, **more: object) -> dict[str, Any]:
    """A request just made."""
    answer = await give("requestCenterChange", SELECTED, **{**WISH, **more})
    assert answer["userErrors"] == []
    request: dict[str, Any] = answer["request"]
    return request


async def test_another_center_is_asked_for(desk: Graph, give: Give) -> None:
    answer = await give("requestCenterChange", SELECTED, **WISH, reason="Letter")

    assert answer["userErrors"] == []
    request = answer["request"]
    assert request == {
        "id": request["id"],
        "state": "REQUESTED",
        "basis": "HIGHEST_VALUE",
        "statement": WISH["statement"],
        "requestedOn": today().isoformat(),
        "requestedBy": "Development viewer",
        "decidedOn": None,
        "decidedBy": None,
        "decision": None,
        "version": 1,
        "account": {"key": gid("Account:A-1")},
        "fromCenter": {"code": "CEE004"},
        "toCenter": {"code": "CEE007"},
        "appeals": None,
    }
    [change] = answer["changes"]
    assert (change["kind"], change["reason"]) == ("CENTER_CHANGE_REQUESTED", "Letter")
    assert change["account"] == {"key": gid("Account:A-1")}


BAD: list[Case] = [
    ({"accountId": "nonsense"}, [("INVALID_FORMAT", "accountId")]),
    ({"accountId": gid("Party:O-1")}, [("WRONG_KIND", "accountId")]),
    ({"accountId": gid("Account:A-0")}, [("NOT_FOUND", "accountId")]),
    ({"accountId": gid("Account:A-9")}, [("INVALID_STATE", "accountId")]),
    ({"toCenter": "Nowhere"}, [("NOT_FOUND", "toCenter")]),
    ({"toCenter": "CEE004"}, [("INVALID_STATE", "toCenter")]),
    ({"statement": " "}, [("REQUIRED", "statement")]),
    ({"statement": "x" * 4001}, [("OUT_OF_RANGE", "statement")]),
    ({"appealsId": gid("Account:A-1")}, [("WRONG_KIND", "appealsId")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"appealsId": gid("CenterChangeRequest:CR-0")}, [("NOT_FOUND", "appealsId")]),
    (
        {"accountId": "nonsense", "toCenter": "Nowhere", "statement": ""},
        [("INVALID_FORMAT", "accountId"), ("NOT_FOUND", "toCenter"), ("REQUIRED", "statement")],
    ),
]


@cases("requestCenterChange", BAD)
async def test_a_bad_request_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("requestCenterChange", told(wrong), **{**WISH, **more})


async def test_one_request_for_a_center_is_open_at_a_time(desk: Graph, give: Give) -> None:
    answers = await asyncio.gather(*(give("requestCenterChange", "", **WISH) for _ in range(16)))

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["ALREADY_EXISTS"]] * 15


async def test_a_repeat_makes_no_second_request(desk: Graph, give: Give) -> None:
    first, again = [
        await give("requestCenterChange", SELECTED, **WISH, idempotencyKey="K") for _ in range(2)
    ]

    assert again == {**first, "replayed": True}


async def test_a_granted_request_moves_the_account(desk: Graph, give: Give, ask: Ask) -> None:
    request = await asked(give)
    review = await give("decideCenterChange", SELECTED, id=request["id"], state="UNDER_REVIEW")

    answer = await give(
        "decideCenterChange",
        SELECTED,
        id=request["id"],
        state="GRANTED",
        decision="The lines bear it out.",
        expectedVersion=2,
        reason="Director",
    )

    assert (review["request"]["state"], review["request"]["decidedOn"]) == ("UNDER_REVIEW", None)
    assert answer["userErrors"] == []
    decided = {"state": "GRANTED", "decision": "The lines bear it out.", "version": 3}
    decided |= {"decidedOn": today().isoformat(), "decidedBy": "Development viewer"}
    assert answer["request"] == {**request, **decided}
    assert [change["kind"] for change in answer["changes"]] == [
        "CENTER_CHANGE_DECIDED",
        "RELATIONSHIP_ENDED",
        "CENTER_ASSIGNED",
    ]
    document = "query ($id: ID!) { account(by: {id: $id}) { center { code } } }"
    found = await ask(document, id=gid("Account:A-1"))
    assert found["account"]["center"] == {"code": "CEE007"}


async def test_a_denied_request_is_appealed_once(desk: Graph, give: Give, refuse: Refuse) -> None:
    request = await asked(give)
    wrong = [("INVALID_STATE", "input.appealsId"), ("ALREADY_EXISTS", "input.toCenter")]
    await refuse("requestCenterChange", wrong, **WISH, appealsId=request["id"])
    await give(
        "decideCenterChange", "", id=request["id"], state="DENIED", decision="Not borne out."
    )

    appeal = await asked(give, appealsId=request["id"], basis="APPEAL")

    assert appeal["appeals"] == {"id": request["id"]}
    wrong = [("ALREADY_EXISTS", "input.appealsId"), ("ALREADY_EXISTS", "input.toCenter")]
    await refuse("requestCenterChange", wrong, **WISH, appealsId=request["id"])
    other = {**WISH, "accountId": gid("Account:A-2"), "appealsId": request["id"]}
    await refuse("requestCenterChange", [("NOT_FOUND", "input.appealsId")], **other)


DECISIONS: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Account:A-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("CenterChangeRequest:CR-0")}, [("NOT_FOUND", "id")]),
    ({"state": "REQUESTED"}, [("INVALID_STATE", "state"), ("INVALID_STATE", "state")]),
    ({"decision": None}, [("REQUIRED", "decision")]),
    ({"state": "GRANTED", "decision": ""}, [("REQUIRED", "decision")]),
    ({"decision": "x" * 4001}, [("OUT_OF_RANGE", "decision")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@cases("decideCenterChange", DECISIONS)
async def test_a_bad_decision_is_refused(
    desk: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    request = await asked(give)

    good = {"id": request["id"], "state": "DENIED", "decision": "No."}
    await refuse("decideCenterChange", told(wrong), **{**good, **more})


async def test_a_request_is_decided_once(desk: Graph, give: Give) -> None:
    request = await asked(give)

    answers = await asyncio.gather(
        *(
            give("decideCenterChange", "", id=request["id"], state=state, decision="So be it.")
            for state in ("GRANTED", "DENIED", "WITHDRAWN") * 5
        )
    )

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["INVALID_STATE"]] * 14
