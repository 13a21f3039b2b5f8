"""The performance of accounts: figures rolled up, never single transactions."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers import performance
from schema.entity import Source, Term
from schema.fields import resolved_by
from schema.money import Money
from schema.scalars import Percent
from schema.terms import ComplianceMeasure, PerformanceMetric

if TYPE_CHECKING:
    from schema.identifier import FilerCode, ImporterNumber
    from schema.tariff import HtsChapter, Port


@strawberry.type(
    description=(
        "How compliant sampled entry lines were. An estimate from a sample: read the interval, "
        "not the point."
    )
)
class ComplianceRate:
    measure: ComplianceMeasure = strawberry.field(description="What counts as compliant.")
    rate: Percent | None = strawberry.field(
        description=(
            "Estimate, percent: 100 × (1 - Σ weight × discrepant / Σ weight); null without "  # noqa: RUF001
            "sampled lines."
        )
    )
    low: Percent | None = strawberry.field(
        description=(
            "Lower end of the 95 percent Wilson score interval, from the effective sample size."
        )
    )
    high: Percent | None = strawberry.field(description="Upper end of it.")
    sampled_lines: int = strawberry.field(description="Lines sampled.")
    discrepant_lines: int = strawberry.field(description="Of them with a discrepancy.")
    weighted: bool = strawberry.field(
        description="Whether the sample carries weights from stratification."
    )
    effective_sample_size: float = strawberry.field(
        description=(
            "Effective sample size, Σ weight squared, divided by Σ of squared weights; the lines "
            "sampled if not weighted."
        )
    )


@strawberry.type(description="Discrepancies of one type.")
class DiscrepancyCount:
    discrepancy: Term = resolved_by(performance.discrepancy, "The type.")
    lines: int = strawberry.field(description="Sampled lines that have it.")


@strawberry.type(
    description=("Figures over one period: for the whole account, or for one value of a breakdown.")
)
class PerformancePeriod:
    from_: date = strawberry.field(name="from", description="First day.")
    to: date = strawberry.field(description="Day after the last.")
    chapter: Annotated["HtsChapter", strawberry.lazy("schema.tariff")] | None = resolved_by(
        performance.chapter, "The chapter, in a breakdown by chapter."
    )
    origin: Term | None = resolved_by(
        performance.origin, "The country of origin, in a breakdown by origin."
    )
    port: Annotated["Port", strawberry.lazy("schema.tariff")] | None = resolved_by(
        performance.port, "The port, in a breakdown by port."
    )
    importer_number: Annotated["ImporterNumber", strawberry.lazy("schema.identifier")] | None = (
        resolved_by(performance.importer_number, "The importer number, in a breakdown by number.")
    )
    filer_code: Annotated["FilerCode", strawberry.lazy("schema.identifier")] | None = resolved_by(
        performance.filer_code, "The filer code, in a breakdown by filer."
    )
    entry_summaries: int = strawberry.field(description="Entry summaries.")
    lines: int = strawberry.field(description="Entry lines.")
    entered_value: Money = strawberry.field(description="Entered value.")
    duties_taxes_fees: Money = strawberry.field(description="Duties, taxes and fees.")
    examinations: int = strawberry.field(description="Cargo examinations.")
    examination_rate: Percent | None = strawberry.field(
        description="Examinations per 100 entry summaries; null without any."
    )
    ad_cvd_lines: int = strawberry.field(
        description="Entry lines subject to antidumping or countervailing duty."
    )
    requests_for_information: int = strawberry.field(
        description="CBP Forms 28, requests for information."
    )
    notices_of_action: int = strawberry.field(description="CBP Forms 29, notices of action.")
    post_summary_corrections: int = strawberry.field(description="Post-summary corrections.")
    protests: int = strawberry.field(description="Protests.")
    penalties: int = strawberry.field(description="Penalties and liquidated damages assessed.")
    compliance: list[ComplianceRate] = strawberry.field(
        description="Compliance, by the strict and by the material measure."
    )
    discrepancies: list[DiscrepancyCount] = strawberry.field(
        description="Discrepancies found, by type (vocabulary DISCREPANCY), most first."
    )


@strawberry.type(description="One metric beside the peers.")
class MetricComparison:
    metric: PerformanceMetric = strawberry.field(description="The metric.")
    value: float | None = strawberry.field(description="The account's value; null if it has none.")
    lower_quartile: float = strawberry.field(description="A quarter of the peers lie below.")
    median: float = strawberry.field(description="Half of the peers lie below.")
    upper_quartile: float = strawberry.field(description="Three quarters of the peers lie below.")
    percentile: Percent | None = strawberry.field(
        description="Peers below the account, percent; null without a value."
    )


@strawberry.type(
    description=(
        "The performance of an account over some time: entry summaries rolled up, never single "
        "transactions."
    )
)
class AccountPerformance:
    from_: date = strawberry.field(name="from", description="First day.")
    to: date = strawberry.field(description="Day after the last.")
    total: PerformancePeriod = resolved_by(performance.total, "The whole time in one.")
    trend: list[PerformancePeriod] = resolved_by(
        performance.trend, "The time in steps, oldest first."
    )
    breakdown: list[PerformancePeriod] = resolved_by(
        performance.breakdown, "The whole time by one dimension, largest entered value first."
    )
    peers: int = resolved_by(
        performance.peers,
        (
            "How many peers it has: other accounts of its kind in its Center, with figures over "
            "the same time."
        ),
    )
    comparison: list[MetricComparison] | None = resolved_by(
        performance.comparison,
        (
            "The account beside its peers; null if they are fewer than 5, so that none can be "
            "told apart."
        ),
    )
    source: Source = strawberry.field(description="Where the figures come from.")
    loaded_through: date = strawberry.field(
        description="Last day loaded; figures after it are not known."
    )
