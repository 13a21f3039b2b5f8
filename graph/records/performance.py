"""The performance of accounts: figures rolled up, and what they are compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.records.caseload import Money
from graph.records.entity import Entity, Relationship, Source
from graph.records.moment import Moment
from graph.records.staff import Center, HtsChapter
from graph.terms import ComplianceMeasure, PerformanceMetric

BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ComplianceRate:
    """An estimate from a sample with its interval; rates in parts per billion of the whole."""

    measure: ComplianceMeasure
    rate: int | None
    low: int | None
    high: int | None
    sampled_lines: int
    discrepant_lines: int
    weighted: bool
    effective_sample_size: float


@dataclass(frozen=True, slots=True)
class DiscrepancyCount:
    """Sampled lines that have a discrepancy of one type, by its code."""

    code: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformancePeriod:
    """Figures over one period, for the whole account or one value of a dimension.

    `chapter_code` and the like are set in a breakdown by that dimension; None there is "not told".
    """

    from_: date
    to: date
    moment: Moment
    chapter_code: str | None = None
    origin_code: str | None = None
    port_code: str | None = None
    number_id: str | None = None
    filer: str | None = None
    entry_summaries: int
    lines: int
    entered_value: Money
    duties_taxes_fees: Money
    examinations: int
    ad_cvd_lines: int
    requests_for_information: int
    notices_of_action: int
    post_summary_corrections: int
    protests: int
    penalties: int
    compliance: tuple[ComplianceRate, ...]
    discrepancies: tuple[DiscrepancyCount, ...]

    @property
    def examination_rate(self) -> int | None:
        """Examinations per 100 entry summaries, in parts per billion; None without any."""
        if not self.entry_summaries:
            return None
        return min(BILLION, self.examinations * BILLION // self.entry_summaries)


@dataclass(frozen=True, slots=True)
class MetricComparison:
    """One metric beside the peers; `percentile` in parts per billion."""

    metric: PerformanceMetric
    value: float | None
    lower_quartile: float
    median: float
    upper_quartile: float
    percentile: int | None


@dataclass(frozen=True, slots=True)
class CenterEvidence:
    """Volumes that point to a Center; shares in parts per billion of all."""

    center: Center
    lines: int
    line_share: int
    entered_value: Money
    value_share: int
    chapters: tuple[HtsChapter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterExplanation:
    """The assignment beside what the tariff volumes say."""

    assigned: Entity | None
    assignment: Relationship | None
    by_number: Center | None
    by_value: Center | None
    evidence: tuple[CenterEvidence, ...]
    from_: date
    to: date

    @property
    def agrees(self) -> bool:
        """Whether the assigned Center is the one with most entry lines."""
        if self.assigned is None or self.by_number is None:
            return False
        return self.assigned.stored_key == self.by_number.stored_key


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPerformance:
    """The figures of an account over some time, cell by cell, until they are rolled up."""

    stored_key: str
    moment: Moment
    from_: date
    to: date
    cells: "tuple[Cell, ...]"
    source: Source
    loaded_through: date


@dataclass(frozen=True, slots=True)
class Cell:
    """The figures of one month for one chapter, origin, port, number and filer; cents in money."""

    month: date
    place: Mapping[str, str | None]
    currency: str
    weight: float | None
    discrepancies: tuple[tuple[str, int], ...]
    counts: Mapping[str, int]
