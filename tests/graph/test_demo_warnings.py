"""The demo world has a case for every warning there is."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from graph import demo
from graph.demo.accounts import CHAPTERS
from graph.identifiers import IdentifierKey
from tests.graph.demo_state import State, current, first, grouped, states

YEAR = date(2025, 11, 1)
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


@pytest.fixture(scope="module")
def center(end: State) -> dict[str, str]:
    return {row.start: row.end for row in end.now("ASSIGNED_TO") + end.now("MEMBER_OF")}


def test_center_mismatch(primary: dict[str, str], center: dict[str, str]) -> None:
    apart = [key for key, who in primary.items() if center.get(key, center[who]) != center[who]]

    assert "Account:A-1003" in apart
    assert len(apart) >= 6


def test_center_not_predominant(end: State, center: dict[str, str]) -> None:
    homes = {code: f"Center:{name}" for name, codes in CHAPTERS.items() for code in codes}
    measured = {row.start: row.end for row in end.ever("MEASURES")}
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    for row in end.of("PerformancePeriod"):
        if str(row.properties["month"]) >= str(YEAR):
            home = homes[str(row.properties["chapter"])]
            lines[measured[row.key]][home] += int(str(row.properties["lines"]))
    apart = [
        key
        for key, found in lines.items()
        if key in center and found.most_common(1)[0][0] != center[key]
    ]

    assert "Account:A-1004" in apart
    assert len(apart) >= 4


def test_isa_pending_manager(end: State, primary: dict[str, str]) -> None:
    account = {row.end: row.start for row in end.now("PARTICIPATES_IN")}
    waiting = {
        row.key: row.properties["pendingSince"]
        for row in end.of("IsaParticipation")
        if row.properties["status"] == "ACCEPTED_PENDING_MANAGER"
    }

    assert str(waiting["IsaParticipation:I-9"]) < "2026-10-25"
    assert any(str(since) > "2026-10-26" for since in waiting.values())
    assert not {account[key] for key in waiting} & set(primary)


def test_number_not_active(end: State) -> None:
    idle = {
        row.key
        for row in end.of("ImporterNumber")
        if row.properties["status"] in ("INACTIVE", "VOIDED")
    }
    accounts = {account for number, account in current(end, "IDENTIFIES") if number in idle}

    assert "Account:A-1005" in accounts


def test_split_taxpayer(end: State) -> None:
    accounts: dict[object, set[str]] = defaultdict(set)
    for number, account in current(end, "IDENTIFIES"):
        if root := end.things[number].properties.get("root"):
            accounts[root].add(account)

    assert accounts["30-0641353"] >= {"Account:A-1005", "Account:A-1006"}


def test_number_succession(end: State) -> None:
    penalties = {
        row.end: end.things[row.start].properties["raisedOn"]
        for row in end.ever("FLAGS")
        if end.things[row.start].properties["kind"] == "PENALTY"
    }
    soon = [
        row
        for row in end.now("SUCCESSOR_OF")
        if isinstance(raised := penalties.get(row.end), date)
        and timedelta(0) <= first(row) - raised < timedelta(days=365)
    ]

    assert len(soon) >= 4


def test_broker_as_importer(end: State) -> None:
    brokers = {
        account
        for number, account in current(end, "IDENTIFIES")
        if number.startswith("ImporterNumber:") and account > "Account:A-2000"
    }

    assert len(brokers) == 3


def test_no_power_of_attorney(end: State, primary: dict[str, str]) -> None:
    broker = {
        number.removeprefix("FilerCode:"): account
        for number, account in current(end, "IDENTIFIES")
        if number.startswith("FilerCode:")
    }
    measured = {row.start: row.end for row in end.ever("MEASURES")}
    powers = current(end, "GRANTED_POA")
    acting = {
        (measured[row.key], broker[str(row.properties["filerCode"])])
        for row in end.of("PerformancePeriod")
        if row.properties.get("filerCode") in broker
        and str(row.properties["month"]) >= "2026-08-01"
    }
    without = {account for account, by in acting - powers if account != by}

    assert "Account:A-1008" in without
    assert primary["Account:A-1008"] == "AccountManager:M-31"


def test_odd_shares(end: State) -> None:
    owned = grouped(end.now("OWNS"), "end")
    exact = {
        key: sum(
            int(str(row.properties["minShare"]))
            for row in rows
            if row.properties["minShare"] == row.properties["maxShare"]
        )
        for key, rows in owned.items()
    }
    whole = {(row.start, row.end) for row in end.now("OWNS") if row.properties["minShare"] == 10**9}
    pairs = Counter((row.start, row.end) for row in end.now("OWNS"))

    assert len([key for key, share in exact.items() if share > 10**9]) >= 3  # OVERSUBSCRIBED
    assert [pair for pair in whole if pair[::-1] in whole]  # OWNERLESS_RING
    assert len([row for row in end.now("OWNS") if row.start == row.end]) == 4  # TREASURY_SHARES
    assert len([pair for pair, count in pairs.items() if count > 1]) >= 3  # CONFLICTING_CLAIMS
    assert [row for row in end.now("OWNS") if row.properties["disclosed"] is False]
