"""Risk under policies, moments and scenarios: what it reaches, what moves it, what is refused."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.reference.install import install
from graph.reference.policy import policy
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.risk_questions import (
    ACCOUNT,
    CUTS,
    HOLDINGS,
    IRIS,
    MILL,
    REACH,
    RISK,
    WHAT_IF,
    risk,
)


@pytest.fixture
async def risky(harbor: Graph) -> Graph:
    """harbor, whose owner Iris is listed (.9) and whose mill is under suspicion (.5)."""
    await install(harbor, worlds.RECORDED)
    rows: list[worlds.Row] = []
    for id_, kind, severity, subject in (
        ("F-1", "SANCTIONED_OWNER", 0.9, "P-1"), ("F-2", "TRANSSHIPMENT", 0.5, "O-2"),
    ):  # fmt: skip
        properties = {"kind": kind, "severity": severity, "raisedOn": date(2021, 1, 1)}
        rows.append(worlds.NodeRow("RiskFlag", id_, ("RiskFlag",), properties))
        rows.append(worlds.claim(f"RiskFlag:{id_}", "FLAGS", f"Party:{subject}"))
    assert (await write(harbor, rows, at=worlds.RECORDED)).refused == []
    harbor.statements = 0
    return harbor


async def test_risk_travels_along_its_chains(risky: Graph, ask: Ask) -> None:
    found = await risk(ask)

    assert [(c["source"]["label"], round(c["strength"], 6)) for c in found["chains"]] == [
        ("Iris Fenwick", 0.6498),  # .9 * .8 * .95 * .95
        ("Harbor Mill", 0.225625),  # .5 * .5 * .95 * .95
    ]
    first = found["chains"][0]
    assert first["flags"] == [{"kind": {"code": "SANCTIONED_OWNER"}, "severity": 0.9}]
    assert first["path"]["text"] == (
        "Iris Fenwick -[OWNS 60%]-> Harbor Holdings -[HOLDS]-> 12-3456789AB -[IDENTIFIES]->"
        " Harbor Textiles"
    )
    assert found["score"] == pytest.approx(1 - (1 - 0.6498) * (1 - 0.225625))
    assert (found["rating"], found["policy"]["version"]) == ("HIGH", "2026.1")


async def test_a_reproduction_gives_the_same_score_after_later_changes(
    risky: Graph, ask: Ask
) -> None:
    before = await risk(ask)
    rows: list[worlds.Row] = [worlds.owns("Party:P-1", "Party:O-1", 10)]
    await write(risky, rows, at=datetime.now(UTC))

    again = before["reproduction"]
    found = (await ask(again["document"], **again["variables"]))["node"]["risk"]
    assert found["score"] == before["score"]
    for chain in before["chains"]:
        again = chain["reproduction"]
        reach = (await ask(again["document"], **again["variables"]))["node"]["riskReach"]
        assert ("Harbor Textiles", chain["strength"], chain["path"]["text"]) in [
            (e["node"]["label"], e["chain"]["strength"], e["chain"]["path"]["text"])
            for e in reach["edges"]
        ]
    assert (await risk(ask))["score"] < before["score"]


async def test_at_an_earlier_day_nothing_was_flagged(risky: Graph, ask: Ask) -> None:
    found = await risk(ask, ids.encode("Account:A-1@2020-06-01/"))
    assert (found["score"], found["chains"], found["moment"]["asOf"]) == (0, [], "2020-06-01")


async def test_a_flag_counts_as_it_was_on_record(risky: Graph, ask: Ask) -> None:
    """Resolved as of a day past, which was recorded later: before that it counted on that day."""
    resolved = {"kind": "SANCTIONED_OWNER", "severity": 0.4, "raisedOn": date(2021, 1, 1),
                "resolvedOn": date(2022, 1, 1)}  # fmt: skip
    rows: list[worlds.Row] = [worlds.NodeRow("RiskFlag", "F-1", ("RiskFlag",), resolved)]
    await write(risky, rows, at=datetime(2024, 1, 1, tzinfo=UTC))
    document = """query ($id: ID!) { node(id: $id) { ... on Party {
      risk { own } flags { severity } blockedStatus { listed } } } }"""

    told = []
    for known in ("2023-01-01T00:00:00.000000Z", "2025-01-01T00:00:00.000000Z"):
        node = (await ask(document, id=ids.encode(f"Party:P-1@2022-06-01/{known}")))["node"]
        told.append((node["risk"]["own"], len(node["flags"]), node["blockedStatus"]["listed"]))
    assert told == [(0.9, 1, True), (0, 0, False)]


async def test_any_version_of_a_policy_can_be_run(risky: Graph, ask: Ask, tmp_path: Path) -> None:
    told = {
        "name": "Strict", "number": "1", "description": "One rule.", "chains": 1, "floor": 0.01,
        "validFrom": "1997-01-01", "validTo": "1998-01-01",
        "rules": [{"relationshipType": "OWNS", "direction": "OUT", "attenuation": 0.5,
                   "scaledByShare": False, "hubDegree": None}],
        "bands": [{"rating": "MODERATE", "from": 0.25}, {"rating": "HIGH", "from": 0.5},
                  {"rating": "CRITICAL", "from": 0.75}],
    }  # fmt: skip
    (tmp_path / "strict.json").write_text(json.dumps(told))
    await write(risky, [policy(tmp_path / "strict.json")], at=datetime.now(UTC))

    strict = ids.encode("RiskPolicy:strict-1")
    found = await risk(ask, HOLDINGS, policy=strict)
    assert found["score"] == pytest.approx(0.45)
    assert found["policy"]["version"] == "1"
    assert (await risk(ask, HOLDINGS))["policy"]["version"] == "2026.1"
    for id_, none in ((HOLDINGS, ACCOUNT), (HOLDINGS, ids.encode("RiskPolicy:none-1"))):
        found = await ask(RISK, "BAD_USER_INPUT", id=id_, policy=none)
        assert found["node"] == {"risk": None}
    early = ids.encode("Party:O-1@1990-01-01/")  # before any policy
    assert (await ask(RISK, "BAD_USER_INPUT", id=early))["node"] == {"risk": None}


async def test_what_risk_reaches_page_by_page(risky: Graph, ask: Ask) -> None:
    whole = (await ask(REACH, id=IRIS))["node"]["riskReach"]
    told = [(e["node"]["label"], round(e["chain"]["strength"], 6)) for e in whole["edges"]]
    assert told == [
        ("Harbor Holdings", 0.72),
        ("12-3456789AB", 0.684),
        ("12-3456789AC", 0.684),
        ("Harbor Textiles", 0.6498),
        ("Harbor Mill", 0.576),
        ("Not disclosed", 0.288),  # who may hold the 40 percent left: .72 * .5 * min(1, 2 * .4)
    ]
    assert whole["totalCount"] == {"value": 6}

    paged, after = [], None
    while True:
        page = (await ask(REACH, id=IRIS, first=2, after=after))["node"]["riskReach"]
        paged += [edge["node"]["label"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert paged == [label for label, _ in told]

    some = (await ask(REACH, id=IRIS, kinds=["IMPORTER_ACCOUNT"], atLeast=0.6))["node"]
    assert [edge["node"]["label"] for edge in some["riskReach"]["edges"]] == ["Harbor Textiles"]
    again = whole["reproduction"]
    found = (await ask(again["document"], **again["variables"]))["node"]["riskReach"]
    assert len(found["edges"]) == 6
    nothing = (await ask(REACH, id=HOLDINGS))["node"]["riskReach"]  # no risk of its own
    assert (nothing["edges"], nothing["completeness"]["state"]) == ([], "COMPLETE")
    await ask(REACH, "BAD_USER_INPUT", id=IRIS, kinds=["CENTER"])


async def test_a_counterfactual_does_what_it_says(risky: Graph, ask: Ask) -> None:
    found = (await ask(CUTS, id=ACCOUNT, below=0.3, limit=20))["node"]["risk"]["counterfactual"]

    assert found["completeness"] == {"state": "COMPLETE", "reason": None, "hint": None}
    sizes = [len(cut["end"]) + len(cut["resolve"]) for cut in found["cuts"]]
    assert sizes == sorted(sizes)
    assert {cut["resolve"][0]["id"] for cut in found["cuts"] if cut["resolve"]} >= {
        ids.encode("RiskFlag:F-1")
    }
    for cut in found["cuts"]:
        scenario = {
            "end": [each["id"] for each in cut["end"]],
            "resolve": [each["id"] for each in cut["resolve"]],
        }
        then = await risk(ask, scenario=scenario)
        assert then["score"] == pytest.approx(cut["score"], abs=1e-9)
        assert (then["score"] < 0.3, then["rating"]) == (True, cut["rating"])
    again = found["reproduction"]
    repeated = (await ask(again["document"], **again["variables"]))["node"]["risk"]
    assert len(repeated["counterfactual"]["cuts"]) == len(found["cuts"])
    one = (await ask(CUTS, id=ACCOUNT, below=0.3, limit=1))["node"]["risk"]["counterfactual"]
    assert (one["completeness"]["state"], len(one["cuts"])) == ("TRUNCATED", 1)
    none = (await ask(CUTS, id=ACCOUNT, below=0.01, maxSize=1))["node"]["risk"]["counterfactual"]
    assert (none["cuts"], none["completeness"]["state"]) == ([], "COMPLETE")
    for bad in ({"below": 0}, {"below": 0.3, "maxSize": 6}, {"below": 0.3, "limit": 21}):
        await ask(CUTS, "BAD_USER_INPUT", id=ACCOUNT, **bad)


async def test_a_scenario_moves_risks_and_writes_nothing(risky: Graph, ask: Ask) -> None:
    before = await digest(risky)
    flag = {"subjectId": HOLDINGS, "kind": "FORCED_LABOR", "severity": 0.8}
    found = (await ask(WHAT_IF, scenario={"raise": [flag]}))["whatIf"]

    moved = {e["before"]["subject"]["label"]: e for e in found["effects"]}
    assert found["effectCount"] == {"value": len(moved), "relation": "EXACT"}
    assert set(moved) == {
        "Harbor Holdings", "Harbor Textiles", "Harbor Mill", "12-3456789AB", "12-3456789AC",
        "Iris Fenwick", "Not disclosed",
    }  # fmt: skip
    moves = [e["after"]["score"] - e["before"]["score"] for e in found["effects"]]
    assert moves == sorted(moves, reverse=True)
    for effect in found["effects"]:
        left = await risk(ask, MILL, scenario={"raise": [flag]})
        if effect["before"]["subject"]["label"] == "Harbor Mill":
            assert left["score"] == pytest.approx(effect["after"]["score"])
    again = found["reproduction"]
    repeated = (await ask(again["document"], **again["variables"]))["whatIf"]
    assert repeated["effectCount"] == found["effectCount"]
    some = (await ask(WHAT_IF, scenario={"raise": [flag]}, kinds=["IMPORTER_ACCOUNT"]))["whatIf"]
    assert [e["before"]["subject"]["label"] for e in some["effects"]] == ["Harbor Textiles"]
    assert await digest(risky) == before


async def test_an_imagined_acquisition_brings_its_chain(risky: Graph, ask: Ask) -> None:
    sale = {"type": "OWNS", "fromId": IRIS, "toId": MILL, "share": {"min": 50, "max": 50}}
    found = await risk(ask, MILL, scenario={"record": [sale]})

    [chain] = found["chains"]
    assert chain["path"]["text"] == "Iris Fenwick -[OWNS 50%]-> Harbor Mill"
    assert chain["strength"] == pytest.approx(0.72)
    more = {**sale, "toId": HOLDINGS, "share": {"min": 5, "max": 5}}
    document = """query ($id: ID!, $scenario: ScenarioInput) { node(id: $id) { ... on RiskSubject {
      risk(scenario: $scenario) { chains { path { hops { attenuation
        relationship { reason share { max } } } } } } } } }"""
    answer = await ask(document, id=HOLDINGS, scenario={"record": [more], "end": []})
    hop = answer["node"]["risk"]["chains"][0]["path"]["hops"][0]
    assert hop["attenuation"] == pytest.approx(0.8)
    nothing = (await ask(WHAT_IF, scenario={}))["whatIf"]
    assert nothing["effectCount"]["value"] == 0


async def test_a_flag_imagined_without_severity_is_refused(
    risky: Graph, seal: Seal, key: IdentifierKey
) -> None:
    scenario = {"raise": [{"subjectId": MILL, "kind": "IPR"}]}
    context = Context(risky, DEVELOPMENT, seal, key)
    answer = await schema.execute(WHAT_IF, {"scenario": scenario}, context_value=context)

    [error] = answer.errors or []
    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
    assert "scenario.raise[0].severity" in error.message
