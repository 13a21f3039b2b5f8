"""Compliance rates: published intervals, weighted samples by hand, never a bare percentage."""

import pytest

from graph.algorithms.compliance import Sample, rate, wilson


@pytest.mark.parametrize(
    ("hits", "size", "low", "high"),
    [  # E. B. Wilson 1927 by the formula; 8 of 10 and 0 of 10 are textbook values
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (50, 100, 0.4038, 0.5962),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_is_wilsons(hits: int, size: int, low: float, high: float) -> None:
    found = wilson(hits / size, size)

    assert found[0] == pytest.approx(low, abs=5e-5)
    assert found[1] == pytest.approx(high, abs=5e-5)


def test_without_weights_every_line_counts_one() -> None:
    found = rate([Sample(6, 1), Sample(4, 1), Sample(0, 0)])

    assert found.rate == pytest.approx(0.8)
    assert (found.sampled, found.discrepant) == (10, 2)
    assert (found.weighted, found.effective) == (False, 10.0)
    assert found.low == pytest.approx(0.4902, abs=5e-5)


def test_weights_count_lines_for_more_and_the_sample_for_less() -> None:
    found = rate([Sample(2, 1, 3.0), Sample(4, 0, 1.0)])

    # sum w = 10, sum w d = 3, sum w^2 = 22: rate .7, effective size 100 / 22
    assert found.rate == pytest.approx(0.7)
    assert found.effective == pytest.approx(100 / 22)
    assert found.weighted


def test_without_sampled_lines_there_is_no_rate() -> None:
    found = rate([Sample(0, 0)])
    assert (found.rate, found.low, found.high, found.effective) == (None, None, None, 0.0)
