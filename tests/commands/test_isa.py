"""ISA: applications, the life of a participation, and annual notifications."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.conftest import Give, Refuse, Wrong, gid

SELECTED = """participation {
  id status appliedOn acceptedOn endedOn statusReason nextNotificationDue version
  account { key } manager { key } importerNumbers { nodes { key } }
  notifications { dueOn receivedOn reviewedOn requirementsConfirmed businessChanges overdue }
}"""
TODAY = datetime.now(UTC).date()
LATER = (TODAY + timedelta(2)).isoformat()
A1, A2 = gid("Account:A-1"), gid("Account:A-2")
N1, N3 = gid("ImporterNumber:N-1"), gid("ImporterNumber:N-3")
M3 = gid("AccountManager:M-3")


@pytest.fixture
async def quay(harbor: Graph, key: IdentifierKey) -> Graph:
    """The harbor with an account that has no manager, a broker and more staff."""
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Quay Goods"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.account("B-1", "Broker", "Broker"),
        worlds.number(key, "N-3", "61-234567800"),
        worlds.claim("ImporterNumber:N-3", "IDENTIFIES", "Account:A-2"),
        worlds.manager("M-3", "T. Cedar"),
        worlds.manager("M-9", "U. Dogwood", active=False),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def applied(give: Give, account: str = A2, number: str = N3) -> dict[str, Any]:
    """A participation just applied for."""
    answer = await give(
        "applyForIsa",
        SELECTED,
        accountId=account,
        importerNumberIds=[number],
        appliedOn="2025-01-10",
    )
    assert answer["userErrors"] == []
    part: dict[str, Any] = answer["participation"]
    return part


async def turned(give: Give, part: dict[str, Any], status: str, **more: object) -> dict[str, Any]:
    """A participation in another status."""
    answer = await give("changeIsaStatus", SELECTED, id=part["id"], status=status, **more)
    assert answer["userErrors"] == []
    changed: dict[str, Any] = answer["participation"]
    return changed


async def test_an_importer_applies(quay: Graph, give: Give) -> None:
    answer = await give(
        "applyForIsa", SELECTED, accountId=A2, importerNumberIds=[N3], reason="Letter"
    )

    assert answer["userErrors"] == []
    part = answer["participation"]
    assert (part["status"], part["appliedOn"], part["account"]) == (
        "APPLICANT",
        TODAY.isoformat(),
        {"key": A2},
    )
    assert part["importerNumbers"]["nodes"] == [{"key": N3}]
    first = answer["changes"][0]
    assert (first["kind"], first["reason"], first["account"]) == (
        "ISA_STATUS_CHANGED",
        "Letter",
        {"key": A2},
    )


APPLICATIONS: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"accountId": "nonsense"}, [("INVALID_FORMAT", "accountId")]),
    ({"accountId": N3}, [("WRONG_KIND", "accountId")]),
    ({"accountId": gid("Account:A-0")}, [("NOT_FOUND", "accountId")]),
    (
        {"accountId": gid("Account:B-1")},
        [("WRONG_KIND", "accountId"), ("NUMBER_NOT_IN_ACCOUNT", "importerNumberIds.0")],
    ),
    (
        {"accountId": gid("Account:A-9")},
        [("INVALID_STATE", "accountId"), ("NUMBER_NOT_IN_ACCOUNT", "importerNumberIds.0")],
    ),
    ({"importerNumberIds": []}, [("REQUIRED", "importerNumberIds")]),
    ({"importerNumberIds": [N3, N1]}, [("NUMBER_NOT_IN_ACCOUNT", "importerNumberIds.1")]),
    ({"importerNumberIds": [N3, N3]}, [("ALREADY_EXISTS", "importerNumberIds.1")]),
    (
        {"importerNumberIds": [gid("ImporterNumber:N-0")]},
        [("NOT_FOUND", "importerNumberIds.0")],
    ),
    ({"appliedOn": LATER}, [("OUT_OF_RANGE", "appliedOn")]),
    (
        {"appliedOn": "2019-12-31"},
        [("INTERVAL_CONFLICT", "appliedOn"), ("NUMBER_NOT_IN_ACCOUNT", "importerNumberIds.0")],
    ),
]


@pytest.mark.parametrize(("more", "wrong"), APPLICATIONS)
async def test_a_bad_application_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    told = [(code, f"input.{path}") for code, path in wrong]
    await refuse("applyForIsa", told, **{"accountId": A2, "importerNumberIds": [N3], **more})


async def test_an_account_applies_once(quay: Graph, give: Give) -> None:
    answers = await asyncio.gather(
        *(give("applyForIsa", "", accountId=A2, importerNumberIds=[N3]) for _ in range(16))
    )

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["ALREADY_EXISTS"]] * 15


async def test_an_applicant_is_accepted_and_admitted_with_a_manager(
    quay: Graph, give: Give
) -> None:
    part = await applied(give)
    part = await turned(give, part, "ACCEPTED_PENDING_MANAGER", on="2025-06-14")
    assert (part["acceptedOn"], part["nextNotificationDue"]) == ("2025-06-14", None)

    answer = await give(
        "changeIsaStatus",
        SELECTED,
        id=part["id"],
        status="ACTIVE",
        managerId=M3,
        expectedVersion=2,
        reason="Review passed",
    )

    assert answer["userErrors"] == []
    part = answer["participation"]
    assert (part["status"], part["acceptedOn"], part["nextNotificationDue"]) == (
        "ACTIVE",
        "2025-06-14",
        "2026-07-14",
    )
    assert (part["manager"], part["statusReason"]) == ({"key": M3}, "Review passed")
    assert [each["dueOn"] for each in part["notifications"]] == ["2026-07-14"]
    assert [change["kind"] for change in answer["changes"]] == [
        "ANNUAL_NOTIFICATION_RECORDED",
        "ISA_STATUS_CHANGED",
        "MANAGER_ASSIGNED",
    ]


async def test_a_participant_leaves(quay: Graph, give: Give, refuse: Refuse) -> None:
    part = await turned(give, await applied(give, A1, N1), "ACTIVE", on="2025-06-14")
    part = await turned(give, part, "SUSPENDED")
    part = await turned(give, part, "ACTIVE")

    part = await turned(give, part, "REMOVED", reason="No notification")

    assert (part["status"], part["endedOn"]) == ("REMOVED", TODAY.isoformat())
    assert (part["nextNotificationDue"], part["statusReason"]) == (None, "No notification")
    assert part["importerNumbers"]["nodes"] == []
    wrong = [("INVALID_STATE", "input.status")]
    await refuse("changeIsaStatus", wrong, id=part["id"], status="ACTIVE")


TURNS: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": A2}, [("WRONG_KIND", "id")]),
    ({"id": gid("IsaParticipation:I-0")}, [("NOT_FOUND", "id")]),
    ({"status": "SUSPENDED", "managerId": None}, [("INVALID_STATE", "status")]),
    ({"status": "APPLICANT", "managerId": None}, [("INVALID_STATE", "status")]),
    ({"managerId": None}, [("ISA_NEEDS_MANAGER", "managerId")]),
    ({"managerId": A2}, [("WRONG_KIND", "managerId")]),
    ({"managerId": gid("AccountManager:M-0")}, [("NOT_FOUND", "managerId")]),
    ({"managerId": gid("AccountManager:M-9")}, [("MANAGER_INACTIVE", "managerId")]),
    ({"status": "WITHDRAWN"}, [("INVALID_STATE", "managerId")]),
    ({"on": LATER}, [("OUT_OF_RANGE", "on")]),
    ({"on": "2025-01-09"}, [("INTERVAL_CONFLICT", "on")]),
    ({"expectedVersion": 4}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"status": "SUSPENDED", "on": "2025-01-09", "expectedVersion": 4, "managerId": None},
        [
            ("INVALID_STATE", "status"),
            ("INTERVAL_CONFLICT", "on"),
            ("VERSION_CONFLICT", "expectedVersion"),
        ],
    ),
]


@pytest.mark.parametrize(("more", "wrong"), TURNS)
async def test_a_bad_status_is_refused(
    quay: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    part = await applied(give)

    told = [(code, f"input.{path}") for code, path in wrong]
    good = {"id": part["id"], "status": "ACTIVE", "managerId": M3}
    await refuse("changeIsaStatus", told, **{**good, **more})


async def test_a_covered_number_belongs_to_the_account(
    quay: Graph, give: Give, refuse: Refuse
) -> None:
    part = await applied(give, A1, N1)
    await quay.schema(
        "MATCH (:ImporterNumber {key: 'ImporterNumber:N-1'})-[c:IDENTIFIES]->()"
        " SET c.validTo = date('2025-02-01')"
    )

    wrong = [("NUMBER_NOT_IN_ACCOUNT", "input.id")]
    await refuse("changeIsaStatus", wrong, id=part["id"], status="ACTIVE")


async def test_racing_admissions_and_endings_never_leave_a_participant_alone(
    quay: Graph, give: Give
) -> None:
    parts = [await applied(give, A1, N1), await applied(give)]

    async def race(number: int) -> None:
        for turn in range(10):
            part = parts[(number + turn) % 2]
            if (number * 3 + turn) % 3:
                status = ("ACTIVE", "SUSPENDED")[(number + turn // 2) % 2]
                more = {"managerId": M3} if status == "ACTIVE" and turn % 2 else {}
                await give("changeIsaStatus", "", id=part["id"], status=status, **more)
                continue
            found = await quay.schema(
                "MATCH (:Account)-[c:MANAGED_BY {role: 'PRIMARY'}]->() WHERE c.recordedTo.year ="
                " 9999 AND c.validTo.year = 9999 RETURN c.id AS id"
            )
            for row in found:
                await give("endRelationship", "", id=gid(f"Relationship:{row['id']}"))

    await asyncio.gather(*(race(number) for number in range(16)))

    alone = await quay.schema(
        "MATCH (a:Account)-[:PARTICIPATES_IN]->(:IsaParticipation {status: 'ACTIVE'})"
        " WHERE 1 <> COUNT { (a)-[c:MANAGED_BY {role: 'PRIMARY'}]->() WHERE c.recordedTo.year ="
        " 9999 AND c.validFrom <= date() AND date() < c.validTo } RETURN a.key AS key"
    )
    assert alone == []


async def member(give: Give) -> dict[str, Any]:
    """An active participant, notification due 2026-07-14."""
    return await turned(give, await applied(give), "ACTIVE", managerId=M3, on="2025-06-14")


async def test_a_notification_is_received_and_reviewed(quay: Graph, give: Give) -> None:
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


NOTICES: list[tuple[dict[str, object], list[Wrong]]] = [
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


@pytest.mark.parametrize(("more", "wrong"), NOTICES)
async def test_a_bad_notification_is_refused(
    quay: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    part = await member(give)

    told = [(code, f"input.{path}") for code, path in wrong]
    good = {"participationId": part["id"], "dueOn": "2026-07-14", "receivedOn": "2026-07-20"}
    await refuse("recordAnnualNotification", told, **{**good, **more})


async def test_nothing_is_no_notification(quay: Graph, give: Give, refuse: Refuse) -> None:
    part = await member(give)
    wanted = {"participationId": part["id"], "dueOn": "2026-07-14"}
    await refuse("recordAnnualNotification", [("REQUIRED", "input.receivedOn")], **wanted)
    await turned(give, part, "WITHDRAWN")

    wrong = [("INVALID_STATE", "input.participationId")]
    await refuse("recordAnnualNotification", wrong, receivedOn="2026-07-20", **wanted)


async def test_a_repeat_is_recorded_once(quay: Graph, give: Give) -> None:
    part = await member(give)
    wanted = {"participationId": part["id"], "dueOn": "2026-07-14", "receivedOn": "2026-07-20"}

    first, again = [
        await give("recordAnnualNotification", SELECTED, idempotencyKey="K", **wanted)
        for _ in range(2)
    ]

    assert again == {**first, "replayed": True}
