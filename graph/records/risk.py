"""The risk of one thing under one policy, the chains that make it, and what would lower it."""

from dataclasses import dataclass, field

from graph.records.entity import Entity, Relationship, TotalCount
from graph.records.moment import Moment
from graph.records.paths import Path
from graph.records.program import RiskFlag
from graph.records.traversal import Completeness, Reproduction
from graph.terms import RiskRating


@dataclass(frozen=True, slots=True)
class Risk:
    """Own risk, what is inherited by the strongest chains, and both together; from 0 to 1.

    Definition: `graph.algorithms.labels`. `policy` is the version applied; `world` what it was
    computed in, of which chains and counterfactuals are read when they are asked for.
    """

    subject: Entity
    own: float
    inherited: float
    score: float
    lower_bound: float
    rating: RiskRating
    policy: object
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction
    world: object = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class RiskChain:
    """A chain by which risk travels: `strength` is `seed` times the attenuations of its hops."""

    source: Entity
    flags: tuple[RiskFlag, ...]
    seed: float
    strength: float
    path: Path
    reproduction: Reproduction


@dataclass(frozen=True, slots=True)
class CounterfactualCut:
    """A smallest set that brings the score below; without any one of its members it would not."""

    end: tuple[Relationship, ...]
    resolve: tuple[RiskFlag, ...]
    score: float
    rating: RiskRating


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Sets found, smallest first, then by largest fall."""

    cuts: tuple[CounterfactualCut, ...]
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction


@dataclass(frozen=True, slots=True)
class RiskEffect:
    """A risk before and after."""

    before: Risk
    after: Risk


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a scenario would change."""

    effects: tuple[RiskEffect, ...]
    effect_count: TotalCount
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction
