"""What answers that walk the graph tell about the walk, and differences between two moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.records.changes import Change
from graph.records.entity import Entity, Relationship
from graph.records.moment import Moment
from graph.terms import CompletenessState


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete an answer is; without COMPLETE absence proves nothing."""

    state: CompletenessState
    explored_nodes: int
    explored_edges: int
    reason: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A GraphQL document and its variables, moments made explicit, that give the answer again."""

    document: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RelationshipDifference:
    """A relationship that differs between two moments: only before, only after, or changed."""

    before: Relationship | None
    after: Relationship | None
    causes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The net difference between two moments around one thing."""

    of: Entity
    from_: Moment
    to: Moment
    differences: tuple[RelationshipDifference, ...]
    completeness: Completeness
