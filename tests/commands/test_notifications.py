"""Annual notifications of ISA participants."""

from typing import Any

from graph.session import Graph
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.commands.participating import A2, M3, SELECTED, applied, turned
from tests.days import LATER


async def member(give: Give) -> dict[str, Any]:
    """An active participant, notification due 2026-07-14."""
    return await turned(give, await applied(give), "ACTIVE", managerId=M3, on="2025-06-14")


async def test_a_notification_is_received_and_reviewed(pier: Graph, give: Give) -> None:
    part = await member(give)
    wanted = {"participationId": part["id"], "dueOn": "2026-07-14"}

    received = await give(
        "recordAnnualNotification",
        SELECTED,
        receivedOn="2026-07-20",
        requirementsConfirmed=True,
        businessChanges="One new number.",
        **wanted,
    )
    reviewed = await give(
        "recordAnnualNotification", SELECTED, reviewedOn="2026-08-01", reason="Read", **wanted
    )

    assert (received["userErrors"], reviewed["userErrors"]) == ([], [])
    assert received["participation"]["nextNotificationDue"] == "2027-07-14"
    nextly, this = reviewed["participation"]["notifications"]
    assert nextly["dueOn"] == "2027-07-14"
    assert this == {
        "dueOn": "2026-07-14",
        "receivedOn": "2026-07-20",
        "reviewedOn": "2026-08-01",
        "requirementsConfirmed": True,
        "businessChanges": "One new number.",
        "overdue": True,
    }
    [change] = reviewed["changes"]
    assert (change["kind"], change["reason"]) == ("ANNUAL_NOTIFICATION_RECORDED", "Read")
    assert change["properties"] == [
        {"property": "reviewedOn", "before": None, "after": "2026-08-01"}
    ]


NOTICES: list[Case] = [
    ({"participationId": "nonsense"}, [("INVALID_FORMAT", "participationId")]),
    ({"participationId": A2}, [("WRONG_KIND", "participationId")]),
    ({"participationId": gid("IsaParticipation:I-0")}, [("NOT_FOUND", "participationId")]),
    ({"dueOn": "2026-07-15"}, [("NOT_FOUND", "dueOn")]),
    ({"receivedOn": LATER}, [("OUT_OF_RANGE", "receivedOn")]),
    ({"reviewedOn": "2026-07-01"}, [("INTERVAL_CONFLICT", "reviewedOn")]),
    ({"receivedOn": None, "reviewedOn": "2026-07-21"}, [("INVALID_STATE", "reviewedOn")]),
    ({"businessChanges": "x" * 4001}, [("OUT_OF_RANGE", "businessChanges")]),
    ({"selfTestResults": "219-09-9999"}, [("INVALID_FORMAT", "selfTestResults")]),
    ({"expectedVersion": 9}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"dueOn": "2020-01-01", "receivedOn": LATER, "businessChanges": ""},
        [
            ("NOT_FOUND", "dueOn"),
            ("OUT_OF_RANGE", "receivedOn"),
            ("REQUIRED", "businessChanges"),
        ],
    ),
]


@cases("recordAnnualNotification", NOTICES)
async def test_a_bad_notification_is_refused(
    pier: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    part = await member(give)

    good = {"participationId": part["id"], "dueOn": "2026-07-14", "receivedOn": "2026-07-20"}
    await refuse("recordAnnualNotification", told(wrong), **{**good, **more})


async def test_nothing_is_no_notification(pier: Graph, give: Give, refuse: Refuse) -> None:
    part = await member(give)
    wanted = {"participationId": part["id"], "dueOn": "2026-07-14"}
    await refuse("recordAnnualNotification", [("REQUIRED", "input.receivedOn")], **wanted)
    await turned(give, part, "WITHDRAWN")

    wrong = [("INVALID_STATE", "input.participationId")]
    await refuse("recordAnnualNotification", wrong, receivedOn="2026-07-20", **wanted)


async def test_a_repeat_is_recorded_once(pier: Graph, give: Give) -> None:
    part = await member(give)
    wanted = {"participationId": part["id"], "dueOn": "2026-07-14", "receivedOn": "2026-07-20"}

    first, again = [
        await give("recordAnnualNotification", SELECTED, idempotencyKey="K", **wanted)
        for _ in range(2)
    ]

    assert again == {**first, "replayed": True}
