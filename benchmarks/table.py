"""The table of a run, from its rounds."""

from collections.abc import Iterable
from statistics import median

from benchmarks.measure import Round

HEAD = (
    "| operation | c | ours/s | p50 ms | p99 ms | CPU ms server, db | peer/s (form) | ratio | goal"
    " | 10 times the accounts cost |"
)
RULE = "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
GOALS = {"c_list": 10.0, "h_hub": 10.0, "j_rows": 3.0}
GOAL = 2.0


def table(rounds: list[Round], titles: dict[str, str]) -> str:
    """Medians over the rounds that nothing disturbed, or over all if all were."""
    lines = [HEAD, RULE]
    for name, title in titles.items():
        for connections in sorted({each.connections for each in rounds}):
            of = [r for r in rounds if r.question == name and r.connections == connections]
            if of:
                lines.append(_line(name, title, connections, of))
    return "\n".join(lines) + "\n"


def _line(name: str, title: str, connections: int, rounds: list[Round]) -> str:
    ours = _quiet(r for r in rounds if r.side == "ours")
    small = _quiet(r for r in rounds if r.side == "small")
    best, form = _best(rounds)
    rate = _median(r.rate for r in ours)
    ratio = f"{rate / best:.1f}" if best else "-"
    goal = f"{GOALS.get(name, GOAL):.0f}" if best else "-"
    grown = f"{_median(r.p50 for r in ours) / _median(r.p50 for r in small):.2f}" if small else "-"
    cpu = f"{_median(r.server_cpu for r in ours):.2f}, {_median(r.database_cpu for r in ours):.2f}"
    against = f"{best:.0f} ({form})" if best else "-"
    return (
        f"| {name[0]} {title} | {connections} | {rate:.0f} | {_median(r.p50 for r in ours):.2f}"
        f" | {_median(r.p99 for r in ours):.2f} | {cpu} | {against} | {ratio} | {goal} | {grown} |"
    )


def _best(rounds: list[Round]) -> tuple[float, str]:
    """The fastest server and form of the peer that answered without failing."""
    found = []
    for side, form in {(r.side, r.form) for r in rounds if r.side not in ("ours", "small")}:
        of = [r for r in rounds if r.side == side and r.form == form]
        if not any(r.failed for r in of):
            found.append((_median(r.rate for r in _quiet(of)), f"{form}, {side}"))
    return max(found, default=(0.0, ""))


def _quiet(rounds: Iterable[Round]) -> list[Round]:
    every = list(rounds)
    return [each for each in every if not each.disturbed] or every


def _median(values: Iterable[float]) -> float:
    every = list(values)
    return median(every) if every else 0.0
