"""Chains of random worlds: they make the score, and each hop is in the graph at the moment."""

import random
from datetime import date
from math import prod
from typing import Any

import pytest

from graph import ids
from graph.load.write import write
from graph.records.moment import Moment
from graph.reference.install import install
from graph.session import Graph
from tests import worlds
from tests.random_walks import ENDED, Part, part
from tests.resolvers.conftest import Ask

PARTS = 15
DOCUMENT = """
  query ($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Entity { key }
      ... on RiskSubject {
        risk {
          own inherited score lowerBound completeness { state } policy { chains }
          chains {
            source { key } seed strength
            path {
              start { key } end { key }
              hops {
                from { key } to { key } forward attenuation
                relationship { type from { key } to { key } validFrom validTo supersededAt }
              }
            }
          }
        }
      }
    }
  }
"""


def flagged(chance: random.Random, made: Part) -> list[worlds.Row]:
    """Flags on three of the parties of a part."""
    parties = [key for key in made.things if key.startswith("Party:")]
    rows: list[worlds.Row] = []
    for key in chance.sample(parties, min(3, len(parties))):
        told = {"kind": "PENALTY", "severity": chance.choice([0.3, 0.6, 0.9]),
                "raisedOn": worlds.SINCE, "evidence": []}  # fmt: skip
        name = f"F-{key.partition(':')[2]}"
        rows.append(worlds.NodeRow("RiskFlag", name, ("RiskFlag",), told))
        rows.append(worlds.claim(f"RiskFlag:{name}", "FLAGS", key))
    return rows


@pytest.mark.parametrize("day", ["2021-06-01", "2026-11-25"])
async def test_chains_make_the_score_and_their_hops_hold_at_the_moment(
    graph: Graph, ask: Ask, day: str
) -> None:
    chance = random.Random(5)
    parts = [part(chance, number) for number in range(PARTS)]
    rows = [row for each in parts for row in (*each.rows(), *flagged(chance, each))]
    await install(graph, worlds.RECORDED)
    assert (await write(graph, rows, at=worlds.RECORDED)).refused == []
    keys = [key for each in parts for key in each.things if key.startswith("Party:")]
    hops = 0

    moment = Moment.given(date.fromisoformat(day), None, Moment.now())
    for first in range(0, len(keys), 50):
        wanted = [ids.encode(key + moment.suffix) for key in keys[first : first + 50]]
        nodes = (await ask(DOCUMENT, ids=wanted))["nodes"]
        hops += sum(_checked(node, day) for node in nodes)

    ended = [row for row in rows if isinstance(row, worlds.ClaimRow) and row.valid_to == ENDED]
    assert len(ended) > PARTS / 2
    assert hops > 3 * PARTS


def _checked(node: dict[str, Any], day: str) -> int:
    """Check the risk of a thing by its chains; how many hops these have."""
    risk = node["risk"]
    chains = risk["chains"]
    strengths = [each["strength"] for each in chains]
    assert strengths == sorted(strengths, reverse=True)
    assert len({each["source"]["key"] for each in chains}) == len(chains)
    left = prod(1 - each for each in strengths)
    assert risk["inherited"] == pytest.approx(1 - left, abs=1e-12)
    assert risk["score"] == pytest.approx(1 - (1 - risk["own"]) * left, abs=1e-12)
    assert risk["lowerBound"] == max([risk["own"], *strengths])
    assert risk["completeness"]["state"] == "COMPLETE"
    for chain in chains:
        found = chain["path"]["hops"]
        factors = prod(hop["attenuation"] for hop in found)
        assert chain["strength"] == pytest.approx(chain["seed"] * factors, abs=1e-12)
        assert found[0]["from"] == chain["source"] == chain["path"]["start"]
        assert found[-1]["to"] == chain["path"]["end"] == {"key": node["key"]}
        for hop, following in zip(found, [*found[1:], None], strict=True):
            assert following is None or hop["to"] == following["from"]
            _held(hop, day)
    return sum(len(chain["path"]["hops"]) for chain in chains)


def _held(hop: dict[str, Any], day: str) -> None:
    claim = hop["relationship"]
    ends = (claim["from"], claim["to"])
    assert (hop["from"], hop["to"]) == (ends if hop["forward"] else ends[::-1])
    assert date.fromisoformat(claim["validFrom"]) <= date.fromisoformat(day)
    assert claim["validTo"] is None or day < claim["validTo"]
    assert claim["supersededAt"] is None
