"""ISA: applications, and the life of a participation."""

import asyncio

from graph.session import Graph
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.commands.participating import A1, A2, M3, N1, N3, SELECTED, applied, turned
from tests.days import LATER, today
from tests.resolvers.conftest import Ask


async def test_an_importer_applies(pier: Graph, give: Give) -> None:
    answer = await give(
        "applyForIsa", SELECTED, accountId=A2, importerNumberIds=[N3], reason="Letter"
    )

    assert answer["userErrors"] == []
    part = answer["participation"]
    assert (part["status"], part["appliedOn"], part["account"]) == (
        "APPLICANT",
        today().isoformat(),
        {"key": A2},
    )
    assert part["importerNumbers"]["nodes"] == [{"key": N3}]
    first = answer["changes"][0]
    assert (first["kind"], first["reason"], first["account"]) == (
        "ISA_STATUS_CHANGED",
        "Letter",
        {"key": A2},
    )


APPLICATIONS: list[Case] = [
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
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"appliedOn": "2019-12-31"},
        [("INTERVAL_CONFLICT", "appliedOn"), ("NUMBER_NOT_IN_ACCOUNT", "importerNumberIds.0")],
    ),
]


@cases("applyForIsa", APPLICATIONS)
async def test_a_bad_application_is_refused(
    pier: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("applyForIsa", told(wrong), **{"accountId": A2, "importerNumberIds": [N3], **more})


async def test_an_account_applies_once(pier: Graph, give: Give) -> None:
    answers = await asyncio.gather(
        *(give("applyForIsa", "", accountId=A2, importerNumberIds=[N3]) for _ in range(16))
    )

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["ALREADY_EXISTS"]] * 15


async def test_an_applicant_is_accepted_and_admitted_with_a_manager(
    pier: Graph, give: Give
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


async def test_a_participant_leaves(pier: Graph, give: Give, refuse: Refuse) -> None:
    part = await turned(give, await applied(give, A1, N1), "ACTIVE", on="2025-06-14")
    part = await turned(give, part, "SUSPENDED")
    part = await turned(give, part, "ACTIVE")

    part = await turned(give, part, "REMOVED", reason="No notification")

    assert (part["status"], part["endedOn"]) == ("REMOVED", today().isoformat())
    assert (part["nextNotificationDue"], part["statusReason"]) == (None, "No notification")
    assert part["importerNumbers"]["nodes"] == []
    wrong = [("INVALID_STATE", "input.status")]
    await refuse("changeIsaStatus", wrong, id=part["id"], status="ACTIVE")


async def test_one_that_waits_until_it_withdraws_reads_as_waiting_on_the_days_between(
    pier: Graph, give: Give, ask: Ask
) -> None:
    part = await applied(give, A2, N3)
    part = await turned(give, part, "ACCEPTED_PENDING_MANAGER", on="2025-06-14")
    await turned(give, part, "WITHDRAWN", on="2025-09-01")
    told = "query ($id: ID!, $day: Date!) { account(by: {id: $id}, moment: {asOf: $day}) {"
    told += " isaParticipation { status pendingSince } } }"

    read = [
        (await ask(told, id=A2, day=day))["account"]["isaParticipation"]
        for day in ("2025-06-13", "2025-06-14", "2025-08-31", "2025-09-01")
    ]

    waiting = {"status": "ACCEPTED_PENDING_MANAGER", "pendingSince": "2025-06-14"}
    assert read == [
        {"status": "APPLICANT", "pendingSince": None},
        waiting,
        waiting,
        {"status": "WITHDRAWN", "pendingSince": None},
    ]


TURNS: list[Case] = [
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
    (
        {"on": LATER, "managerId": None, "expectedVersion": 4},
        [
            ("OUT_OF_RANGE", "on"),
            ("ISA_NEEDS_MANAGER", "managerId"),
            ("VERSION_CONFLICT", "expectedVersion"),
        ],
    ),
]


@cases("changeIsaStatus", TURNS)
async def test_a_bad_status_is_refused(
    pier: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    part = await applied(give)

    good = {"id": part["id"], "status": "ACTIVE", "managerId": M3}
    await refuse("changeIsaStatus", told(wrong), **{**good, **more})


async def test_a_covered_number_belongs_to_the_account(
    pier: Graph, give: Give, refuse: Refuse
) -> None:
    part = await applied(give, A1, N1)
    await pier.schema(
        "MATCH (:ImporterNumber {key: 'ImporterNumber:N-1'})-[c:IDENTIFIES]->()"
        " SET c.validTo = date('2025-02-01')"
    )

    wrong = [("NUMBER_NOT_IN_ACCOUNT", "input.id")]
    await refuse("changeIsaStatus", wrong, id=part["id"], status="ACTIVE")


async def test_racing_admissions_and_endings_never_leave_a_participant_alone(
    pier: Graph, give: Give
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
            found = await pier.schema(
                "MATCH (:Account)-[c:MANAGED_BY {role: 'PRIMARY'}]->() WHERE c.recordedTo.year ="
                " 9999 AND c.validTo.year = 9999 RETURN c.id AS id"
            )
            for row in found:
                await give("endRelationship", "", id=gid(f"Relationship:{row['id']}"))

    await asyncio.gather(*(race(number) for number in range(16)))

    alone = await pier.schema(
        "MATCH (a:Account)-[:PARTICIPATES_IN]->(:IsaParticipation {status: 'ACTIVE'})"
        " WHERE 1 <> COUNT { (a)-[c:MANAGED_BY {role: 'PRIMARY'}]->() WHERE c.recordedTo.year ="
        " 9999 AND c.validFrom <= date() AND date() < c.validTo } RETURN a.key AS key"
    )
    assert alone == []
