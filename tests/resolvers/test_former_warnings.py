"""Warnings as they were known: what they rest on may have been corrected since."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.test_segments import segment
from tests.resolvers.workloads import thing
from tests.worlds import claim

LATER = datetime(2024, 3, 1, tzinfo=UTC)
THEN = {"asOf": "2024-02-01", "knownAt": "2024-02-20T00:00:00Z"}
NOW = {"asOf": "2024-02-01"}
MONTH, ACCEPTED = date(2023, 6, 1), date(2023, 9, 1)
PENDING: dict[str, Any] = {"status": "ACCEPTED_PENDING_MANAGER", "pendingSince": ACCEPTED}
DOCUMENT = """
  query ($id: ID!, $filter: AccountFilter, $m: MomentInput) {
    account(by: {id: $id}, moment: $m) { warnings { code message } segment { name } }
    accounts(filter: $filter, moment: $m) { totalCount { value } nodes { key } }
  }
"""


def figures(**more: Any) -> worlds.NodeRow:
    said = {"month": MONTH, "chapter": "84", "lines": 20, "filerCode": "XYZ", **more}
    return thing("PerformancePeriod", "G-1", **said)


def world(key: IdentifierKey) -> list[worlds.Row]:
    """
    12-3456789AB (inactive) and 12-3456789AC identify A-1 at CEE004; ...AC succeeds 98-7654321AB
    98-7654321AB has a penalty; A-1 waits in ISA, and imports machines of CEE010 through XYZ
    """
    account = "Account:A-1"
    return [
        worlds.center("CEE004", "Apparel"),
        worlds.center("CEE010", "Machinery"),
        worlds.account("A-1", "Harbor Textiles"),
        worlds.account("A-9", "Gannet Row Brokerage", "Broker"),
        worlds.code("XYZ"),
        worlds.number(key, "N-1", "12-3456789AB", "INACTIVE"),
        worlds.number(key, "N-2", "12-3456789AC"),
        worlds.number(key, "N-3", "98-7654321AB"),
        thing("HtsChapter", "84", code="84", title="Machines"),
        thing("IsaParticipation", "P-1", appliedOn=MONTH, acceptedOn=ACCEPTED, **PENDING),
        thing("RiskFlag", "F-1", kind="PENALTY", severity=0.5, raisedOn=date(2020, 1, 1)),
        figures(),
        segment("Machines", 1, {"chapters": ["84"]}),
        claim("HtsChapter:84", "SCOPE_OF", "Center:CEE010", precedence=5),
        claim(account, "ASSIGNED_TO", "Center:CEE004", basis="APPEAL"),
        claim(account, "PARTICIPATES_IN", "IsaParticipation:P-1", MONTH),
        claim("PerformancePeriod:G-1", "MEASURES", account, MONTH),
        claim("FilerCode:XYZ", "IDENTIFIES", "Account:A-9"),
        claim("RiskFlag:F-1", "FLAGS", "ImporterNumber:N-3"),
        claim("ImporterNumber:N-2", "SUCCESSOR_OF", "ImporterNumber:N-3"),
        *(claim(f"ImporterNumber:N-{n}", "IDENTIFIES", account) for n in (1, 2)),
    ]


CORRECTED = {
    "NUMBER_NOT_ACTIVE": thing("ImporterNumber", "N-1", status="ACTIVE"),
    "ISA_PENDING_MANAGER": thing(
        "IsaParticipation", "P-1", status="ACTIVE", acceptedOn=ACCEPTED, pendingSince=None
    ),
    "NUMBER_SUCCESSION": thing("RiskFlag", "F-1", kind="IPR"),
    "CENTER_NOT_PREDOMINANT": figures(lines=0),
    "NO_POWER_OF_ATTORNEY": figures(filerCode=None),
}


@pytest.mark.parametrize("code", CORRECTED)
async def test_a_warning_rests_on_what_was_said_then(
    graph: Graph, ask: Ask, key: IdentifierKey, code: str
) -> None:
    assert (await write(graph, world(key), at=worlds.RECORDED)).refused == []
    asked = {"id": ids.encode("Account:A-1"), "filter": {"warnings": [code]}}
    before = await ask(DOCUMENT, **asked, m=THEN)

    assert (await write(graph, [CORRECTED[code]], at=LATER)).refused == []
    then, now = await ask(DOCUMENT, **asked, m=THEN), await ask(DOCUMENT, **asked, m=NOW)

    assert then == before
    assert code in [each["code"] for each in then["account"]["warnings"]]
    assert then["accounts"] == {"totalCount": {"value": 1}, "nodes": [{"key": asked["id"]}]}
    assert code not in [each["code"] for each in now["account"]["warnings"]]
    assert now["accounts"]["nodes"] == []


async def test_one_that_ended_while_it_waited_is_warned_of_on_the_days_before(
    graph: Graph, ask: Ask, key: IdentifierKey
) -> None:
    over = thing("IsaParticipation", "P-1", status="WITHDRAWN", endedOn=date(2024, 2, 1))
    assert (await write(graph, world(key), at=worlds.RECORDED)).refused == []
    assert (await write(graph, [over], at=LATER)).refused == []
    asked = {"id": ids.encode("Account:A-1"), "filter": {"warnings": ["ISA_PENDING_MANAGER"]}}

    told = []
    for day in ("2023-09-30", "2023-10-01", "2024-01-31", "2024-02-01"):
        found = await ask(DOCUMENT, **asked, m={"asOf": day})
        codes = [each["code"] for each in found["account"]["warnings"]]
        told.append(("ISA_PENDING_MANAGER" in codes, len(found["accounts"]["nodes"])))

    assert told == [(False, 0), (True, 1), (True, 1), (False, 0)]


async def test_a_segment_goes_by_the_chapters_filed_then(
    graph: Graph, ask: Ask, key: IdentifierKey
) -> None:
    assert (await write(graph, world(key), at=worlds.RECORDED)).refused == []
    assert (await write(graph, [figures(chapter="61")], at=LATER)).refused == []

    told = [
        (await ask(DOCUMENT, id=ids.encode("Account:A-1"), m=moment))["account"]["segment"]
        for moment in (THEN, NOW)
    ]

    assert told == [{"name": "Machines"}, None]
