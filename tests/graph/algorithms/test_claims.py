"""Claims that contradict, complete or stand behind each other, and what they come to."""

import pytest

from graph.algorithms.claims import BILLION, ECONOMIC, VOTES, Claims
from graph.algorithms.holdings import Holdings, holdings
from graph.algorithms.integrated import effective, ultimate
from graph.algorithms.recorded import Recorded, Row
from graph.algorithms.upstream import upstream

PERCENT = BILLION // 100
Shares = dict[tuple[int, int], tuple[int, int]]
ONE, OTHER = 0, 1  # sources


def claim(
    owner: int, owned: int, low: int, high: int, interest: int = ECONOMIC, source: int = ONE
) -> list[int]:
    return [owner, owned, low * PERCENT, high * PERCENT, 1, interest, source]


def economic(found: Holdings) -> Shares:
    return _shares(found, found.economic.low.tolist(), found.economic.high.tolist())


def votes(found: Holdings) -> Shares:
    return _shares(found, found.votes.low.tolist(), found.votes.high.tolist())


def _shares(found: Holdings, low: list[int], high: list[int]) -> Shares:
    pairs = zip(found.owner.tolist(), found.owned.tolist(), low, high, strict=True)
    return {(a, b): (least // PERCENT, most // PERCENT) for a, b, least, most in pairs}


def test_sources_that_give_the_same_range_do_not_conflict() -> None:
    rows = claim(0, 1, 25, 50), claim(0, 1, 25, 50, source=OTHER)

    found = holdings(Claims.of(2, rows))

    assert economic(found) == {(0, 1): (25, 50)}
    assert found.conflicting.tolist() == [False]


def test_what_a_nominee_holds_adds_to_what_its_nominator_holds_itself() -> None:
    """Two holdings, whoever tells of them: sources that speak of different ones do not differ."""
    rows = claim(0, 2, 20, 20), claim(1, 2, 30, 30, source=OTHER)

    found = holdings(Claims.of(3, rows), [(1, 0)])

    assert economic(found) == {(0, 2): (50, 50)}
    assert found.conflicting.tolist() == [False]


def test_votes_are_stated_for_one_holding_and_not_for_the_other() -> None:
    rows = claim(0, 2, 20, 20), claim(1, 2, 30, 30), claim(1, 2, 35, 35, VOTES)

    found = holdings(Claims.of(3, rows), [(1, 0)])

    assert (economic(found), votes(found)) == ({(0, 2): (50, 50)}, {(0, 2): (55, 55)})


def test_sources_differ_on_what_a_nominee_holds() -> None:
    rows = claim(0, 2, 20, 20), claim(1, 2, 30, 30), claim(1, 2, 40, 40, source=OTHER)

    found = holdings(Claims.of(3, rows), [(1, 0)])

    assert economic(found) == {(0, 2): (50, 60)}
    assert found.conflicting.tolist() == [True]


def test_shares_that_a_nominee_holds_for_the_company_itself_are_its_own() -> None:
    rows = claim(0, 2, 60, 60), claim(1, 2, 20, 20)

    found = holdings(Claims.of(3, rows), [(1, 2)])

    assert found.treasury.tolist() == [False, False, True]
    assert effective(upstream(found, 2), 0) == pytest.approx((0.75, 0.75))


def row(start: str, type_: str, end: str, *, kind: str = "Organization") -> Row:
    ends = ("Organization", kind)
    return Row(f"{start}{end}", type_, start, end, BILLION, BILLION, True, None, "Register", *ends)


def test_beside_a_nominator_who_is_not_disclosed_the_known_one_may_hold_all_or_nothing() -> None:
    rows = [
        row("N", "OWNS", "Y"),
        row("N", "NOMINEE_FOR", "P"),
        row("N", "NOMINEE_FOR", "U", kind="Unspecified"),
    ]
    recorded = Recorded.of(rows)

    found = recorded.holdings

    owners = [recorded.key(at) for at in found.owner.tolist()]
    assert (owners, found.economic.low.tolist()) == (["P", "U"], [0, 0])
    assert [recorded.key(at) for at in recorded.undisclosed_nominees.tolist()] == ["N"]


def test_a_nominee_for_nobody_known_stands_for_itself() -> None:
    rows = [row("N", "OWNS", "Y"), row("N", "NOMINEE_FOR", "U", kind="Unspecified")]
    recorded = Recorded.of(rows)

    assert [recorded.key(at) for at in recorded.holdings.owner.tolist()] == ["N"]
    assert recorded.displayed("Y") is recorded


def test_a_ring_that_is_closed_at_its_lower_ends_inside_a_larger_circle() -> None:
    """A and B hold each other wholly; C, held by B, may have a part of A by what is recorded."""
    rows = claim(0, 1, 100, 100), claim(1, 0, 100, 100), claim(2, 0, 0, 10), claim(1, 2, 50, 50)
    found = ultimate(upstream(holdings(Claims.of(3, rows)), 0))

    assert found.ownerless.tolist() == [True, True, False]
    assert found.low[0] <= 1 <= found.high[0]
    assert all(0 <= low <= high <= 1 for low, high in zip(found.low, found.high, strict=True))


def test_circles_that_end_only_at_their_lower_ends_leave_the_upper_ones_open() -> None:
    rows = claim(0, 1, 40, 100), claim(1, 0, 40, 100), claim(2, 0, 10, 20)
    up = upstream(holdings(Claims.of(3, rows)), 0)

    least, most = effective(up, 2)

    assert least == pytest.approx(0.1 / (1 - 0.16))
    assert most == 1
