"""The tables of `make bench-real`."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import networkx as nx

from benchmarks.real_groups import Group, rings


@dataclass(frozen=True)
class Loaded:
    """What loading a file printed."""

    file: str
    said: list[str]


@dataclass(frozen=True)
class Asked:
    """A question about a group: milliseconds of each time, the first one first; what was told."""

    group: str
    question: str
    took: list[float]
    answer: dict[str, Any]

    @property
    def told(self) -> str:
        """The answer in a few words, and whether it is complete."""
        state = self.answer["completeness"]["state"]
        return f"{_told(self.answer)}; {state}"


@dataclass(frozen=True)
class Results:
    """All that was measured."""

    loaded: list[Loaded]
    groups: list[Group]
    owners: int
    seconds: float
    asked: list[Asked]
    times: int
    load: float


def table(found: Results, files: "nx.DiGraph[str]") -> str:
    """The results as Markdown."""
    lines = [
        "# Real files",
        "",
        "`make bench-real`: what it loads and asks, and how to do the same by hand, is told in"
        " [docs/real-files.md](../../docs/real-files.md).",
        f"Load {found.load:.0f} on {os.cpu_count()} cores at the end.",
        "",
    ]
    for each in found.loaded:
        lines += [f"`{each.file}`:", "", "```", *each.said, "```", ""]
    lines += [
        f"Of {found.owners:,} parties that own anything, these have the most below them; found over"
        f" HTTP in {found.seconds:.0f} s, and the same as by networkx on the files:"
        " who stands below, how far, and who is part of a ring.",
        "",
        "| group | parties below | depth | rings: their members |",
        "|---|--:|--:|---|",
        *(_group(each, files) for each in found.groups),
        "",
        f"Each question once, then {found.times} times more, one at a time. All but neighborhood"
        " are asked of an organization at the bottom of the group.",
        "",
        "| group | question | first ms | p50 ms | max ms | answer |",
        "|---|---|--:|--:|--:|---|",
        *(_asked(each) for each in found.asked),
    ]
    return "\n".join(lines) + "\n"


def _group(group: Group, files: "nx.DiGraph[str]") -> str:
    sizes = sorted(len(ring) for ring in rings(group, files))
    told = ", ".join(map(str, sizes)) or "none"
    return f"| {_name(group.name)} | {len(group.below):,} | {group.depth} | {told} |"


def _asked(each: Asked) -> str:
    first, *again = each.took
    return (
        f"| {_name(each.group)} | {each.question} | {first:.0f} | {median(again):.0f}"
        f" | {max(again):.0f} | {each.told} |"
    )


def _name(text: str) -> str:
    return text.replace("|", "\\|")


def _told(answer: dict[str, Any]) -> str:
    if "nodes" in answer:
        return f"{len(answer['nodes'])} things, {len(answer['relationships'])} relationships"
    return "; ".join(_parts(answer))


def _parts(answer: dict[str, Any]) -> Iterator[str]:
    if "controller" in answer:
        name = answer["controller"] and answer["controller"]["name"]
        yield f"{_name(name or 'nobody')}: {answer['verdict']}"
        codes = sorted({each["code"] for each in answer["remarks"]})
        yield from codes
    elif "owners" in answer:
        for one in answer["owners"][:3]:
            yield f"{_name(one['owner']['name'])} {_range(one['share'])}"
        if len(answer["owners"]) > 3:
            yield f"{len(answer['owners']) - 3} more"
        yield f"nobody known {_range(answer['remainder'])}"
    elif "connected" in answer:
        yield f"{answer['connected']}, {len(answer['paths'])} paths"
    else:
        yield f"{answer['verdict']}, {_range(answer['aggregate'])} by blocked parties"


def _range(share: dict[str, float]) -> str:
    low, high = share["min"], share["max"]
    return f"{low:g} %" if low == high else f"{low:g} to {high:g} %"
