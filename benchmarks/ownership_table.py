"""The table of `make bench-ownership`."""

from typing import Any

import numpy as np

HEAD = (
    "| parties | holdings | task | p50 ms | p99 ms | plain p50 | networkx p50 | scipy"
    " | ratio p50, total | target |"
)
RULE = "|--:|--:|---|--:|--:|--:|--:|--:|--:|---|"
STORED = (
    "| parties | claims | snapshot read s | of it CPU s | bytes a party | one's owners p50 ms"
    " | p99 ms | at a past day p50 ms | p99 ms | Cypher p50 ms | p99 ms"
    " | Cypher past its limit, its 20 steps | ratio p50 |"
)
RULED = "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"


def lines(sizes: list[dict[str, Any]]) -> list[str]:
    """Both tables and what is to be said of each size."""
    found = [HEAD, RULE]
    found += [_task(size, task) for size in sizes for task in size["tasks"]]
    found += ["", *(_size(size) for size in sizes)]
    stored = [size["stored"] for size in sizes if size["stored"]]
    if stored:
        found += ["", STORED, RULED, *(_stored(each) for each in stored)]
    return found


def ending(run: dict[str, Any]) -> list[str]:
    """What is to be known of a run."""
    return [
        f"All ultimate shares of plain Python are those of {run['targets']} parties, multiplied.",
        f"Load {run['load']:.0f} on {run['cores']} cores at the end, at commit {run['commit']}:"
        " in memory the thread's CPU time is measured, of a database the time on the clock.",
    ]


def _task(size: dict[str, Any], task: dict[str, Any]) -> str:
    taken = {name: np.array(each) * 1000 for name, each in task["taken"].items()}
    ours = taken.pop("ours")
    told = [f"{np.median(ours):.3f}", f"{np.quantile(ours, 0.99):.3f}" if len(ours) > 5 else "-"]
    for name in ("plain", "networkx", "scipy"):
        other = taken.get(name)
        told.append("-" if other is None else f"{np.median(other) * task['times']:.3f}")
    peer = next(iter(taken.values()), None)
    ratio = "-"
    if peer is not None:
        ratio = f"{np.median(peer) * task['times'] / np.median(ours):.1f}"
        ratio += f", {peer.sum() * task['times'] / ours.sum():.1f}" if len(ours) > 5 else ""
    if task["name"] == "ultimate controller of one":
        all_ = next(e for e in size["tasks"] if e["name"] == "all ultimate controllers")
        ratio += f"; 1/{min(all_['taken']['ours']) * 1000 / np.median(ours):.0f} of all"
    return (
        f"| {size['parties']:,} | {size['holdings']:,} | {task['name']} | {' | '.join(told)}"
        f" | {ratio} | {task['target']} |"
    )


def _size(size: dict[str, Any]) -> str:
    return (
        f"{size['parties']:,} parties: {size['above_p50']:.0f} above the median one,"
        f" {size['in_rings']} in rings; holdings made in {size['build_cpu_s']:.2f} s,"
        f" {size['bytes_per_party']:.0f} bytes a party, their claims with keys"
        f" {size['bytes_of_claims_per_party']:.0f}."
    )


def _stored(each: dict[str, Any]) -> str:
    ours, cypher = np.array(each["ours"]) * 1000, np.array(each["cypher"]) * 1000
    asked = len(cypher) + each["cypher_late"]
    half, most = np.quantile(ours, [0.5, 0.99])
    before, longest = np.quantile(np.array(each["past"]) * 1000, [0.5, 0.99])
    # Those past the limit count with it: what they would have taken is more.
    late = np.full(each["cypher_late"], each["cypher_limit_s"] * 1000)
    theirs = np.concatenate([cypher, late])
    middle, last = np.quantile(theirs, [0.5, 0.99])
    return (
        f"| {each['parties']:,} | {each['claims']:,} | {each['read_s']:.2f}"
        f" | {each['read_cpu_s']:.2f} | {each['bytes_per_party']:.0f} | {half:.2f} | {most:.2f}"
        f" | {before:.2f} | {longest:.2f}"
        f" | {middle:.1f} | {last:.1f} | {each['cypher_late']}, {each['cypher_short']} of {asked}"
        f" | {middle / half:.1f} |"
    )
