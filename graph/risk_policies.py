"""Risk policies: the versioned rules by which risk is computed; a published one never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from graph import ids
from graph.algorithms.attenuations import Rule
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.rows import native
from graph.session import Graph
from graph.terms import RiskRating


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


async def policies(graph: Graph, viewer: Viewer) -> list[RiskPolicy]:
    """Every version of every risk policy, newest first; public reference data."""
    await reach(graph, viewer)
    return await all_policies(graph)


async def all_policies(graph: Graph) -> list[RiskPolicy]:
    """The same, for what is computed whoever asks."""
    found = await graph.read(query("risk/policies"))
    return [_read(row) for row in found[0]["policies"]]


def in_force(known: list[RiskPolicy] | tuple[RiskPolicy, ...], day: date) -> RiskPolicy | None:
    """The newest version in force on a day."""
    return next(
        (
            each
            for each in known
            if each.valid_from <= day and (each.valid_to is None or day < each.valid_to)
        ),
        None,
    )


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
