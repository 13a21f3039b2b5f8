"""SC-k by hand: the exact scores of small networks, through the writer and GraphQL.

Each vector has a policy of its own, whose rules are the vector's arcs: policies are data.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph import ids
from graph.load.write import write
from graph.reference.policy import policy
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

RISK = """query ($id: ID!) { node(id: $id) { ... on RiskSubject { risk {
  own inherited score lowerBound policy { version }
  chains { source { label } seed strength flags { severity }
    path { end { label } hops { attenuation to { label } } } } } } } }"""
Rules = dict[tuple[str, str], tuple[float, bool, int | None]]
BASE: Rules = {
    ("OWNS", "OUT"): (0.8, True, None),
    ("OWNS", "IN"): (0.5, True, None),
    ("NOMINEE_FOR", "IN"): (0.2, False, None),  # R8: the broker K serves T
    ("SHARES", "OUT"): (0.5, False, None),
    ("SHARES", "IN"): (0.5, False, 10),
}


def policy_row(folder: Path, number: str, rules: Rules) -> worlds.NodeRow:
    """A version of a policy, through the checks that a file of an operator meets."""
    told = {
        "name": "Vector", "number": number, "description": "A vector.", "chains": 3, "floor": 0.01,
        "validFrom": "1997-01-01", "validTo": None,
        "rules": [
            {"relationshipType": type_, "direction": way, "attenuation": left,
             "scaledByShare": scaled, "hubDegree": hub}
            for (type_, way), (left, scaled, hub) in rules.items()
        ],
        "bands": [{"rating": "MODERATE", "from": 0.25}, {"rating": "HIGH", "from": 0.5},
                  {"rating": "CRITICAL", "from": 0.75}],
    }  # fmt: skip
    file = folder / f"{number}.json"
    file.write_text(json.dumps(told))
    return policy(file)


def flagged(seeds: Mapping[str, float]) -> list[worlds.Row]:
    rows: list[worlds.Row] = []
    for name, seed in seeds.items():
        properties = {"kind": "PENALTY", "severity": seed, "raisedOn": date(2021, 1, 1)}
        rows.append(worlds.NodeRow("RiskFlag", f"F-{name}", ("RiskFlag",), properties))
        rows.append(worlds.claim(f"RiskFlag:F-{name}", "FLAGS", f"Party:{name}"))
    return rows


async def written(
    graph: Graph, folder: Path, rules: Rules, arcs: list[tuple[str, str, str]],
    seeds: Mapping[str, float], more: tuple[worlds.Row, ...] = (),
) -> None:  # fmt: skip
    names = sorted({name for start, _, end in arcs for name in (start, end)} | seeds.keys())
    rows: list[worlds.Row] = [policy_row(folder, "1", rules)]
    rows += [worlds.organization(name, name) for name in names if name != "H"]
    rows += [worlds.claim(f"Party:{a}", type_, f"Party:{b}") for a, type_, b in arcs]
    outcome = await write(graph, [*rows, *more, *flagged(seeds)], at=worlds.RECORDED)
    assert outcome.refused == []


async def risk(ask: Ask, name: str) -> dict[str, Any]:
    found = await ask(RISK, id=ids.encode(f"Party:{name}"))
    answer: dict[str, Any] = found["node"]["risk"]
    left = 1.0
    for chain in answer["chains"]:
        product = chain["seed"]
        for hop in chain["path"]["hops"]:
            product *= hop["attenuation"]
        assert chain["strength"] == pytest.approx(product, abs=1e-12)
        assert chain["path"]["end"]["label"] == name
        left *= 1 - chain["strength"]
    assert answer["inherited"] == pytest.approx(1 - left, abs=1e-12)
    assert answer["score"] == pytest.approx(1 - (1 - answer["own"]) * left, abs=1e-12)
    return answer


def chains(answer: dict[str, Any]) -> list[tuple[str, float]]:
    return [(each["source"]["label"], round(each["strength"], 12)) for each in answer["chains"]]


async def test_r8_by_hand(graph: Graph, ask: Ask, tmp_path: Path) -> None:
    seeds = {"T": 0.1, "P": 0.6, "U": 0.5, "K": 0.5, "Q": 0.4}
    hub = worlds.NodeRow(
        "SharedAttribute", "H", ("SharedAttribute",), {"kind": "ADDRESS", "hash": "0"}
    )
    others: tuple[worlds.Row, ...] = tuple(
        row
        for number in range(18)
        for row in (
            worlds.organization(f"X{number}", f"X{number}"),
            worlds.claim(f"Party:X{number}", "SHARES", "SharedAttribute:H"),
        )
    )
    more: tuple[worlds.Row, ...] = (
        hub,
        worlds.claim("Party:T", "SHARES", "SharedAttribute:H"),
        worlds.claim("Party:Q", "SHARES", "SharedAttribute:H"),
        worlds.owns("Party:P", "Party:T", 30),
        worlds.owns("Party:T", "Party:U", 40),
        *others,
    )
    await written(graph, tmp_path, {**BASE, ("NOMINEE_FOR", "OUT"): (0.2, False, None)},
                  [("T", "NOMINEE_FOR", "K")], seeds, more)  # fmt: skip

    found = await risk(ask, "T")
    assert chains(found) == [("P", 0.288), ("U", 0.2), ("K", 0.1)]
    assert found["score"] == pytest.approx(0.538624, abs=1e-12)
    assert (found["own"], found["policy"]["version"]) == (0.1, "1")
    assert found["lowerBound"] == pytest.approx(0.288, abs=1e-12)
    found = await risk(ask, "P")
    assert [source for source, _ in chains(found)] == ["U", "K", "T"]
    assert found["score"] == pytest.approx(0.6462216, abs=1e-12)

    sold = replace(worlds.owns("Party:P", "Party:T", 30), valid_to=date(2022, 1, 1))
    await write(graph, [sold], at=worlds.RECORDED.replace(year=2022))
    found = await risk(ask, "T")
    assert [source for source, _ in chains(found)] == ["U", "K", "Q"]
    assert found["score"] == pytest.approx(0.3844, abs=1e-12)


async def test_r9_the_extra_label(graph: Graph, ask: Ask, tmp_path: Path) -> None:
    arcs = [("v", "w"), ("w", "v"), ("a", "w"), ("b", "w"), ("c", "w")]
    await written(graph, tmp_path, {("NOMINEE_FOR", "OUT"): (0.5, False, None)},
                  [(a, "NOMINEE_FOR", b) for a, b in arcs],
                  {"v": 0.9, "a": 0.8, "b": 0.6, "c": 0.4})  # fmt: skip

    found = await risk(ask, "w")
    assert chains(found) == [("v", 0.45), ("a", 0.4), ("b", 0.3)]
    assert found["score"] == pytest.approx(0.769, abs=1e-12)
    found = await risk(ask, "v")
    assert chains(found) == [("a", 0.2), ("b", 0.15), ("c", 0.1)]
    assert found["score"] == pytest.approx(0.9388, abs=1e-12)


async def test_r10_no_echo(graph: Graph, ask: Ask, tmp_path: Path) -> None:
    rules: Rules = {("CONTROLS", way): (0.9, False, None) for way in ("OUT", "IN")}
    await written(graph, tmp_path, rules, [("x", "CONTROLS", "y")], {"x": 0.1})

    assert (await risk(ask, "x"))["score"] == pytest.approx(0.1, abs=1e-12)
    assert (await risk(ask, "y"))["score"] == pytest.approx(0.09, abs=1e-12)


async def test_r11_one_source_once(graph: Graph, ask: Ask, tmp_path: Path) -> None:
    rules: Rules = {
        ("NOMINEE_FOR", "OUT"): (0.5, False, None),
        ("CONTROLS", "OUT"): (0.6, False, None),
    }
    arcs = [("s", "NOMINEE_FOR", "a"), ("s", "CONTROLS", "b"), ("a", "NOMINEE_FOR", "t"),
            ("b", "NOMINEE_FOR", "t")]  # fmt: skip
    await written(graph, tmp_path, rules, arcs, {"s": 0.8})

    found = await risk(ask, "t")
    assert chains(found) == [("s", 0.24)]
    assert [hop["to"]["label"] for hop in found["chains"][0]["path"]["hops"]] == ["b", "t"]


async def test_r12_floor(graph: Graph, ask: Ask, tmp_path: Path) -> None:
    rules: Rules = {
        ("NOMINEE_FOR", "OUT"): (0.1, False, None),
        ("CONTROLS", "OUT"): (0.05, False, None),
    }
    await written(graph, tmp_path, rules, [("b", "NOMINEE_FOR", "a"), ("b", "CONTROLS", "c")],
                  {"b": 0.15})  # fmt: skip

    assert (await risk(ask, "a"))["score"] == pytest.approx(0.015, abs=1e-12)
    assert (await risk(ask, "c"))["score"] == 0


R1 = (
    "1-3 .5, 1-5 .3, 2-4 .1, 2-5 .3, 2-10 .12, 3-1 .53, 3-5 .62, 3-8 .21, 3-10 .52, 5-3 .69,"
    " 5-4 .53, 5-8 .1, 6-3 .23, 6-4 .39, 7-4 .83, 8-1 .39, 9-4 .69"
)


async def test_r1_best_chains_are_shortest_paths(graph: Graph, ask: Ask, tmp_path: Path) -> None:
    """An arc of weight w leaves exp(-w): by a share, in parts per billion, hence the tolerance."""
    more: list[worlds.Row] = [worlds.organization(str(one), str(one)) for one in range(1, 11)]
    for arc in R1.split(", "):
        ends, weight = arc.split()
        part = round(math.exp(-float(weight)) / 0.95 / 2 * 10**9)
        share = {"interest": "SHAREHOLDING", "minShare": part, "maxShare": part, "disclosed": True}
        a, b = (f"Party:{end}" for end in ends.split("-"))
        more.append(worlds.ClaimRow("OWNS", a, b, worlds.REGISTER, worlds.SINCE, None, share))
    await written(graph, tmp_path, {("OWNS", "OUT"): (0.95, True, None)}, [], {}, tuple(more))
    assert (await write(graph, flagged({"1": 1.0}), at=worlds.RECORDED)).refused == []

    wanted = {3: 0.5, 4: 0.83, 5: 0.3, 8: 0.4, 10: 1.02}
    for one in range(2, 11):
        found = await risk(ask, str(one))
        due = [math.exp(-wanted[one])] if one in wanted else []
        assert [each["strength"] for each in found["chains"]] == pytest.approx(due, abs=1e-8)
