"""The demo world: something of every state, and what every operation asks for."""

import importlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from graph import demo, ids
from graph.identifiers import IdentifierKey
from graph.load.hashes import claim_id, claim_of
from graph.terms import (
    AccountStatus,
    IsaStatus,
    IssuePurpose,
    IssueStatus,
    StrategyStatus,
    UnspecifiedReason,
)
from tests.graph.demo_state import State, current, grouped, last, states

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations"
ELSEWHERE = {"Job:J-1"}  # made by an operation
KEY = IdentifierKey(b"the demo world under test, 32 b.")


@pytest.fixture(scope="module")
def end() -> State:
    state = list(states(list(demo.batches(KEY))))[-1]
    state.day = demo.WORLD_DAY
    return state


@pytest.fixture(scope="module")
def primary(end: State) -> dict[str, str]:
    return {
        row.start: row.end for row in end.now("MANAGED_BY") if row.properties["role"] == "PRIMARY"
    }


def values(end: State, kind: str, name: str) -> set[object]:
    return {row.properties[name] for row in end.of(kind) if name in row.properties}


def test_accounts_of_every_status_and_eligibility(end: State) -> None:
    assert values(end, "Account", "status") == {*AccountStatus}
    assert values(end, "Account", "centerEligibility") == {"PENDING", "NOT_ELIGIBLE"}


def test_participations_flags_issues_strategies_and_requests_of_every_state(end: State) -> None:
    assert values(end, "IsaParticipation", "status") == {*IsaStatus}
    assert len(values(end, "RiskFlag", "kind")) == 14
    assert values(end, "Issue", "status") == {*IssueStatus}
    assert values(end, "Issue", "purpose") == {*IssuePurpose}
    assert values(end, "Strategy", "status") == {*StrategyStatus}
    assert len(values(end, "CenterChangeRequest", "state")) == 5
    assert len(values(end, "SharedAttribute", "kind")) == 4
    assert values(end, "Party", "unspecifiedReason") == {*UnspecifiedReason}


def test_one_broker_has_many_clients_and_some_have_none(end: State) -> None:
    clients = Counter(row.end for row in end.now("GRANTED_POA"))
    brokers = {row.key for row in end.of("Account") if "Broker" in row.labels}

    assert clients["Account:A-2001"] >= 150
    assert len(brokers - set(clients)) >= 5


def test_one_address_has_more_than_a_hundred_members(end: State) -> None:
    members = Counter(row.end for row in end.now("SHARES"))

    assert max(members.values()) > 100


def test_accounts_with_a_center_desk_or_a_backup_only(end: State, primary: dict[str, str]) -> None:
    active = {row.key for row in end.of("Account") if row.properties["status"] == "ACTIVE"}
    backed = {
        row.start for row in end.now("MANAGED_BY") if row.properties["role"] == "BACKUP"
    } - set(primary)

    assert len(backed & active) >= 5
    assert len(active - set(primary) - backed) >= 50


def test_notifications_are_received_reviewed_and_overdue(end: State) -> None:
    told = [row.properties for row in end.of("AnnualNotification")]
    received = [row for row in told if "receivedOn" in row]

    assert len([row for row in received if "reviewedOn" in row]) > 100
    assert [row for row in received if "reviewedOn" not in row]
    assert [row for row in told if "receivedOn" not in row and str(row["dueOn"]) < "2026-11-25"]


def test_owners_form_a_ring_above_harbor_textiles(end: State) -> None:
    owns = current(end, "OWNS")

    assert {
        ("Party:O-2005", "Party:O-2002"),
        ("Party:O-2006", "Party:O-2005"),
        ("Party:O-2002", "Party:O-2006"),
        ("Party:O-2002", "Party:O-2001"),
        ("Party:P-2003", "Party:O-2001"),
        ("Party:U-1", "Party:O-2001"),
    } <= owns


def test_some_numbers_identified_another_account_before(end: State) -> None:
    moved = [
        rows
        for rows in grouped(end.ever("IDENTIFIES"), "start").values()
        if len({row.end for row in rows}) > 1
    ]

    assert len(moved) >= 15


def test_corrections_are_told_apart_from_endings() -> None:
    told: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for batch in demo.batches(KEY):
        for row in batch.rows:
            if getattr(row, "type", None) == "OWNS":
                claim = claim_of(row)  # type: ignore[arg-type]
                told[claim].add((row.properties["minShare"], row.properties["maxShare"]))
    corrected = [shares for shares in told.values() if len(shares) > 1]

    assert (250_000_000, 500_000_000) in next(s for s in corrected if (50_000_000, 10**8) in s)
    assert len(corrected) >= 3


def test_the_variables_of_the_operations_are_current() -> None:
    operations = importlib.import_module("scripts.demo_operations")

    for name, text in operations.current().items():
        assert (OPERATIONS / f"{name}.json").read_text(encoding="utf-8") == text
    assert len(list(OPERATIONS.glob("*.graphql"))) == 48


def test_what_the_operations_name_is_in_the_world(end: State) -> None:
    claims = {claim_id(claim_of(row), 1) for row in end.claims.values()}
    named = set()
    for path in OPERATIONS.glob("*.json"):
        for text in re.findall(r'"([A-Za-z0-9_-]{8,})"', path.read_text(encoding="utf-8")):
            key = _decoded(text)
            if re.fullmatch(r"[A-Z][A-Za-z]+:[A-Za-z0-9.-]+", key):
                named.add(key)

    assert len(named) >= 12
    for key in named - ELSEWHERE:
        assert key in end.things or key.removeprefix("Relationship:") in claims, key


def _decoded(text: str) -> str:
    try:
        return ids.decode(text)
    except ValueError:
        return ""


def test_who_the_page_on_the_world_names_is_in_it(end: State) -> None:
    kinds = {"A": "Account", "M": "AccountManager", "I": "IsaParticipation"}
    text = (OPERATIONS.parent / "demo.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b([AMIOPU])-(\d+)\b", text))

    assert len(named) > 40
    for letter, number in named:
        assert f"{kinds.get(letter, 'Party')}:{letter}-{number}" in end.things
    for name, told in re.findall(r"^\| (A-\d+|M-\d+) \| ([^|]+) \|", text, re.MULTILINE):
        key = f"{kinds[name[0]]}:{name}"
        assert end.things[key].properties["name"] == told


def test_the_numbers_of_the_operations_are_in_the_world(end: State) -> None:
    holders = {
        end.things[number].properties["display"]: account
        for number, account in current(end, "IDENTIFIES")
        if number.startswith("ImporterNumber:")
    }
    opening = json.loads((OPERATIONS / "open-account.json").read_text(encoding="utf-8"))

    assert holders["12-3456789AB"] == holders["12-3456789AC"] == "Account:A-1001"
    assert holders["061234-12345"] == "Account:A-1004"
    assert holders["30-064135300"] == "Account:A-1005"
    assert not set(opening["input"]["importerNumbers"]) & set(holders)


def test_the_split_leaves_what_isa_covers(end: State) -> None:
    covered = {number for part, number in current(end, "COVERS") if part.endswith(":I-1")}

    assert end.things["ImporterNumber:N-5002"].properties["display"] == "12-3456789AC"
    assert covered == {"ImporterNumber:N-5001", "ImporterNumber:N-5003"}
    assert all(last(row) > demo.WORLD_DAY for row in end.now("COVERS"))


def test_the_desk_of_the_cast_has_something_due(end: State, primary: dict[str, str]) -> None:
    mine = {key for key, who in primary.items() if who == "AccountManager:M-31"}
    account = {row.end: row.start for row in end.now("PARTICIPATES_IN")}
    due = [
        row
        for row in end.of("IsaParticipation")
        if row.properties["status"] == "ACTIVE"
        and account[row.key] in mine
        and str(row.properties["nextNotificationDue"]) < "2027-07-01"
    ]

    assert len(due) >= 2
    assert "Account:A-1001" in mine


def test_the_team_of_the_broker_has_an_auditor(end: State) -> None:
    practised = {row.start: row.end for row in end.now("PRACTISES")}
    team = {practised[who] for who, account in current(end, "SERVES") if account.endswith("A-2001")}

    assert ("FilerCode:B76", "Account:A-2001") in current(end, "IDENTIFIES")
    assert "Discipline:REGULATORY_AUDITOR" in team


def test_the_center_dashboard_has_an_open_appeal(end: State) -> None:
    appeal = end.things["CenterChangeRequest:CR-4"].properties

    assert (appeal["toCenter"], appeal["state"], appeal["appeals"]) == (
        "CEE007",
        "UNDER_REVIEW",
        "CR-3",
    )
    assert end.things["CenterChangeRequest:CR-3"].properties["state"] == "DENIED"
