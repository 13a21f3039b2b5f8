"""The risk of every account at a moment, under the policy in force: read once, kept while it holds.

What was computed is known by the place of the change log it was read at: any change makes it anew.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from neo4j import Query

from graph import changes, ids, policy
from graph.algorithms import strongest_chains
from graph.algorithms.attenuations import Relation, Rule, arcs
from graph.algorithms.strongest_chains import NOTHING, Score
from graph.errors import GraphError
from graph.policy import Viewer
from graph.queries import query
from graph.records.moment import Moment
from graph.rows import native
from graph.session import Graph
from graph.terms import Permission, RiskRating

SECONDS = 60.0  # one bulk read
KEPT = 4  # moments


@dataclass(frozen=True, slots=True)
class Band:
    """Where a rating begins: its lowest score."""

    rating: RiskRating
    from_: float


@dataclass(frozen=True, slots=True)
class RiskPolicy:
    """A version of the rules by which risk is computed: `(:RiskPolicy)`."""

    stored_key: str
    name: str
    version: str
    description: str
    valid_from: date
    valid_to: date | None
    chains: int
    floor: float
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...]  # where ratings begin, lowest first

    @property
    def id(self) -> str:
        """Global id of this version."""
        return ids.encode(self.stored_key)

    def rating(self, score: float) -> RiskRating:
        """The band that a score falls in."""
        reached = [band.rating for band in self.bands if score >= band.from_]
        return reached[-1] if reached else RiskRating.LOW


@dataclass(frozen=True)
class Scores:
    """The scores of all things that have any, by key, and the keys of all accounts."""

    policy: RiskPolicy
    by_key: Mapping[str, Score]
    accounts: tuple[str, ...]
    nodes: int  # that relationships or flags name
    relationships: int

    def of(self, key: str) -> Score:
        """The score of a thing; nothing where no flag and no chain reaches it."""
        return self.by_key.get(key, NOTHING)

    def rating(self, key: str) -> RiskRating:
        """The rating of a thing."""
        return self.policy.rating(self.of(key).score)

    @cached_property
    def ranking(self) -> list[tuple[float, str]]:
        """All accounts, riskiest first, ties by key: the score negated, and the key."""
        return sorted((-self.of(key).score, key) for key in self.accounts)

    def at_least(self, score: float) -> tuple[str, ...]:
        """The accounts with at least this score."""
        return tuple(key for key in self.accounts if self.of(key).score >= score)

    def rated(self, ratings: Set[RiskRating]) -> tuple[str, ...]:
        """The accounts with one of these ratings."""
        return tuple(key for key in self.accounts if self.rating(key) in ratings)


@dataclass
class Kept:
    """What one graph's scores were, newest last."""

    scores: dict[tuple[object, ...], Scores] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


KNOWN: "WeakKeyDictionary[Graph, Kept]" = WeakKeyDictionary()


async def scores(graph: Graph, viewer: Viewer, moment: Moment) -> Scores:
    """The scores at the moment: one statement if nothing has changed, else read anew."""
    policy.require(viewer, Permission.READ_RISK)
    place = (await changes.place(graph), moment.as_of, moment.suffix and moment.known_at)
    kept = KNOWN.setdefault(graph, Kept())
    async with kept.lock:
        if place not in kept.scores:
            kept.scores[place] = await _computed(graph, moment)
            while len(kept.scores) > KEPT:
                del kept.scores[next(iter(kept.scores))]
        return kept.scores[place]


async def _computed(graph: Graph, moment: Moment) -> Scores:
    rules = await _policy(graph, moment)
    types = sorted({rule.type for rule in rules.rules})
    relations, flags, accounts = await asyncio.gather(
        _pieces(graph, query("risk/arcs"), types=types, **moment.parameters),
        _pieces(graph, query("risk/flags"), **moment.parameters),
        _pieces(graph, query("risk/accounts")),
    )
    kinds: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for subject, kind, severity in flags:
        kinds[subject].append((kind, severity))
    return await asyncio.to_thread(
        _scored, rules, [Relation(*row) for row in relations], dict(kinds), tuple(accounts)
    )


def _scored(
    rules: RiskPolicy,
    relations: list[Relation],
    flags: Mapping[str, list[tuple[str, float]]],
    accounts: tuple[str, ...],
) -> Scores:
    seeds = {subject: strongest_chains.own_risk(found) for subject, found in flags.items()}
    found = strongest_chains.scores(
        arcs(relations, rules.rules), seeds, k=rules.chains, floor=rules.floor
    )
    nodes = {*seeds, *(each.start for each in relations), *(each.end for each in relations)}
    return Scores(rules, found, accounts, len(nodes), len(relations))


async def policies(graph: Graph, viewer: Viewer) -> list[RiskPolicy]:
    """Every version of every risk policy, newest first; public reference data."""
    policy.admit(viewer)
    found = await graph.read(query("risk/policies"))
    return [_read(row) for row in found[0]["policies"]]


async def _policy(graph: Graph, moment: Moment) -> RiskPolicy:
    found = await graph.read(query("risk/policy"), asOf=moment.as_of)
    if not found[0]["policies"]:
        raise GraphError("No risk policy is in force on that day.")
    return _read(found[0]["policies"][0])


def _read(row: Mapping[str, Any]) -> RiskPolicy:
    rules = [orjson.loads(text) for text in row["rules"]]
    bands = [orjson.loads(text) for text in row["bands"]]
    return RiskPolicy(
        row["key"],
        row["name"],
        row["number"],
        row["description"],
        native(row["validFrom"]),
        native(row.get("validTo")),
        row["chains"],
        row["floor"],
        tuple(
            Rule(
                rule["relationshipType"],
                rule["direction"],
                rule["attenuation"],
                rule["scaledByShare"],
                rule["hubDegree"],
            )
            for rule in rules
        ),
        tuple(Band(RiskRating(band["rating"]), band["from"]) for band in bands),
    )


async def _pieces(graph: Graph, question: Query, **parameters: Any) -> list[Any]:
    """All rows of a bulk read."""
    long = Query(str(question.text), metadata=question.metadata, timeout=SECONDS)
    return [row for piece in await graph.read(long, **parameters) for row in piece["rows"]]
