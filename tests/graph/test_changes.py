"""What is read of the change log, entry by entry: kills what `make mutants` makes of its code."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph import changes, records
from graph.changes import Filter, Place, change
from graph.lists import Window
from graph.policy import DEVELOPMENT
from graph.session import Graph
from graph.terms import ChangeKind, CountRelation

AT = datetime(2021, 1, 1, tzinfo=UTC)
WHOLE = Window(100)
ROW: dict[str, Any] = {
    "sequence": 7,
    "kind": "MANAGER_ASSIGNED",
    "recordedAt": "2021-01-01T00:00:00Z",
    "accountSequence": 3,
    "subject": "Account:A-1",
    "account": "Account:A-2",
    "relationship": "R-1",
    "properties": ['["name","Harbor","Anchor"]', '["share",null,"60"]'],
    "actor": "M-1",
    "reason": "Retired",
    "cause": 6,
    "center": "Center:CEE004",
    "manager": "AccountManager:M-1",
    "relationshipType": "MANAGED_BY",
    "rating": "HIGH",
}


def test_an_entry_tells_all_that_is_kept_of_it() -> None:
    assert change(ROW) == records.Change(
        sequence=7,
        kind=ChangeKind.MANAGER_ASSIGNED,
        recorded_at=AT,
        account_sequence=3,
        subject_key="Account:A-1",
        account_key="Account:A-2",
        relationship_id="R-1",
        properties=(
            records.PropertyChange("name", "Harbor", "Anchor"),
            records.PropertyChange("share", None, "60"),
        ),
        actor="M-1",
        reason="Retired",
        cause_sequence=6,
        center_key="Center:CEE004",
        manager_key="AccountManager:M-1",
        relationship_type="MANAGED_BY",
        rating="HIGH",
    )


def test_an_entry_of_few_words_is_one_too() -> None:
    few = ("sequence", "kind", "recordedAt", "actor")

    told = change({name: ROW[name] for name in few})

    assert told == records.Change(
        sequence=7,
        kind=ChangeKind.MANAGER_ASSIGNED,
        recorded_at=AT,
        account_sequence=None,
        subject_key=None,
        account_key=None,
        relationship_id=None,
        properties=(),
        actor="M-1",
        reason=None,
        cause_sequence=None,
    )


@pytest.mark.parametrize(
    ("sequence", "incarnation", "lost"),
    [
        (3, None, True),
        (4, None, False),  # the next one is kept
        (10, None, False),
        (11, None, True),  # the log ends before it
        (4, "this", False),
        (3, "this", True),
        (4, "another", True),
    ],
)
def test_a_place_is_lost_where_changes_were_missed(
    sequence: int, incarnation: str | None, lost: bool
) -> None:
    assert Place("this", 10, 5).lost(sequence, incarnation) is lost


def test_a_log_that_was_never_pruned_begins_with_the_first() -> None:
    assert Place("this", 10) == Place("this", 10, 5)
    assert not Place("this", 10).lost(0)
    assert Place("this", 10).lost(-1)


async def test_a_place_is_where_the_log_stands(harbor: Graph) -> None:
    await harbor.schema("MATCH (log:ChangeLog) SET log.incarnation = 'this', log.earliest = 4")

    found = await changes.place(harbor)

    assert (found.incarnation, found.sequence, found.earliest) == ("this", 22, 4)


async def test_a_page_has_one_more_than_its_size_in_order(harbor: Graph) -> None:
    async def sequences(window: Window, **given: Any) -> list[int]:
        told = await changes.page(harbor, DEVELOPMENT, Filter(**given), window)
        assert told.place == await changes.place(harbor)
        return [each.sequence for each in told.changes]

    first = await changes.page(harbor, DEVELOPMENT, Filter(), WHOLE)
    mine = [one.sequence for one in first.changes if one.account_key == "Account:A-1"]

    assert await sequences(WHOLE) == [*range(1, 23)]
    assert await sequences(Window(3)) == [1, 2, 3, 4]
    assert await sequences(Window(3, after=(5,))) == [6, 7, 8, 9]
    assert await sequences(Window(3, backward=True)) == [19, 20, 21, 22]
    assert await sequences(Window(3, before=(5,), backward=True)) == [1, 2, 3, 4]
    assert await sequences(Window(9, after=(5,), before=(8,))) == [6, 7]
    assert await sequences(WHOLE, accounts=("Account:A-1",)) == mine
    assert await sequences(Window(1, backward=True), accounts=("Account:A-1",)) == mine[-2:]


async def test_a_count_goes_as_far_as_it_must(
    harbor: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def counted(most: int, **given: Any) -> tuple[int, CountRelation]:
        monkeypatch.setattr(changes, "COUNTED", most)
        told = await changes.count(harbor, DEVELOPMENT, Filter(**given))
        return told.value, told.relation

    assert await counted(22) == (22, CountRelation.EXACT)
    assert await counted(21) == (21, CountRelation.AT_LEAST)
    assert await counted(21, kinds=("MANAGER_ASSIGNED",)) == (2, CountRelation.EXACT)


async def test_changes_come_as_they_are_asked_for(harbor: Graph) -> None:
    found = await changes.changes(harbor, DEVELOPMENT, [3, 99, 1, 3])

    assert [each and each.sequence for each in found] == [3, None, 1, 3]
