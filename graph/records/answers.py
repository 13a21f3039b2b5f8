"""What questions answer besides things: pages and points of contact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.records.changes import Change
from graph.records.entity import Entity, Relationship, ShareRange, TotalCount
from graph.records.moment import Moment
from graph.records.risk import RiskChain
from graph.records.staff import Center, StaffMember
from graph.records.traversal import Completeness, Reproduction
from graph.terms import ContactStanding


@dataclass(frozen=True, slots=True)
class Edge:
    """One entry of a page, at a place in its list that only whoever asks for it has sealed."""

    seal: Callable[[tuple[Any, ...]], str]
    sort: tuple[Any, ...]
    node: Entity | Relationship | Change
    relationship: Relationship | None = None

    @property
    def cursor(self) -> str:
        """The place, sealed."""
        return self.seal(self.sort)

    @property
    def share(self) -> ShareRange | None:
        """The part owned, on ownership edges."""
        return self.relationship.share if self.relationship else None


@dataclass(frozen=True, slots=True)
class SearchEdge(Edge):
    """A thing found: how well it matches (comparable within one answer only), and by what text."""

    score: float = 0.0
    matched: str = ""


@dataclass(frozen=True, slots=True)
class RiskReachEdge(Edge):
    """A thing that risk reaches, and the chain by which it arrives."""

    chain: RiskChain | None = None


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page lies in its list."""

    edges: list[Edge]
    has_next_page: bool
    has_previous_page: bool

    @property
    def start_cursor(self) -> str | None:
        """Cursor of the first edge."""
        return self.edges[0].cursor if self.edges else None

    @property
    def end_cursor(self) -> str | None:
        """Cursor of the last edge."""
        return self.edges[-1].cursor if self.edges else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and how long the list is."""

    edges: list[Edge]
    has_next_page: bool
    has_previous_page: bool
    total_count: TotalCount

    @property
    def nodes(self) -> list[Entity | Relationship | Change]:
        """The page without its edges."""
        return [edge.node for edge in self.edges]

    @property
    def page_info(self) -> PageInfo:
        """Where the page lies."""
        return PageInfo(self.edges, self.has_next_page, self.has_previous_page)


@dataclass(frozen=True, slots=True)
class OwnersPage(Page):
    """A page of the owners of an organization."""

    organization: Entity


@dataclass(frozen=True, slots=True)
class RiskReachPage(Page):
    """A page of what risk reaches, and how it was found."""

    completeness: Completeness
    moment: Moment
    reproduction: Reproduction


@dataclass(frozen=True, slots=True)
class PointOfContact:
    """Whom to turn to about an account."""

    person: StaffMember | None
    standing: ContactStanding
    center: Center | None
    since: date | None
