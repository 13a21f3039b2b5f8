"""Monthly cells rolled up in any way: in one, in steps, by a dimension. Sums are the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph import records
from graph.algorithms import compliance
from graph.algorithms.compliance import Sample
from graph.errors import BadInput
from graph.records.performance import BILLION, Cell
from graph.terms import ComplianceMeasure, PerformanceDimension, PeriodLength

DOLLARS = "USD"
COUNTS = (
    "entry_summaries", "lines", "entered_value", "duties_taxes_fees", "examinations",
    "ad_cvd_lines", "requests_for_information", "notices_of_action", "post_summary_corrections",
    "protests", "penalties", "sampled", "discrepant", "major",
)  # fmt: skip
SHOWN = COUNTS[4:11]
PLACES = ("chapter_code", "origin_code", "port_code", "number_id", "filer")
DIMENSIONS = dict(
    zip(
        (
            PerformanceDimension.HTS_CHAPTER,
            PerformanceDimension.ORIGIN,
            PerformanceDimension.PORT,
            PerformanceDimension.IMPORTER_NUMBER,
            PerformanceDimension.FILER_CODE,
        ),
        PLACES,
        strict=True,
    )
)
STEPS = {PeriodLength.MONTH: 1, PeriodLength.QUARTER: 3, PeriodLength.YEAR: 12}


def total(of: records.AccountPerformance) -> records.PerformancePeriod:
    """The whole time in one."""
    return rolled(of, of.cells, of.from_, of.to)


def trend(of: records.AccountPerformance, step: PeriodLength) -> list[records.PerformancePeriod]:
    """The time in steps of the calendar, oldest first; the first and last may be cut."""
    grouped: defaultdict[date, list[Cell]] = defaultdict(list)
    for cell in of.cells:
        grouped[_begin(cell.month, step)].append(cell)
    found = []
    begin = _begin(of.from_, step)
    while begin < of.to:
        after = _later(begin, STEPS[step])
        first, end = max(begin, of.from_), min(after, of.to)
        found.append(rolled(of, grouped.get(begin, []), first, end))
        begin = after
    return found


def _begin(day: date, step: PeriodLength) -> date:
    size = STEPS[step]
    return date(day.year, (day.month - 1) // size * size + 1, 1)


def _later(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 + count
    return date(month // 12, month % 12 + 1, 1)


def breakdown(
    of: records.AccountPerformance, by: PerformanceDimension, limit: int, *, money: bool = True
) -> list[records.PerformancePeriod]:
    """The whole time by one dimension, largest entered value first, then by its value.

    Without `money`, for who may not know it, most entry lines first.
    """
    name = DIMENSIONS[by]
    grouped: defaultdict[str | None, list[Cell]] = defaultdict(list)
    for cell in of.cells:
        grouped[cell.place[name]].append(cell)
    found = [
        replace(rolled(of, cells, of.from_, of.to), **{name: value})  # type: ignore[arg-type]
        for value, cells in grouped.items()
    ]

    def place(one: records.PerformancePeriod) -> tuple[int, str]:
        most = one.entered_value.cents if money else one.lines
        return -most, getattr(one, name) or "~"

    return sorted(found, key=place)[:limit]


def rolled(
    of: records.AccountPerformance, cells: Sequence[Cell], first: date, end: date
) -> records.PerformancePeriod:
    """Cells in one. Raises BadInput where they are in several currencies, which do not add up."""
    currencies = sorted({cell.currency for cell in cells}) or [DOLLARS]
    if len(currencies) > 1:
        raise BadInput(
            f"The figures are in {' and '.join(currencies)}, which do not add up. Ask for a time"
            " in which they are in one currency."
        )
    sums = {name: sum(cell.counts[name] for cell in cells) for name in COUNTS}
    told: Counter[str] = Counter()
    for cell in cells:
        told.update(dict(cell.discrepancies))
    return records.PerformancePeriod(
        from_=first,
        to=end,
        moment=of.moment,
        entry_summaries=sums["entry_summaries"],
        lines=sums["lines"],
        entered_value=records.Money(sums["entered_value"], currencies[0]),
        duties_taxes_fees=records.Money(sums["duties_taxes_fees"], currencies[0]),
        **_counts(sums),
        compliance=(
            _rate(cells, ComplianceMeasure.LETTER_OF_LAW, "discrepant"),
            _rate(cells, ComplianceMeasure.MAJOR_DISCREPANCY, "major"),
        ),
        discrepancies=tuple(
            records.DiscrepancyCount(code, lines)
            for code, lines in sorted(told.items(), key=lambda each: (-each[1], each[0]))
        ),
    )


def _counts(sums: dict[str, int]) -> Any:  # Any: the names are those of the record's fields
    return {name: sums[name] for name in SHOWN}


def _rate(
    cells: Iterable[Cell], measure: ComplianceMeasure, counted: str
) -> records.ComplianceRate:
    found = compliance.rate(
        Sample(cell.counts["sampled"], cell.counts[counted], cell.weight) for cell in cells
    )
    return records.ComplianceRate(
        measure,
        _parts(found.rate),
        _parts(found.low),
        _parts(found.high),
        found.sampled,
        found.discrepant,
        found.weighted,
        found.effective,
    )


def _parts(rate: float | None) -> int | None:
    """Parts per billion, to the 7 decimals of a percent."""
    return None if rate is None else round(rate * BILLION)


def summed(cells: Iterable[Cell], name: str) -> int:
    """The sum of one figure over cells; of money what is in US dollars."""
    return sum(
        cell.counts[name] for cell in cells if name != "entered_value" or cell.currency == DOLLARS
    )
