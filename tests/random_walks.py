"""Random graphs and walks, and what networkx says about them: the oracle of the walks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, product
from typing import Any

import networkx as nx

from graph import ids
from graph.terms import EntityKind
from tests import worlds

ENDED = date(2022, 1, 1)
ENDS = {  # the letters of the kinds of its start, and of its end
    "OWNS": ("OP", "O"),
    "CONTROLS": ("OP", "O"),
    "OFFICER_OF": ("P", "O"),
    "NOMINEE_FOR": ("OP", "OP"),
    "SHARES": ("OP", "S"),
}
KINDS = {
    "O": EntityKind.ORGANIZATION,
    "P": EntityKind.PERSON,
    "S": EntityKind.SHARED_ATTRIBUTE,
}
Step = tuple[str, str, str, bool]  # from, to, type, forward


def kind(key: str) -> EntityKind:
    """What a key of these worlds is the key of."""
    return KINDS["S" if key.startswith("Shared") else key.partition(":")[2][0]]


@dataclass
class Part:
    """A graph with no relationship to another part."""

    things: list[str] = field(default_factory=list)
    claims: list[worlds.ClaimRow] = field(default_factory=list)

    def rows(self) -> Iterator[worlds.Row]:
        """What writes it."""
        for key in self.things:
            name = key.partition(":")[2]
            match name[0]:
                case "O":
                    yield worlds.organization(name, name)
                case "P":
                    yield worlds.person(name, name)
                case _:
                    yield worlds.NodeRow(
                        "SharedAttribute",
                        name,
                        ("SharedAttribute",),
                        {"kind": "ADDRESS", "hash": name},
                    )
        yield from self.claims

    def among(self, keys: set[str]) -> "Part":
        """Only these things, with the relationships among them."""
        return Part(
            [key for key in self.things if key in keys],
            [claim for claim in self.claims if {claim.start, claim.end} <= keys],
        )


def part(chance: random.Random, number: int) -> Part:
    """A random graph of four to nine things."""
    made = Part()
    for place in range(chance.randint(4, 9)):
        letter = chance.choice("OOOPPS")
        made.things.append(
            ("SharedAttribute" if letter == "S" else "Party") + f":{letter}-{number}-{place}"
        )
    pairs = [(a, b) for a in made.things for b in made.things if a != b]
    for start, end in chance.sample(pairs, min(len(pairs), chance.randint(4, 16))):
        fitting = [
            type_
            for type_, (starts, ends) in ENDS.items()
            if start.partition(":")[2][0] in starts and end.partition(":")[2][0] in ends
        ]
        for type_ in chance.sample(fitting, min(len(fitting), chance.choice([1, 1, 2]))):
            made.claims.append(_claim(chance, type_, start, end))
    return made


def _claim(chance: random.Random, type_: str, start: str, end: str) -> worlds.ClaimRow:
    until = ENDED if chance.random() < 0.15 else None
    more: dict[str, Any] = {}
    if type_ == "OWNS":
        low = chance.randint(0, 100)
        high = chance.choice([low, chance.randint(low, 100)])
        told = chance.random() < 0.8
        shares = (low, high) if told else (0, 100)
        more = {"interest": "SHAREHOLDING", "disclosed": told}
        more |= {"minShare": shares[0] * 10_000_000, "maxShare": shares[1] * 10_000_000}
    return worlds.claim(start, type_, end, until=until, **more)


def walk(chance: random.Random, made: Part) -> dict[str, Any]:
    """A random WalkInput."""
    knobs: dict[str, Any] = {
        "relationshipTypes": chance.sample(sorted(ENDS), chance.randint(1, 5)),
        "direction": chance.choice(["OUT", "IN"]),
        "through": chance.sample([kind.value for kind in KINDS.values()], 2),
        "avoid": [ids.encode(key) for key in chance.sample(made.things, 2)],
        "maxDegree": chance.randint(1, 5),
        "minShare": chance.choice([25, 50.5, 75]),
        "includeUndisclosed": False,
        "includeFormer": True,
    }
    return {name: knobs[name] for name in knobs if chance.random() < 0.25}


class Oracle:
    """What may be walked in a part, as a networkx graph, and the same questions asked of it."""

    def __init__(self, made: Part, walk: dict[str, Any]) -> None:
        """Weigh every relationship and every thing by the walk."""
        self.walk = walk
        self.holding = [
            claim for claim in made.claims if walk.get("includeFormer") or claim.valid_to is None
        ]
        self.followed = [claim for claim in self.holding if self._followed(claim)]
        self.degree = {
            key: sum(key in (claim.start, claim.end) for claim in self.holding)
            for key in made.things
        }
        self.steps = nx.MultiDiGraph()
        self.steps.add_nodes_from(made.things)
        for claim in self.followed:
            if walk.get("direction") != "IN":
                self.steps.add_edge(claim.start, claim.end, (claim.type, True))
            if walk.get("direction") != "OUT":
                self.steps.add_edge(claim.end, claim.start, (claim.type, False))

    def _followed(self, claim: worlds.ClaimRow) -> bool:
        if claim.type not in self.walk.get("relationshipTypes", ENDS):
            return False
        if claim.type != "OWNS":
            return True
        least = self.walk.get("minShare", 0) * 10_000_000
        told = claim.properties["disclosed"] or self.walk.get("includeUndisclosed", True)
        return bool(told) and int(str(claim.properties["maxShare"])) >= least

    def passes(self, key: str) -> bool:
        """Whether a path may go through a thing."""
        return (
            ids.encode(key) not in self.walk.get("avoid", ())
            and kind(key).value in self.walk.get("through", [kind(key).value])
            and self.degree[key] <= self.walk.get("maxDegree", 10**9)
        )

    def between(self, *ends: str) -> nx.MultiDiGraph:
        """The graph without what may not stand between these ends."""
        return self.steps.subgraph([k for k in self.steps if k in ends or self.passes(k)])

    def paths(self, start: str, end: str, longest: int, longer: bool) -> list[tuple[Step, ...]]:
        """Every path asked for, shortest first."""
        graph = self.between(start, end)
        if not nx.has_path(graph, start, end):
            return []
        plain = nx.DiGraph(graph)
        nodes = (
            [list(path) for path in nx.shortest_simple_paths(plain, start, end)]
            if longer
            else list(nx.all_shortest_paths(plain, start, end))
        )
        found = [
            tuple((a, b, *key) for (a, b), key in zip(pairwise(path), keys, strict=True))
            for path in nodes
            if len(path) - 1 <= longest
            for keys in product(*(graph[a][b] for a, b in pairwise(path)))
        ]
        return sorted(found, key=len)

    def distances(self, starts: list[str], deepest: int) -> dict[str, int]:
        """How far everything lies that can be reached, the starts among it."""
        found = dict.fromkeys(starts, 0)
        for key in self.steps:
            far = [
                nx.shortest_path_length(self.between(start, key), start, key)
                for start in starts
                if nx.has_path(self.between(start, key), start, key)
            ]
            if key not in found and far and min(far) <= deepest:
                found[key] = min(far)
        return found
