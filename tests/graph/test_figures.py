"""Figures rolled up: the same sums whichever way they are cut."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import figures, peers, records
from graph.errors import BadInput
from graph.performance import span
from graph.records.moment import Moment
from graph.records.performance import Cell
from graph.terms import PerformanceDimension, PerformanceMetric, PeriodLength

MOMENT = Moment.now()
FIRST, END = date(2023, 2, 1), date(2025, 6, 1)
MONTHS = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(1, 29)]
SUMMED = ("entry_summaries", "lines", "examinations", "protests", "penalties", "ad_cvd_lines")


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    sampled = draw(st.integers(0, 9))
    wrong = draw(st.integers(0, sampled))
    counts = {name: draw(st.integers(0, 10**6)) for name in figures.COUNTS}
    counts |= {"sampled": sampled, "discrepant": wrong, "major": draw(st.integers(0, wrong))}
    place = {name: draw(st.sampled_from(["61", "84", None])) for name in figures.PLACES}
    told = draw(st.sampled_from([(), (("VALUE", 2),), (("VALUE", 1), ("ORIGIN", 3))]))
    weight = draw(st.sampled_from([None, 0.5, 2.0]))
    return Cell(draw(st.sampled_from(MONTHS)), place, "USD", weight, told, counts)


def performance(*some: Cell) -> records.AccountPerformance:
    return records.AccountPerformance(
        stored_key="Account:A-1",
        moment=MOMENT,
        from_=FIRST,
        to=END,
        cells=some,
        source=records.Source("test"),
        loaded_through=END,
    )


def sums(periods: list[records.PerformancePeriod]) -> dict[str, int]:
    found = {name: sum(getattr(each, name) for each in periods) for name in SUMMED}
    found["value"] = sum(each.entered_value.cents for each in periods)
    found["duties"] = sum(each.duties_taxes_fees.cents for each in periods)
    found["sampled"] = sum(each.compliance[0].sampled_lines for each in periods)
    found["told"] = sum(count.lines for each in periods for count in each.discrepancies)
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(cells(), max_size=30))
def test_sums_are_equal_whichever_way_they_are_cut(some: list[Cell]) -> None:
    of = performance(*some)
    whole = sums([figures.total(of)])

    for step in PeriodLength:
        steps = figures.trend(of, step)
        assert sums(steps) == whole
        assert steps[0].from_ == FIRST
        assert steps[-1].to == END
        assert all(a.to == b.from_ for a, b in pairwise(steps))
    for dimension in PerformanceDimension:
        parts = figures.breakdown(of, dimension, 100)
        assert sums(parts) == whole
        values = [part.entered_value.cents for part in parts]
        assert values == sorted(values, reverse=True)


def test_steps_are_those_of_the_calendar() -> None:
    quarters = figures.trend(performance(), PeriodLength.QUARTER)
    assert [each.from_ for each in quarters[:3]] == [FIRST, date(2023, 4, 1), date(2023, 7, 1)]
    assert [each.from_.year for each in figures.trend(performance(), PeriodLength.YEAR)] == [
        2023,
        2024,
        2025,
    ]


def test_amounts_in_two_currencies_are_not_added() -> None:
    one = Cell(
        FIRST, dict.fromkeys(figures.PLACES), "USD", None, (), dict.fromkeys(figures.COUNTS, 1)
    )
    other = Cell(FIRST, one.place, "EUR", None, (), one.counts)
    with pytest.raises(BadInput, match="EUR and USD"):
        figures.total(performance(one, other))


def test_the_days_counted_are_whole_months() -> None:
    moment = Moment(date(2026, 11, 25), MOMENT.known_at)
    assert span(None, None, moment) == (date(2025, 11, 1), date(2026, 11, 1))
    for first, end in (
        (date(2025, 1, 2), date(2025, 3, 1)),
        (date(2025, 1, 1), date(2025, 3, 2)),
        (date(2025, 3, 1), date(2025, 3, 1)),
        (date(1990, 1, 1), date(2025, 3, 1)),
        (date(2025, 1, 1), None),
    ):
        with pytest.raises(BadInput, match="over"):
            span(first, end, moment)


def test_fewer_than_five_peers_are_not_compared_with() -> None:
    peer: peers.Metrics = {metric: float(n) for n, metric in enumerate(PerformanceMetric)}
    assert peers.comparison(performance(), [peer] * 4) is None
    found = peers.comparison(performance(), [peer] * 5)
    assert found
    assert found[0].value is None
    assert found[0].percentile is None
