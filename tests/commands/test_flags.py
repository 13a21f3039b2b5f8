"""Risk flags raised and resolved."""

import asyncio
from typing import Any

import pytest

from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases
from tests.commands.conftest import Give, Refuse, Wrong, gid, term
from tests.days import LATER, today
from tests.resolvers.conftest import Ask

SELECTED = """flag {
  id kind { code } severity raisedOn resolvedOn resolution note version subject { key }
  evidence { name reference } priorityTradeIssues { code }
}"""
FINDING = {
    "subjectId": gid("Account:A-1"),
    "kind": "PENALTY",
    "severity": 0.8,
    "raisedOn": "2024-05-02",
    "evidence": [{"name": "EAPA notice", "reference": "Case 0000"}],
    "priorityTradeIssues": ["AD_CVD"],
    "note": "Interim measures",
}


@pytest.fixture
async def port(harbor: Graph) -> Graph:
    """The harbor, with the words that flags need."""
    words = [term("RISK_FLAG_KIND", "PENALTY"), term("PRIORITY_TRADE_ISSUE", "AD_CVD")]
    await write(harbor, words, at=worlds.RECORDED)
    return harbor


async def raised(give: Give, **more: object) -> dict[str, Any]:
    """A flag just raised."""
    answer = await give("raiseRiskFlag", SELECTED, flag={**FINDING, **more})
    assert answer["userErrors"] == []
    flag: dict[str, Any] = answer["flag"]
    return flag


async def test_a_flag_is_raised_with_its_evidence(port: Graph, give: Give) -> None:
    answer = await give("raiseRiskFlag", SELECTED, flag=FINDING, reason="Audit")

    assert answer["userErrors"] == []
    flag = answer["flag"]
    assert flag == {
        "id": flag["id"],
        "kind": {"code": "PENALTY"},
        "severity": 0.8,
        "raisedOn": "2024-05-02",
        "resolvedOn": None,
        "resolution": None,
        "note": "Interim measures",
        "version": 1,
        "subject": {"key": gid("Account:A-1")},
        "evidence": FINDING["evidence"],
        "priorityTradeIssues": [{"code": "AD_CVD"}],
    }
    first = answer["changes"][0]
    assert (first["kind"], first["actor"], first["reason"]) == (
        "RISK_FLAG_RAISED",
        "Development viewer",
        "Audit",
    )
    assert first["account"] == {"key": gid("Account:A-1")}
    told = {each["property"]: each["after"] for each in first["properties"]}
    assert (told["kind"], told["severity"], told["raisedOn"]) == ("PENALTY", "0.8", "2024-05-02")


async def test_what_is_left_out_has_a_usual_value(port: Graph, give: Give) -> None:
    answer = await give(
        "raiseRiskFlag",
        SELECTED,
        flag={k: FINDING[k] for k in ("subjectId", "kind", "evidence")},
    )

    assert (answer["flag"]["severity"], answer["flag"]["raisedOn"]) == (0.4, today().isoformat())


BAD: list[Case] = [
    ({"subjectId": "nonsense"}, [("INVALID_FORMAT", "subjectId")]),
    ({"subjectId": gid("Center:CEE004")}, [("WRONG_KIND", "subjectId")]),
    ({"subjectId": gid("Party:NOBODY")}, [("NOT_FOUND", "subjectId")]),
    ({"kind": "RUDENESS"}, [("NOT_FOUND", "kind")]),
    ({"raisedOn": LATER}, [("OUT_OF_RANGE", "raisedOn")]),
    ({"evidence": []}, [("REQUIRED", "evidence")]),
    ({"evidence": [{"name": "A"}, {"name": ""}]}, [("REQUIRED", "evidence.1.name")]),
    ({"priorityTradeIssues": ["AD_CVD", "MANNERS"]}, [("NOT_FOUND", "priorityTradeIssues.1")]),
    ({"note": "x" * 4001}, [("OUT_OF_RANGE", "note")]),
    ({"note": "Number 219-09-9999"}, [("INVALID_FORMAT", "note")]),
    (
        {"subjectId": "nonsense", "kind": "RUDENESS", "evidence": None},
        [("INVALID_FORMAT", "subjectId"), ("NOT_FOUND", "kind"), ("REQUIRED", "evidence")],
    ),
]


@cases("raiseRiskFlag", BAD)
async def test_a_bad_flag_is_refused(
    port: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    below = [(code, f"input.flag.{path}") for code, path in wrong]
    await refuse("raiseRiskFlag", below, flag={**FINDING, **more})


async def test_a_new_flag_has_no_version_to_expect(port: Graph, refuse: Refuse) -> None:
    wrong = [("VERSION_CONFLICT", "input.expectedVersion")]
    await refuse("raiseRiskFlag", wrong, flag=FINDING, expectedVersion=3)


async def test_a_repeat_raises_no_second_flag(port: Graph, give: Give) -> None:
    first, again = [
        await give("raiseRiskFlag", SELECTED, flag=FINDING, idempotencyKey="K-1") for _ in range(2)
    ]

    assert again == {**first, "replayed": True}


async def test_a_flag_is_resolved(port: Graph, give: Give, ask: Ask) -> None:
    flag = await raised(give)

    answer = await give(
        "resolveRiskFlag",
        SELECTED,
        id=flag["id"],
        resolution="Explained",
        on="2025-01-15",
        reason="Closed",
        expectedVersion=1,
    )

    assert answer["userErrors"] == []
    resolved = answer["flag"]
    changed = {"resolvedOn": "2025-01-15", "resolution": "Explained", "version": 2}
    assert resolved == {**flag, **changed}
    [change] = answer["changes"]
    assert (change["kind"], change["reason"]) == ("RISK_FLAG_RESOLVED", "Closed")
    assert change["properties"] == [
        {"property": "resolution", "before": None, "after": "Explained"},
        {"property": "resolvedOn", "before": None, "after": "2025-01-15"},
    ]
    document = "query ($id: ID!) { account(by: {id: $id}) { flags { id } } }"
    assert (await ask(document, id=gid("Account:A-1")))["account"] == {"flags": []}


ENDS: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "input.id")]),
    ({"id": gid("Account:A-1")}, [("WRONG_KIND", "input.id")]),
    ({"id": gid("RiskFlag:F-0")}, [("NOT_FOUND", "input.id")]),
    ({"resolution": " "}, [("REQUIRED", "input.resolution")]),
    ({"on": "2024-05-02"}, [("INTERVAL_CONFLICT", "input.on")]),
    ({"on": LATER}, [("OUT_OF_RANGE", "input.on")]),
    ({"cancel": True}, [("INVALID_FORMAT", "input.cancel")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "input.expectedVersion")]),
    (
        {"resolution": "", "on": "2024-05-01", "expectedVersion": 9},
        [
            ("REQUIRED", "input.resolution"),
            ("INTERVAL_CONFLICT", "input.on"),
            ("VERSION_CONFLICT", "input.expectedVersion"),
        ],
    ),
]


@cases("resolveRiskFlag", ENDS)
async def test_a_bad_resolution_is_refused(
    port: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    flag = await raised(give)

    await refuse("resolveRiskFlag", wrong, **{"id": flag["id"], "resolution": "Done", **more})


async def test_a_flag_is_resolved_once(port: Graph, give: Give) -> None:
    flag = await raised(give)

    answers = await asyncio.gather(
        *(give("resolveRiskFlag", "", id=flag["id"], resolution=f"{n}") for n in range(16))
    )

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["INVALID_STATE"]] * 15
