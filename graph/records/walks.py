"""What walks answer besides paths: what can be reached, and a part of the graph to draw."""

from dataclasses import dataclass

from graph.records.answers import Edge, Page
from graph.records.entity import Degree, Entity, Relationship
from graph.records.moment import Moment
from graph.records.paths import Path
from graph.records.traversal import Completeness, Reproduction


@dataclass(frozen=True, slots=True)
class ReachableEdge(Edge):
    """A thing that can be reached; `path` is one of the shortest, None if nobody asked for it."""

    distance: int = 0
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class ReachablePage(Page):
    """A page of what can be reached, nearest first."""

    completeness: Completeness
    moment: Moment
    reproduction: Reproduction


@dataclass(frozen=True, slots=True)
class NeighborhoodNode:
    """A thing in a neighborhood; `hidden` counts its relationships that are not in it.

    A redacted one stands for all that may not be seen `beside` a thing.
    """

    entity: Entity
    distance: int
    hidden: tuple[Degree, ...]
    beside: Entity | None = None


@dataclass(frozen=True, slots=True)
class Neighborhood:
    """Things, nearest first, and the relationships among them."""

    nodes: tuple[NeighborhoodNode, ...]
    relationships: tuple[Relationship, ...]
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction
