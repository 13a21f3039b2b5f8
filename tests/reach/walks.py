"""Walks, ownership and risk as documents: they meet what is hidden on their way."""

from random import Random
from typing import Any

from graph import ids
from tests.reach.cutting import Dump, by_kind
from tests.seen_worlds import WALKS

Asked = tuple[str, dict[str, Any]]
COMPLETE = "completeness { state exploredNodes exploredEdges reason hint }"
CHAIN = "source { key label } flags { key } seed strength path { text hops { attenuation } }"
RISK = f"""
  query Risk($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on RiskSubject {{
    risk {{ own inherited score lowerBound rating {COMPLETE} chains {{ {CHAIN} }}
      counterfactual(below: 0.3, maxSize: 2) {{
        cuts {{ score end {{ type }} resolve {{ key }} }} {COMPLETE} }} }}
    riskReach(first: 20) {{ totalCount {{ value relation }} {COMPLETE}
      edges {{ node {{ key label }} chain {{ {CHAIN} }} }} }}
  }} }} }}
"""
OWNERSHIP = f"""
  query Ownership($ids: [ID!]!, $root: ID!) {{ nodes(ids: $ids) {{ ... on Organization {{
    owners {{ nodes {{ ... on Party {{ key }} }} remainder {{ min max }} }}
    holdings {{ nodes {{ key }} }}
    ultimateOwners {{
      owners {{ owner {{ ... on Party {{ key }} }} share {{ min max }} paths {{ text }} }}
      remainder {{ min max }} {COMPLETE} }}
    ownershipPaths(from: $root) {{ paths {{ text }} {COMPLETE} }}
    controllingGroup {{ controller {{ ... on Party {{ key }} }} verdict {COMPLETE} }}
    blockedStatus {{ verdict listed aggregate {{ min max }} paths {{ text }} {COMPLETE} }}
  }} }} }}
"""
PATHS = f"""
  query Paths($from: ID!, $to: ID!, $walk: WalkInput) {{
    shortestPaths(from: $from, to: $to, walk: $walk, longer: true, limit: 20) {{
      paths {{ text hops {{ relationship {{ type }} }} }} connected {COMPLETE} }}
  }}
"""
REACHABLE = f"""
  query Reachable($from: [ID!]!, $walk: WalkInput) {{
    reachable(from: $from, walk: $walk, maxDepth: 5, first: 50) {{
      totalCount {{ value relation }} {COMPLETE}
      edges {{ distance node {{ key label }} path {{ text }} }} }}
  }}
"""
PART = f"""
  query Part($around: [ID!]!, $walk: WalkInput) {{
    neighborhood(around: $around, depth: 2, limit: 100, walk: $walk) {{
      nodes {{
        distance entity {{ __typename key label degrees {{ type direction count {{ value }} }} }}
        hidden {{ type direction count {{ value relation }} }} beside {{ key }} }}
      relationships {{ type }} {COMPLETE} }}
  }}
"""
WHAT_IF = f"""
  query WhatIf($scenario: ScenarioInput!) {{
    whatIf(scenario: $scenario, limit: 50) {{
      effectCount {{ value }} {COMPLETE}
      effects {{ before {{ score }}
        after {{ subject {{ key label }} score {COMPLETE} chains {{ {CHAIN} }} }} }} }}
  }}
"""


def asked(dump: Dump) -> list[Asked]:
    """Walks of every kind, from things that are there, seen or not."""
    keys = by_kind(dump.nodes)
    parties = sorted(keys["Party"])
    subjects = sorted(keys["Account"] + keys["ImporterNumber"]) + parties
    random = Random(" ".join(subjects))
    found: list[Asked] = [
        (RISK, {"ids": list(map(ids.encode, subjects))}),
        (OWNERSHIP, {"ids": list(map(ids.encode, parties[1:])), "root": ids.encode(parties[0])}),
    ]
    # From anything, seen or not, and from what everybody sees.
    for walk, ends in zip(random.sample(WALKS, 2), (subjects, parties), strict=True):
        start, end = map(ids.encode, random.sample(ends, 2))
        found.append((PATHS, {"from": start, "to": end, "walk": walk}))
        found.append((REACHABLE, {"from": [start], "walk": walk}))
        found.append((PART, {"around": [start, end], "walk": walk}))
    owner, owned = map(ids.encode, random.sample(parties, 2))
    claim = {"type": "OWNS", "fromId": owner, "toId": owned, "share": {"min": 5, "max": 5}}
    return [*found, (WHAT_IF, {"scenario": {"record": [claim]}})]
