"""The table of the measurements of risk, beside what was aimed at."""

from collections.abc import Sequence
from typing import Any


def table(sizes: Sequence[Any]) -> str:
    """A column for each size."""
    heads = " | ".join(f"{each.accounts:,} accounts" for each in sizes)
    lines = [f"| CPU of one thread | {heads} | target |", "|---|" + "--:|" * (len(sizes) + 1)]
    for name, target, tell in ROWS:
        cells = " | ".join(_told(tell, each) for each in sizes)
        lines.append(f"| {name} | {cells} | {target} |")
    return "\n".join(lines) + "\n"


def _told(tell: Any, size: Any) -> str:
    try:
        return str(tell(size))
    except KeyError:
        return "-"  # not measured at this size


def _seconds(name: str) -> Any:
    return lambda of: f"{1000 * of.seconds[name]:,.1f} ms"


def _ratio(name: str) -> Any:
    return lambda of: f"{of.seconds[name] / of.seconds['full run']:.0f} times"


def _spread(name: str) -> Any:
    return lambda of: ", ".join(f"{1000 * each:,.2f}" for each in of.spread[name]) + " ms"


def _against_full(of: Any) -> str:
    return f"1/{of.seconds['full run'] / of.spread['claim ends or begins'][1]:,.0f}"


def _seed_max(of: Any) -> str:
    return f"{of.spread['strong own risk comes or goes'][2] / of.seconds['full run']:.3f}"


def _step(of: Any) -> str:
    whole = of.seconds["full run"] + of.seconds["arcs"]
    return f"1/{whole / of.spread['change, beside the old'][0]:.1f}"


def _cypher(of: Any) -> str:
    if not of.cypher:
        raise KeyError
    return "{late} of {asked}, {short} of {asked}".format(**of.cypher)


def _memory(of: Any) -> str:
    told = of.bytes_per_account
    return f"{told['arcs']:.0f} + {told['labels']:.0f} = {told['arcs'] + told['labels']:.0f}"


ROWS: tuple[tuple[str, str, Any], ...] = (
    ("things, claims, arcs", "", lambda of: f"{of.things:,}, {of.claims:,}, {of.arcs:,}"),
    ("arcs from the network", "", _seconds("arcs")),
    ("**full run** of SC-3", "", _seconds("full run")),
    ("… bytes it looks at, of a numpy triad's", "", lambda of: f"{of.bandwidth:.0%}"),
    ("heap in plain Python", "", _seconds("Python heap")),
    ("… beside the full run", "25 times", _ratio("Python heap")),
    ("numpy rounds", "", _seconds("numpy rounds")),
    ("… beside the full run", "40 times", _ratio("numpy rounds")),
    ("**claim ends or begins**, in place: p50, p95, max", "", _spread("claim ends or begins")),
    ("… p95 of a full run", "below 1/1000", _against_full),
    ("strong own risk comes or goes: p50, p95, max", "", _spread("strong own risk comes or goes")),
    ("… max of a full run", "below 1", _seed_max),
    (
        "a change as the product makes it: p50, p95, max",
        "",
        _spread("change, beside the old"),
    ),
    ("… p50 of arcs and full run", "", _step),
    ("**chains** by backward search: p50, p99, max", "", _spread("backward search")),
    ("… by the clock, for the accounts below: p50, p99, max", "", _spread("ours beside Cypher")),
    ("Cypher, all paths of at most 4 steps, by the clock", "", _spread("Cypher")),
    ("… not done in 10 s; another answer, as chains are longer", "", _cypher),
    ("chains from labels: p50, p99, max", "no search", _spread("chains from labels")),
    ("scores of all from labels", "", _seconds("scores of all")),
    ("accounts at .5 or more", "", _seconds("accounts at .5 or more")),
    ("bytes by account: arcs + labels", "400", _memory),
    ("… and keys, ids and claims", "", lambda of: f"{of.bytes_per_account['network']:.0f}"),
    ("all agree", "yes", lambda of: "yes" if of.correct else "**no**"),
)
