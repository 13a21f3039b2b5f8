"""What a filter says is the same in memory, for streams, and in the store, for pages."""

from datetime import timedelta
from typing import Any

import pytest

from graph import changes
from graph.changes import LAST, Filter
from graph.lists import Window
from graph.session import Graph
from tests import worlds

RECORDED = worlds.RECORDED
LATER = RECORDED + timedelta(microseconds=1)
CASES: list[tuple[dict[str, Any], int]] = [
    ({}, 22),
    ({"kinds": ("MANAGER_ASSIGNED",)}, 2),
    ({"kinds": ("MANAGER_ASSIGNED", "CENTER_ASSIGNED")}, 3),
    ({"kinds": ("RISK_FLAG_RAISED",)}, 0),
    ({"accounts": ("Account:A-1",)}, 10),
    ({"accounts": ("Account:A-2", "Account:A-1")}, 10),
    ({"accounts": ("Account:A-2",)}, 0),
    ({"accounts": ()}, 0),
    ({"subjects": ("Account:A-1",)}, 4),
    ({"subjects": ("Party:O-1", "Party:P-1")}, 6),
    ({"centers": ("Center:CEE004",)}, 10),
    ({"centers": ("Center:CEE001",)}, 0),
    ({"managers": ("AccountManager:M-1",)}, 10),
    ({"managers": ("AccountManager:M-2",)}, 0),
    ({"types": ("OWNS",)}, 3),
    ({"types": ("OWNS", "HOLDS")}, 5),
    ({"ratings": ("HIGH",)}, 1),
    ({"ratings": ("LOW", "MODERATE")}, 0),
    ({"recorded_from": RECORDED}, 22),
    ({"recorded_from": LATER}, 0),
    ({"recorded_to": RECORDED}, 0),
    ({"recorded_to": LATER}, 22),
    ({"accounts": ("Account:A-1",), "types": ("IDENTIFIES",), "recorded_to": LATER}, 2),
    ({"centers": ("Center:CEE004",), "kinds": ("PARTY_SAVED",)}, 0),
]


@pytest.mark.parametrize(("given", "number"), CASES, ids=[str(case[0]) for case in CASES])
async def test_a_filter_finds_the_same_in_both(
    harbor: Graph, given: dict[str, Any], number: int
) -> None:
    # No rule has moved a rating here: one entry is made to say so.
    await harbor.schema("MATCH (change:Change {sequence: 3}) SET change.rating = 'HIGH'")
    wanted, whole = Filter(**given), Window(100, (0,), (LAST,))

    stored = (await changes.excerpt(harbor, wanted, whole)).changes
    everything = (await changes.excerpt(harbor, Filter(), whole)).changes

    assert len(stored) == number
    assert [change for change in everything if wanted.matches(change)] == stored


def test_every_field_of_the_filter_has_a_case() -> None:
    assert {name for given, _ in CASES for name in given} == set(Filter.__dataclass_fields__)
