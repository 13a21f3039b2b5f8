"""Writes of assignments, staff, ownership and issues, within the bounds of a role."""

from typing import Any

import pytest

from graph.load.write import write
from graph.policy import Viewer
from graph.roles import Role
from graph.session import Graph
from tests import worlds
from tests.reach.conftest import DIRECTOR, MANAGER, Ask, member
from tests.reach.random_world import RECORDED, thing
from tests.reach.writing import SOURCE, Writer, accounts, claimed, id_
from tests.worlds import claim

SPECIALIST = member("S-1", Role.SPECIALIST)
ANALYST = member("analyst", Role.HQ_ANALYST)
ENTRY, IMPORT = "ENTRY_SPECIALIST", "IMPORT_SPECIALIST"
PLACE = {"center": "CEE001", "basis": "BUSINESS_PRACTICE"}


@pytest.fixture
async def writer(centers: Graph, ask: Ask) -> Writer:
    """
    S-1, of entry at CEE001, serves A-1; S-2 is at CEE002; I-2, which entry leads, concerns A-2;
    I-4, which import leads, concerns A-1; O-2, which holds nothing, owns half of O-1 and of O-4
    """
    rows: list[worlds.Row] = [
        *(thing("Discipline", code, code=code, name=code.title()) for code in (ENTRY, IMPORT)),
        *(thing("Specialist", s, name=f"Specialist {s}", active=True) for s in ("S-1", "S-2")),
        *(worlds.organization(o, f"Mill {o}") for o in ("O-2", "O-4")),
        worlds.owns("Party:O-2", "Party:O-1", 50),
        worlds.owns("Party:O-2", "Party:O-4", 50),
        claim("Specialist:S-1", "MEMBER_OF", "Center:CEE001"),
        claim("Specialist:S-2", "MEMBER_OF", "Center:CEE002"),
        claim("Specialist:S-1", "PRACTISES", f"Discipline:{ENTRY}"),
        claim("Specialist:S-1", "SERVES", "Account:A-1"),
    ]
    for issue, account, lead in (("I-2", "A-2", ENTRY), ("I-4", "A-1", IMPORT)):
        rows += [
            thing("Issue", issue, purpose="ADVICE", title=f"Mill {issue}", status="OPEN",
                  openedOn=worlds.SINCE),
            claim(f"Issue:{issue}", "CONCERNS", f"Account:{account}"),
            claim(f"Issue:{issue}", "HANDLED_BY", f"Discipline:{lead}", part="LEAD"),
        ]  # fmt: skip
    outcome = await write(centers, rows, at=RECORDED)
    assert outcome.refused == []
    return Writer(centers, ask)


def manager(id: str, *given: str) -> dict[str, Any]:
    return {"accountIds": accounts(*given), "managerId": id_(f"AccountManager:{id}")}


def specialist(id: str, *given: str) -> dict[str, Any]:
    return {"accountIds": accounts(*given), "specialistId": id_(f"Specialist:{id}")}


def center(given: str, **where: str) -> dict[str, Any]:
    return {"accountIds": accounts(given), **where}


def issue(account: str, lead: str | None = ENTRY) -> dict[str, Any]:
    given = {"accountId": id_(f"Account:{account}"), "purpose": "ADVICE", "title": "Help"}
    return given | ({"leadDiscipline": lead} if lead else {})


def done(key: str) -> dict[str, Any]:
    return {"id": id_(key), "resolution": "Done."}


M1, M2 = id_("AccountManager:M-1"), id_("AccountManager:M-2")
NEW = {"name": "Robin Alder"}
PARTY = {"kind": "ORGANIZATION", "name": "Curlew Trading"}
SEGMENT = {
    "name": "Nationals",
    "filter": {"national": True},
    "precedence": 1,
    "treatment": "Visit.",
}
Case = tuple[Viewer, str, dict[str, Any]]
ALLOWED: list[Case] = [
    (DIRECTOR, "assignManager", manager("M-1", "A-2")),
    (DIRECTOR, "assignSpecialist", specialist("S-1", "A-2")),
    (DIRECTOR, "assignCenter", center("A-2", **PLACE)),
    (DIRECTOR, "saveAccountManager", {"id": M1, **NEW}),
    (DIRECTOR, "saveAccountManager", {"center": "CEE001", **NEW}),
    (DIRECTOR, "saveSpecialist", {"center": "CEE001", "discipline": ENTRY, **NEW}),
    (MANAGER, "recordRelationships", claimed("OWNS", "Party:O-4", "Party:O-1")),
    (MANAGER, "recordRelationships", claimed("HOLDS", "Party:O-4", "ImporterNumber:N-1")),
    (DIRECTOR, "recordRelationships", claimed("HOLDS", "Party:O-4", "ImporterNumber:N-2")),
    (MANAGER, "saveParty", {"id": id_("Party:O-1"), "name": "Mill Holding B.V."}),
    (MANAGER, "saveParty", PARTY),
    (SPECIALIST, "saveIssue", issue("A-1")),
    (SPECIALIST, "saveIssue", {"id": id_("Issue:I-2"), "title": "Entry of Mill"}),
    (SPECIALIST, "resolveIssue", done("Issue:I-2")),
    (ANALYST, "defineRiskSegment", SEGMENT),
]
REFUSED: list[tuple[Viewer, str, dict[str, Any], str]] = [
    (DIRECTOR, "assignManager", manager("M-2", "A-2"), "managerId"),
    (DIRECTOR, "assignSpecialist", specialist("S-2", "A-2"), "specialistId"),
    (DIRECTOR, "assignCenter", center("A-2", **{**PLACE, "center": "CEE002"}), "center"),
    (DIRECTOR, "assignCenter", center("A-2"), "center"),
    (DIRECTOR, "saveAccountManager", {"id": M2, **NEW}, "id"),
    (DIRECTOR, "saveAccountManager", {"id": M1, "center": "CEE002"}, "center"),
    (DIRECTOR, "saveAccountManager", {"center": "CEE002", **NEW}, "center"),
    (DIRECTOR, "saveSpecialist", {"discipline": ENTRY, **NEW}, "center"),
    (MANAGER, "recordRelationships", claimed("OWNS", "Party:O-4", "Party:O-2"), "relationships.0"),
    (
        MANAGER,
        "recordRelationships",
        claimed("HOLDS", "Party:O-1", "ImporterNumber:N-2"),
        "relationships.0",
    ),
    (MANAGER, "saveParty", {"id": id_("Party:O-2"), "name": "Mill Trust"}, "id"),
    (SPECIALIST, "saveIssue", issue("A-1", IMPORT), "leadDiscipline"),
    (SPECIALIST, "saveIssue", issue("A-1", None), "leadDiscipline"),
    (SPECIALIST, "saveIssue", {"id": id_("Issue:I-4"), "title": "Import of Mill"}, "id"),
    (SPECIALIST, "resolveIssue", done("Issue:I-4"), "id"),
]
HIDDEN: list[tuple[Viewer, str, dict[str, Any], dict[str, Any]]] = [
    (DIRECTOR, "assignManager", manager("M-1", "A-3"), manager("M-1", "none")),
    (DIRECTOR, "assignSpecialist", specialist("S-1", "A-3"), specialist("S-1", "none")),
    (DIRECTOR, "assignCenter", center("A-3", **PLACE), center("none", **PLACE)),
    *(
        (
            MANAGER,
            "recordRelationships",
            claimed(type_, start, f"{kind}:{hidden}"),
            claimed(type_, start, f"{kind}:none"),
        )
        for type_, start, kind, hidden in (
            ("GRANTED_POA", "Account:A-1", "Account", "B-1"),
            ("HOLDS", "Party:O-1", "ImporterNumber", "N-3"),
            ("SUCCESSOR_OF", "ImporterNumber:N-1", "ImporterNumber", "N-3"),
        )
    ),
    (SPECIALIST, "saveIssue", issue("A-3"), issue("none")),
    (SPECIALIST, "resolveIssue", done("Issue:I-3"), done("Issue:none")),
]


def named(value: object) -> str:
    return value.id if isinstance(value, Viewer) else str(value)[:30]


@pytest.mark.parametrize(("viewer", "field", "given"), ALLOWED, ids=named)
async def test_what_is_within_bounds_is_written(
    writer: Writer, viewer: Viewer, field: str, given: dict[str, Any]
) -> None:
    assert await writer.errors(viewer, field, given) == []


@pytest.mark.parametrize(("viewer", "field", "given", "path"), REFUSED, ids=named)
async def test_what_is_seen_and_not_one_s_own_is_refused_and_nothing_is_written(
    writer: Writer, viewer: Viewer, field: str, given: dict[str, Any], path: str
) -> None:
    before = await writer.stored()

    assert await writer.errors(viewer, field, given) == [f"NOT_PERMITTED {path}"]
    assert await writer.stored() == before


@pytest.mark.parametrize(("viewer", "field", "hidden", "missing"), HIDDEN, ids=named)
async def test_what_is_hidden_is_refused_as_what_is_missing(
    writer: Writer, viewer: Viewer, field: str, hidden: dict[str, Any], missing: dict[str, Any]
) -> None:
    before = await writer.stored()

    one, other = [await writer.give(viewer, field, given) for given in (hidden, missing)]

    assert one == other  # statements too
    assert [each["code"] for each in one.data["it"]["userErrors"]] == ["NOT_FOUND"]
    assert await writer.stored() == before


OWNED = ("Party:O-2", "OWNS", "Party:O-1")
OTHERS = ("Party:O-2", "OWNS", "Party:O-4")
MANAGED = ("Account:A-1", "MANAGED_BY", "AccountManager:M-1")
PLACED = ("Account:A-2", "ASSIGNED_TO", "Center:CEE001")
SERVED = ("Specialist:S-1", "SERVES", "Account:A-1")


@pytest.mark.parametrize(
    ("viewer", "of", "errors"),
    [
        (MANAGER, OWNED, []),
        (DIRECTOR, OWNED, []),
        (MANAGER, OTHERS, ["NOT_PERMITTED id"]),
        (MANAGER, MANAGED, ["NOT_PERMITTED id"]),  # an assignment
        (DIRECTOR, MANAGED, []),
        (DIRECTOR, SERVED, []),
        (DIRECTOR, PLACED, ["NOT_PERMITTED id"]),  # a move out
    ],
    ids=named,
)
async def test_a_claim_is_ended_by_whose_accounts_it_is_of(
    writer: Writer, viewer: Viewer, of: tuple[str, str, str], errors: list[str]
) -> None:
    given = {"id": await writer.claim(*of)}

    assert await writer.errors(viewer, "endRelationship", given) == errors


@pytest.mark.parametrize(("of", "errors"), [(OWNED, []), (OTHERS, ["NOT_PERMITTED id"])])
async def test_a_claim_is_corrected_by_whose_accounts_it_is_of(
    writer: Writer, of: tuple[str, str, str], errors: list[str]
) -> None:
    half = {"share": {"min": 40, "max": 40}, "source": SOURCE}
    given = {"id": await writer.claim(*of), **half}

    assert await writer.errors(MANAGER, "correctRelationship", given) == errors


@pytest.mark.parametrize("field", ["endRelationship", "correctRelationship"])
async def test_a_claim_about_something_hidden_is_as_one_that_is_missing(
    writer: Writer, field: str
) -> None:
    more = {"source": SOURCE} if field == "correctRelationship" else {}
    hidden = await writer.claim("Account:A-1", "GRANTED_POA", "Account:B-1")

    one = await writer.give(MANAGER, field, {"id": hidden, **more})
    other = await writer.give(MANAGER, field, {"id": id_("Relationship:none"), **more})

    assert one == other
    assert [each["code"] for each in one.data["it"]["userErrors"]] == ["NOT_FOUND"]


@pytest.mark.parametrize(
    ("viewer", "field", "given"),
    [
        (SPECIALIST, "saveStrategy", {"title": "Plan", "objective": "Less"}),
        (ANALYST, "resolveRiskFlag", done("RiskFlag:F-1")),
        (MANAGER, "assignManager", manager("M-1", "A-1")),
        (MANAGER, "defineRiskSegment", SEGMENT),
        (DIRECTOR, "defineRiskSegment", SEGMENT),
    ],
    ids=named,
)
async def test_what_the_role_has_no_right_to_is_forbidden(
    writer: Writer, viewer: Viewer, field: str, given: dict[str, Any]
) -> None:
    told = await writer.give(viewer, field, given)

    assert (told.data, told.codes, told.statements) == ({"it": None}, ["FORBIDDEN"], 0)
