"""How compliant sampled lines were: an estimate from a sample, never a bare percentage.

Estimator (ours, domain.md section 7): 1 - sum(w d) / sum(w), w the weight of a sampled line, d 1 if
it has a discrepancy. Interval: Wilson score, 95 percent, from the effective sample size
(sum w)^2 / sum(w^2) (Kish), which is the number of lines where there are no weights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)  # two-sided 95 percent
BILLION = 1_000_000_000  # parts: the whole


@dataclass(frozen=True, slots=True)
class Sample:
    """Lines sampled alike: how many, how many with a discrepancy, and the weight of each line."""

    lines: int
    discrepant: int
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A compliance rate with its interval, all from 0 to 1; None without sampled lines."""

    rate: float | None
    low: float | None
    high: float | None
    sampled: int
    discrepant: int
    weighted: bool
    effective: float


def rate(samples: Iterable[Sample]) -> Rate:
    """The rate over all samples; a sample without a weight weighs 1 a line."""
    listed = [sample for sample in samples if sample.lines > 0]
    sampled = sum(sample.lines for sample in listed)
    wrong = sum(sample.discrepant for sample in listed)
    weighted = any(sample.weight is not None for sample in listed)
    weights = [(1.0 if one.weight is None else one.weight, one) for one in listed]
    whole = sum(weight * one.lines for weight, one in weights)
    squares = sum(weight * weight * one.lines for weight, one in weights)
    if not whole or not squares:
        return Rate(None, None, None, sampled, wrong, weighted, 0.0)
    missed = sum(weight * one.discrepant for weight, one in weights)
    effective = whole * whole / squares if weighted else float(sampled)
    estimate = 1 - missed / whole
    low, high = wilson(estimate, effective)
    return Rate(estimate, low, high, sampled, wrong, weighted, effective)


def wilson(estimate: float, size: float) -> tuple[float, float]:
    """The 95 percent Wilson score interval of a proportion seen in a sample of this size."""
    square = Z * Z
    center = (estimate + square / (2 * size)) / (1 + square / size)
    spread = (
        Z
        * sqrt(estimate * (1 - estimate) / size + square / (4 * size * size))
        / (1 + square / size)
    )
    return max(0.0, center - spread), min(1.0, center + spread)
