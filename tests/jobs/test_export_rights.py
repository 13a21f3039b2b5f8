"""Whose an export is and what it may hold: at its start, at its end, and whenever it is fetched."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph import ids, policy
from graph.export.writing import written
from graph.load.write import write
from graph.policy import Viewer
from graph.roles import Role
from graph.session import Graph
from tests import worlds
from tests.jobs import exporting
from tests.jobs.exporting import read
from tests.jobs.office import ASKED, HOLDING, Office
from tests.jobs.office import office as office
from tests.reach.conftest import DIRECTOR, MANAGER, member
from tests.reach.random_world import RECORDED
from tests.transport.audit.reading import entries

ANALYST = member("H-1", Role.HQ_ANALYST)
MOVED = "MATCH (:Account {id: 'A-2'})-[c:ASSIGNED_TO]->() SET c.validTo = date('2021-01-01')"
NEIGHBORHOOD = """
  query ($around: [ID!]!) { neighborhood(around: $around, depth: 3, limit: 1000) {
    nodes { entity { __typename key } } relationships { type from { key } to { key } }
    completeness { state }
  } }
"""


async def test_a_file_holds_what_graphql_tells_the_same_caller(office: Office) -> None:
    job = await office.export()

    found = read("JSON_LINES", (await office.fetch(job)).content)
    same = (await office.ask(NEIGHBORHOOD, around=[HOLDING]))["neighborhood"]

    seen = [n["entity"] for n in same["nodes"] if n["entity"]["__typename"] != "RedactedNode"]
    assert set(found.labels) == {each["key"] for each in seen}
    assert found.ends == {
        (r["type"], r["from"]["key"], r["to"]["key"]) for r in same["relationships"]
    }
    assert len(seen) < len(same["nodes"])  # something stands redacted there, and is left out here
    assert (job["completeness"]["state"], same["completeness"]["state"]) == ("REDACTED",) * 2
    labels = set(found.labels.values())
    assert {"Harbor Mill", "Anchor Mill"} <= labels
    assert labels.isdisjoint({"Gannet Mill", "12-3456789CA", "Pelican Brokers", "Mill I-3"})


async def test_who_reaches_all_is_given_all(office: Office) -> None:
    office.at_door = ANALYST

    job = await office.export()

    labels = read("JSON_LINES", (await office.fetch(job)).content).labels.values()
    assert {"Harbor Mill", "Gannet Mill", "12-3456789CA"} <= set(labels)
    assert job["completeness"]["state"] == "COMPLETE"


async def test_a_right_to_export_holds_on_the_reach_of_the_role_that_gives_it(
    office: Office,
) -> None:
    office.at_door = member("M-1", Role.ACCOUNT_MANAGER, Role.HQ_COORDINATOR)

    job = await office.export()

    labels = read("JSON_LINES", (await office.fetch(job)).content).labels.values()
    assert {"Harbor Mill", "Anchor Mill"} <= set(labels)
    assert "Gannet Mill" not in labels  # which a coordinator may read, and not export
    assert job["completeness"]["state"] == "REDACTED"


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.HQ_COORDINATOR, Role.AUDITOR, Role.ADMIN])
async def test_who_has_no_right_to_export_starts_none(office: Office, role: Role) -> None:
    office.at_door = member("S-1", role)

    assert await office.ask(exporting.START, "FORBIDDEN", input=ASKED) == {"startExport": None}


async def test_an_owner_of_accounts_starts_none(office: Office) -> None:
    given = policy.rights((Role.TRADE_OWNER,), named=frozenset({"Account:A-1"}))
    office.at_door = Viewer("owner", "owner", **given)

    assert await office.ask(exporting.START, "FORBIDDEN", input=ASKED) == {"startExport": None}


async def test_what_is_out_of_reach_stands_in_no_middle(office: Office) -> None:
    hidden, missing = (ids.encode(f"Account:{id_}") for id_ in ("A-3", "A-99"))
    told = []

    for one in (hidden, missing):
        office.graph.statements = 0
        answer = (await office.ask(exporting.START, input={**ASKED, "around": [one]}))[
            "startExport"
        ]
        told.append((answer, office.graph.statements))

    assert told[0] == told[1]
    assert [e["code"] for e in told[0][0]["userErrors"]] == ["NOT_FOUND"]
    job = await office.export(around=None, accounts={"nameContains": "mill"}, depth=0)
    labels = read("JSON_LINES", (await office.fetch(job)).content).labels
    assert set(labels.values()) == {"Harbor Mill", "Anchor Mill"}


async def test_anothers_file_is_as_if_there_were_none(office: Office) -> None:
    job = await office.export()

    others = [await office.fetch(job, each) for each in (DIRECTOR, ANALYST)]
    nobody = await office.client.get(job["downloadUrl"])
    guessed = {**job, "downloadUrl": f"{job['downloadUrl'][:-8]}AAAAAAAA"}

    assert [each.status_code for each in others] == [404, 404]
    assert "Mill" not in others[0].text
    assert nobody.status_code == 401
    assert (await office.fetch(guessed, MANAGER)).status_code == 404
    assert (await office.fetch(job, MANAGER)).status_code == 200


@pytest.mark.parametrize(
    "lost",
    [
        MOVED,
        "MATCH (:AccountManager {id: 'M-1'})-[c:MEMBER_OF]->() SET c.validTo = date('2021-01-01')",
    ],
    ids=["an account that moved", "a manager who moved"],
)
async def test_a_file_is_not_given_out_once_some_of_it_is_out_of_reach(
    office: Office, lost: str
) -> None:
    job = await office.export()
    assert (await office.fetch(job)).status_code == 200

    await office.graph.schema(lost)
    refused = await office.fetch(job)
    manifest = await office.client.get(
        f"{job['downloadUrl']}/manifest", headers={"authorization": "Bearer x"}
    )

    assert (refused.status_code, manifest.status_code) == (403, 403)
    assert "may not see any more" in refused.json()["errors"][0]["message"]


async def test_a_right_that_is_lost_closes_the_file(office: Office) -> None:
    await write(
        office.graph,
        [worlds.organization("O-2", "Owner"), worlds.owns("Party:O-2", "Party:O-1", 51)],
        at=RECORDED,
    )
    job = await office.export()

    answers = {}
    for right in ("READ_RISK", "READ_OWNERSHIP", "EXPORT"):
        rest = tuple(each for each in MANAGER.permissions if each != right)
        answers[right] = await office.fetch(job, replace(MANAGER, permissions=rest))

    # Of risk nothing is in the file: who may not read it any more loses nothing by it.
    told = {right: answer.status_code for right, answer in answers.items()}
    assert told == {"READ_RISK": 200, "READ_OWNERSHIP": 403, "EXPORT": 403}
    assert (await office.fetch(job, member("M-1", Role.SPECIALIST))).status_code == 403
    assert (await office.fetch(job, MANAGER)).status_code == 200


async def test_rights_that_shrink_while_it_runs_end_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def meanwhile(graph: Graph, *given: Any) -> Any:
        made = await written(graph, *given)
        await graph.schema(MOVED)
        return made

    monkeypatch.setattr("graph.jobs.exporting.written", meanwhile)
    job = await office.export()

    assert (job["state"], job["downloadUrl"]) == ("FAILED", None)
    assert job["errors"][0]["code"] == "NOT_PERMITTED"
    assert not list((tmp_path / "jobs").glob("J-*"))


async def test_a_download_is_entered_with_the_accounts_it_tells(
    office: Office, tmp_path: Path
) -> None:
    job = await office.export()
    await office.fetch(job)

    last = entries(tmp_path / "audit")[-1]

    assert (last["operation"], last["caller"], last["class"]) == ("GET export", "M-1", "ACCOUNT")
    assert (last["accounts"], last["accountCount"]) == (["Account:A-1", "Account:A-2"], 2)
    assert last["objects"] == job["total"]
    assert (last["code"], last["decision"]) == ("OK", "ALLOWED")
    assert "Harbor Mill" not in json.dumps(last)
    await office.fetch(job, ANALYST)
    assert entries(tmp_path / "audit")[-1]["decision"] != "ALLOWED"
