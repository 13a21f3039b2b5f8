"""The demo world: deterministic, whole, and within the rules, checked on its rows."""

import re
from collections import Counter
from datetime import date

import pytest

from graph import demo, identifiers
from graph.demo.book import Batch
from graph.demo.story import LAST
from graph.identifiers import IdentifierKey
from graph.load.ends import fits
from graph.load.hashes import claim_of
from graph.load.rows import ClaimRow, NodeRow
from tests.graph.demo_state import State, first, grouped, last, overlap, states

KEY = IdentifierKey(b"the demo world under test, 32 b.")
SECRET = re.compile(r"(?<![\d*-])\d{3}-\d{2}-\d{4}(?!\d)")


@pytest.fixture(scope="module")
def world() -> list[Batch]:
    return list(demo.batches(KEY))


@pytest.fixture(scope="module")
def end(world: list[Batch]) -> State:
    return list(states(world))[-1]


def test_two_worlds_are_equal(world: list[Batch]) -> None:
    assert list(demo.batches(KEY)) == world


def test_instants_rise_and_none_is_after_the_worlds_day(world: list[Batch]) -> None:
    instants = [batch.at for batch in world]

    assert instants == sorted(set(instants))
    assert instants[-1].date() <= demo.WORLD_DAY


def test_counts(end: State) -> None:
    kinds = Counter(row.kind for row in end.things.values())
    accounts = Counter(row.labels[1] for row in end.of("Account"))

    assert accounts == {"Importer": 340, "Broker": 60}
    assert kinds["AccountManager"] == 62
    assert kinds["Specialist"] == 80
    assert 650 <= kinds["Party"] <= 850
    assert 850 <= kinds["ImporterNumber"] <= 950
    assert 85 <= kinds["FilerCode"] <= 100
    assert 25_000 <= kinds["PerformancePeriod"] <= 35_000
    assert {row.properties["type"] for row in end.of("ImporterNumber")} == {
        "IRS_EIN",
        "CBP_ASSIGNED",
        "SSN",
    }


def test_every_claim_joins_known_things_of_the_right_kinds(world: list[Batch]) -> None:
    state = State(date.min)
    for batch in world:
        state.learn(batch)
        for row in batch.rows:
            if isinstance(row, ClaimRow):
                assert fits(row.type, state.labels(row.start), 0), row
                assert fits(row.type, state.labels(row.end), 1), row


def test_every_interval_ends_after_it_begins(end: State) -> None:
    assert [row for row in end.claims.values() if first(row) >= last(row)] == []


def test_no_batch_says_one_claim_twice(world: list[Batch]) -> None:
    for batch in world:
        said = Counter(claim_of(row) for row in batch.rows if isinstance(row, ClaimRow))
        keys = Counter(row.key for row in batch.rows if isinstance(row, NodeRow))

        assert [claim for claim, count in said.items() if count > 1] == []
        assert [key for key, count in keys.items() if count > 1] == []


def test_an_end_is_recorded_only_once_it_has_come(world: list[Batch]) -> None:
    for batch in world:
        for row in batch.rows:
            if isinstance(row, ClaimRow) and row.type != "GRANTED_POA" and row.valid_to:
                assert row.valid_to <= batch.at.date(), row


def test_a_number_identifies_one_account_at_a_time(end: State) -> None:
    for claims in grouped(end.ever("IDENTIFIES"), "start").values():
        assert not overlap(claims), claims


def test_an_account_that_is_not_closed_has_a_number_or_a_code(world: list[Batch]) -> None:
    for state in states(world):
        known = {
            (row.end, "Broker" if row.start.startswith("FilerCode") else "Importer")
            for row in state.now("IDENTIFIES")
        }
        for account in state.of("Account"):
            if account.properties["status"] != "CLOSED":
                assert (account.key, account.labels[1]) in known


def test_an_account_has_one_center_and_one_manager_of_each_role(end: State) -> None:
    for claims in grouped(end.ever("ASSIGNED_TO"), "start").values():
        assert not overlap(claims), claims
    for claims in grouped(end.ever("MANAGED_BY"), "start", "role").values():
        assert not overlap(claims), claims


def test_an_active_manager_has_one_center_and_a_former_one_no_account(world: list[Batch]) -> None:
    for state in states(world):
        homes = Counter(row.start for row in state.now("MEMBER_OF"))
        serving = {row.end for row in state.now("MANAGED_BY")}
        for manager in state.of("AccountManager"):
            if manager.properties["active"]:
                assert homes[manager.key] == 1, manager
            else:
                assert manager.key not in serving, manager


def test_no_manager_is_assigned_before_they_came(end: State) -> None:
    came = {
        key: min(first(row) for row in claims)
        for key, claims in grouped(end.ever("MEMBER_OF"), "start").items()
    }

    for row in end.ever("MANAGED_BY"):
        assert came[row.end] <= first(row), row


def test_an_active_isa_participant_has_its_manager(world: list[Batch]) -> None:
    for state in states(world):
        account = {row.end: row.start for row in state.now("PARTICIPATES_IN")}
        primary = Counter(
            row.start for row in state.now("MANAGED_BY") if row.properties["role"] == "PRIMARY"
        )
        for participation in state.of("IsaParticipation"):
            if participation.properties["status"] == "ACTIVE":
                assert primary[account[participation.key]] == 1


def test_covered_numbers_belong_to_the_participant(end: State) -> None:
    account = {row.end: row.start for row in end.ever("PARTICIPATES_IN")}
    identified = {(row.start, row.end): row for row in end.ever("IDENTIFIES")}

    for row in end.ever("COVERS"):
        held = identified[row.end, account[row.start]]
        assert first(held) <= first(row)
        assert last(row) <= last(held)


def test_shares_are_parts_of_a_whole(end: State) -> None:
    for row in end.ever("OWNS"):
        low, high = row.properties["minShare"], row.properties["maxShare"]
        assert isinstance(low, int)
        assert isinstance(high, int)
        assert 0 <= low <= high <= 1_000_000_000


def test_numbers_and_codes_have_their_forms_and_no_ssn_is_in_clear(
    world: list[Batch], end: State
) -> None:
    for batch in world:
        told = [row for row in batch.rows if "PerformancePeriod" not in repr(row)[:60]]
        assert SECRET.search(" ".join(map(repr, told))) is None
    for number in end.of("ImporterNumber"):
        if number.properties["type"] != "SSN":
            text = str(number.properties["display"])
            assert identifiers.parse_number(text).display == text
    for code in end.of("FilerCode"):
        assert identifiers.filer_code(code.id) == code.id
    for party in end.of("Party"):
        if "lei" in party.properties:
            identifiers.lei(str(party.properties["lei"]))


def test_figures_add_up(end: State) -> None:
    for row in end.of("PerformancePeriod"):
        figures = {name: value for name, value in row.properties.items() if isinstance(value, int)}
        assert figures["entrySummaries"] >= 1
        assert figures["enteredValue"] > 0
        assert figures["majorDiscrepantLines"] <= figures["discrepantLines"]
        assert figures["discrepantLines"] <= figures["sampledLines"] <= figures["lines"]


def test_each_batch_is_known_by_its_last_claim(world: list[Batch]) -> None:
    ends = [batch.rows[-1] for batch in world]

    assert all(isinstance(row, ClaimRow) and row.type != "MEASURES" for row in ends)
    assert ends[-1] == LAST
