"""Risk segments defined: in force from their day on, and what was in force before stays."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.load.write import write
from graph.reference.install import install
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, gid
from tests.days import today, tomorrow
from tests.resolvers.conftest import Ask

SELECTED = """segment {
  id name version precedence filter treatment validFrom validTo accounts { nodes { name } }
} moved"""
GOOD = {
    "name": "Nationals",
    "filter": {"national": True},
    "precedence": 2,
    "treatment": "Two reviews a year",
}
OTHERS = {"name": "Others", "filter": {}, "precedence": 9, "treatment": "Standard care"}
IN_FORCE = "{ riskSegments(moment: %s) { name version } }"


@pytest.fixture
async def quay(harbor: Graph) -> Graph:
    """The harbor with the reference data, an account of no manager, and one with a flaw."""
    await install(harbor, worlds.RECORDED)
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Quay Goods"),
        worlds.account("A-3", "Pier Goods", national=True),
        worlds.manager("M-3", "T. Cedar"),
        worlds.claim("AccountManager:M-3", "MEMBER_OF", "Center:CEE001"),
        worlds.claim("Account:A-3", "MANAGED_BY", "AccountManager:M-3", role="PRIMARY"),
        worlds.claim("Account:A-3", "ASSIGNED_TO", "Center:CEE004", basis="HIGHEST_VALUE"),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def defined(give: Give, **more: object) -> dict[str, Any]:
    """A segment just defined, with how many it moved."""
    answer = await give("defineRiskSegment", SELECTED, **{**GOOD, **more})
    assert answer["userErrors"] == []
    return {**answer["segment"], "moved": answer["moved"]}


async def in_force(ask: Ask, moment: str = "{}") -> list[tuple[str, int]]:
    """The segments in force at a moment."""
    found = await ask(IN_FORCE % moment)
    return [(each["name"], each["version"]) for each in found["riskSegments"]]


async def test_a_segment_is_defined_and_has_its_accounts(quay: Graph, give: Give) -> None:
    answer = await give("defineRiskSegment", SELECTED, **GOOD, reason="Policy")

    assert answer["userErrors"] == []
    segment = answer["segment"]
    assert segment == {
        "id": segment["id"],
        "name": "Nationals",
        "version": 1,
        "precedence": 2,
        "filter": {"national": True},
        "treatment": "Two reviews a year",
        "validFrom": today().isoformat(),
        "validTo": None,
        "accounts": {"nodes": [{"name": "Harbor Textiles"}, {"name": "Pier Goods"}]},
    }
    assert answer["moved"] == 2
    [change] = answer["changes"]
    assert (change["kind"], change["reason"]) == ("RISK_RULES_PUBLISHED", "Policy")
    told_ = {each["property"]: each["after"] for each in change["properties"]}
    assert json.loads(told_["filter"]) == {"national": True}


async def test_only_who_changes_segment_has_moved(quay: Graph, give: Give) -> None:
    assert (await defined(give, **OTHERS))["moved"] == 3
    assert (await defined(give))["moved"] == 2
    both = {"anyOf": [{"national": True}, {"nameContains": "quay"}]}
    assert (await defined(give, filter=both))["moved"] == 1
    assert (await defined(give, filter={"hasPrimaryManager": True}))["moved"] == 1
    assert (await defined(give, precedence=10))["moved"] == 2


async def test_a_new_version_takes_over_and_the_old_one_stays_at_its_moment(
    quay: Graph, give: Give, ask: Ask
) -> None:
    await quay.schema(
        "CREATE (:RiskSegment {key: 'RiskSegment:nationals.1', id: 'nationals.1', version: 1,"
        " name: 'Nationals', number: 1, precedence: 1, filter: '{}', treatment: 'Care',"
        " validFrom: date('2020-01-01'), recordedAt: datetime('2021-01-01T00:00:00Z')})"
    )
    before = datetime.now(UTC)
    await asyncio.sleep(0.01)

    second = await defined(give, name="NATIONALS", expectedVersion=1)

    assert (second["version"], second["id"]) == (2, gid("RiskSegment:nationals.2"))
    known = f'knownAt: "{before.isoformat()}"'
    assert await in_force(ask) == [("NATIONALS", 2)]
    yesterday = (today() - timedelta(1)).isoformat()
    assert await in_force(ask, f'{{asOf: "{yesterday}"}}') == [("Nationals", 1)]
    assert await in_force(ask, f"{{{known}}}") == [("Nationals", 1)]
    document = "query ($id: ID!) { node(id: $id) { ... on RiskSegment { validTo filter } } }"
    old = await ask(document, id=gid("RiskSegment:nationals.1"))
    assert old["node"] == {"validTo": today().isoformat(), "filter": {}}


async def test_a_segment_may_come_into_force_later(quay: Graph, give: Give, ask: Ask) -> None:
    await defined(give)

    later = await defined(give, filter={}, validFrom=tomorrow().isoformat())

    assert (later["version"], later["moved"]) == (2, 0)
    assert await in_force(ask) == [("Nationals", 1)]
    assert await in_force(ask, f'{{asOf: "{tomorrow().isoformat()}"}}') == [("Nationals", 2)]


async def test_a_rule_may_rest_on_warnings_risk_and_days(quay: Graph, give: Give, ask: Ask) -> None:
    rule = {"warnings": ["CENTER_MISMATCH"]}
    mixed = await defined(give, filter=rule, precedence=1)
    assert mixed["accounts"]["nodes"] == [{"name": "Pier Goods"}]
    old = {"opened": {"to": "2021-01-01"}, "not": {"minRisk": 0.5}, "minEnteredValue": "0"}
    rest = await defined(give, name="Rest", filter=old)
    assert [each["name"] for each in rest["accounts"]["nodes"]] == ["Harbor Textiles", "Quay Goods"]

    document = """query ($in: [ID!]) { accounts(filter: {segmentIds: $in}) {
      nodes { name segment { name } } } }"""
    found = await ask(document, **{"in": [mixed["id"]]})
    assert found["accounts"]["nodes"] == [{"name": "Pier Goods", "segment": {"name": "Nationals"}}]


WORDS = {"anyOf": [{"nameContains": f"n{place}", "national": True} for place in range(9)]}
DEFINITIONS: list[Case] = [
    ({"name": " "}, [("REQUIRED", "name")]),
    ({"name": "x" * 201}, [("OUT_OF_RANGE", "name")]),
    ({"treatment": ""}, [("REQUIRED", "treatment")]),
    ({"treatment": "Ask 219-09-9999"}, [("INVALID_FORMAT", "treatment")]),
    ({"filter": {"nameContains": "219-09-9999"}}, [("INVALID_FORMAT", "filter.nameContains")]),
    (
        {"filter": {"not": {"nameContains": "of 219099999"}}},
        [("INVALID_FORMAT", "filter.nameContains")],
    ),
    ({"filter": {"brokerId": gid("Account:219-09-9999")}}, [("INVALID_FORMAT", "filter")]),
    ({"precedence": 0}, [("OUT_OF_RANGE", "precedence")]),
    ({"precedence": 1001}, [("OUT_OF_RANGE", "precedence")]),
    ({"validFrom": (today() - timedelta(1)).isoformat()}, [("OUT_OF_RANGE", "validFrom")]),
    (
        {"filter": {"segmentIds": [gid("RiskSegment:x.1")]}},
        [("INVALID_STATE", "filter.segmentIds")],
    ),
    (
        {"filter": {"anyOf": [{"not": {"segmentIds": [gid("RiskSegment:x.1")]}}]}},
        [("INVALID_STATE", "filter.segmentIds")],
    ),
    ({"filter": {"centers": ["Nowhere"]}}, [("INVALID_FORMAT", "filter.centers")]),
    ({"filter": {"centers": []}}, [("INVALID_FORMAT", "filter.centers")]),
    ({"filter": {"managerIds": [gid("Party:P-1")]}}, [("INVALID_FORMAT", "filter.managerIds")]),
    ({"filter": {"chapters": ["6"]}}, [("INVALID_FORMAT", "filter.chapters")]),
    ({"filter": {"not": {"origins": ["vn"]}}}, [("INVALID_FORMAT", "filter.not.origins")]),
    ({"filter": {"flagKinds": ["RUDENESS"]}}, [("NOT_FOUND", "filter.flagKinds.0")]),
    (
        {"filter": {"not": {"anyOf": [{"flagKinds": ["PENALTY", "RUDENESS"]}]}}},
        [("NOT_FOUND", "filter.not.anyOf.0.flagKinds.1")],
    ),
    ({"filter": WORDS}, [("INVALID_FORMAT", "filter")]),
    ({"filter": {"national": None}}, [("INVALID_FORMAT", "filter.national")]),
    ({"expectedVersion": 1}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"name": "", "treatment": "", "precedence": 0, "filter": {"chapters": []}},
        [
            ("REQUIRED", "name"),
            ("REQUIRED", "treatment"),
            ("OUT_OF_RANGE", "precedence"),
            ("INVALID_FORMAT", "filter.chapters"),
        ],
    ),
]


@cases("defineRiskSegment", DEFINITIONS)
async def test_a_bad_definition_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[tuple[str, str]]
) -> None:
    await refuse("defineRiskSegment", told(wrong), **{**GOOD, **more})


async def test_no_version_comes_before_one_that_is_published(
    quay: Graph, give: Give, refuse: Refuse
) -> None:
    await defined(give, validFrom=tomorrow().isoformat())

    await refuse("defineRiskSegment", [("INTERVAL_CONFLICT", "input.validFrom")], **GOOD)


async def test_racers_define_one_segment(quay: Graph, give: Give, ask: Ask) -> None:
    answers = await asyncio.gather(*(give("defineRiskSegment", SELECTED, **GOOD) for _ in range(8)))

    assert sorted(answer["segment"]["version"] for answer in answers) == list(range(1, 9))
    assert await in_force(ask) == [("Nationals", 8)]


async def test_a_repeat_defines_once(quay: Graph, give: Give) -> None:
    first, again = [
        await give("defineRiskSegment", "segment { id } moved", **GOOD, idempotencyKey="K")
        for _ in range(2)
    ]

    assert again == {**first, "replayed": True}
    assert first["moved"] == 2
