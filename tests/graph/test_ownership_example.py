"""The example of docs/ownership.md: its figures are what the functions find in the demo world."""

from pathlib import Path

import pytest

from graph import demo, shares
from graph.algorithms.control import blocked, controlled, controller
from graph.algorithms.integrated import effective, ultimate
from graph.algorithms.recorded import Recorded, Row
from graph.algorithms.upstream import Upstream, upstream
from graph.identifiers import IdentifierKey
from graph.load.rows import ClaimRow
from graph.records.paths import PERCENT
from tests.graph.demo_state import State, states

PAGE = (Path(__file__).parents[2] / "docs" / "ownership.md").read_text(encoding="utf-8")
HARBOR, VICTOR = "Party:O-2001", "Party:P-2003"


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    state = list(states(list(demo.batches(IdentifierKey(b"example of a key, 32 bytes long.")))))[-1]
    state.day = demo.WORLD_DAY
    types = ("OWNS", "NOMINEE_FOR")
    return Recorded.of([row(state, claim) for type_ in types for claim in state.now(type_)])


def row(state: State, claim: ClaimRow) -> Row:
    told = claim.properties
    kinds = [state.labels(key)[-1] for key in (claim.start, claim.end)]
    low, high = (told.get(name) or 0 for name in ("minShare", "maxShare"))
    interest = told.get("interest")
    return Row(
        claim.start + claim.end, claim.type, claim.start, claim.end, int(str(low)), int(str(high)),
        bool(told.get("disclosed", True)), None if interest is None else str(interest),
        claim.source.name, *kinds,
    )  # fmt: skip


def above(recorded: Recorded, key: str) -> Upstream:
    place = recorded.place(key)
    assert place is not None
    return upstream(recorded.holdings, place)


def percent(low: float, high: float) -> tuple[float, float]:
    found = shares.between(low, high)
    return found.min / PERCENT, found.max / PERCENT


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        (VICTOR, 51, 51),
        ("Party:O-2004", 5, 5),
        ("Party:P-2006", 0, 8),
        ("Party:P-2008", 6, 6),
        ("Party:P-2005", 2.4112734, 5.0104385),
        ("Party:O-2002", 0.7828810, 1.5657621),
        ("Party:O-2005", 1.4613778, 2.9227558),
    ],
)
def test_what_everybody_has_in_the_end(
    recorded: Recorded, key: str, low: float, high: float
) -> None:
    up = above(recorded, HARBOR)
    found, place = ultimate(up), recorded.place(key)
    assert place is not None
    at = up.place(place)
    assert at is not None

    assert percent(float(found.low[at]), float(found.high[at])) == (low, high)
    if low != int(low):
        assert f"{low:.7f}" in PAGE
        assert f"{high:.7f}" in PAGE


def test_what_one_holds_who_controls_and_who_is_blocked(recorded: Recorded) -> None:
    up, victor = above(recorded, HARBOR), recorded.place(VICTOR)
    sedgewick = up.place(recorded.place("Party:O-2002") or -1)
    assert victor is not None
    assert sedgewick is not None
    assert percent(*effective(up, sedgewick)) == (5, 10)
    found = controller(up)
    assert found is not None
    assert (recorded.key(found.head), found.certain) == (VICTOR, True)
    won = [recorded.key(at) for at in controlled(recorded.holdings, [victor]).low.order.tolist()]
    barred = [recorded.key(at) for at in blocked(recorded.holdings, [victor]).low.order.tolist()]
    assert len(won) == len(barred) == 3  # he, Harbor and Homewares
    assert won[:2] == barred[:2] == [VICTOR, HARBOR]
