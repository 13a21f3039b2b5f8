"""An account beside its peers: the accounts of its kind in its Center with figures."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from statistics import quantiles

from graph import records
from graph.figures import COUNTS, summed
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.records.performance import BILLION
from graph.session import Graph
from graph.terms import PerformanceMetric, Permission

FEWEST_PEERS = 5
MONEY = frozenset({PerformanceMetric.ENTERED_VALUE})
Metrics = dict[PerformanceMetric, float | None]


async def all_peers(
    graph: Graph, viewer: Viewer, moment: Moment, first: date, end: date, keys: Sequence[str]
) -> list[list[Metrics]]:
    """The metrics of each account's peers: of its kind, in its Center, with figures then."""
    seen = await reach(graph, viewer, Permission.READ_PERFORMANCE)
    question = query("performance/peers")
    found = await graph.read(
        question,
        keys=seen.keys(keys),
        **seen.parameters(question),
        **{"from": first, "to": end},
        **moment.parameters,
    )
    known = {row["key"]: [_metrics(*each) for each in row["peers"]] for row in found}
    return [known.get(key, []) for key in keys]


def _metrics(
    entries: int,
    examinations: int,
    corrections: int,
    inquiries: int,
    cents: int,
    weighed: float,
    wrong: float,
    major: float,
) -> Metrics:
    def per(count: int) -> float | None:
        return 100 * count / entries if entries else None

    return {
        PerformanceMetric.LETTER_OF_LAW_RATE: 100 * (1 - wrong / weighed) if weighed else None,
        PerformanceMetric.MAJOR_DISCREPANCY_RATE: 100 * (1 - major / weighed) if weighed else None,
        PerformanceMetric.EXAMINATION_RATE: per(examinations),
        PerformanceMetric.CORRECTION_RATE: per(corrections),
        PerformanceMetric.INQUIRY_RATE: per(inquiries),
        PerformanceMetric.ENTERED_VALUE: cents / 100,
    }


def own_metrics(of: records.AccountPerformance) -> Metrics:
    """The metrics of the account itself, by the same formulas."""
    sums = {name: sum(cell.counts[name] for cell in of.cells) for name in COUNTS}
    dollars = summed(of.cells, "entered_value")

    def weigh(name: str) -> float:
        weights = ((1.0 if cell.weight is None else cell.weight, cell) for cell in of.cells)
        return sum(weight * cell.counts[name] for weight, cell in weights)

    return _metrics(
        sums["entry_summaries"],
        sums["examinations"],
        sums["post_summary_corrections"],
        sums["requests_for_information"] + sums["notices_of_action"],
        dollars,
        weigh("sampled"),
        weigh("discrepant"),
        weigh("major"),
    )


def comparison(
    of: records.AccountPerformance, among: Sequence[Metrics], *, money: bool = True
) -> list[records.MetricComparison] | None:
    """The account beside its peers; None if they are too few to keep any of them unknown.

    Quartiles are inclusive (linear between order statistics, R's type 7). A metric that fewer than
    FEWEST_PEERS of the peers have is left out, and so is money for who may not know it.
    """
    if len(among) < FEWEST_PEERS:
        return None
    mine = own_metrics(of)
    found = []
    for metric in PerformanceMetric:
        values = sorted(value for each in among if (value := each[metric]) is not None)
        if len(values) < FEWEST_PEERS or (metric in MONEY and not money):
            continue
        low, middle, high = quantiles(values, n=4, method="inclusive")
        value = mine[metric]
        below = None if value is None else bisect_left(values, value) * BILLION // len(values)
        found.append(records.MetricComparison(metric, value, low, middle, high, below))
    return found
