"""Paths through the graph: chains of ownership, of control, of connection."""

from dataclasses import dataclass

from graph.records.entity import Entity, Relationship, ShareRange
from graph.records.moment import Moment
from graph.records.traversal import Completeness, Reproduction
from graph.terms import RelationshipType, Verdict

BILLION = 1_000_000_000  # parts: the whole
PERCENT = 10_000_000  # parts per billion in one percent


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: along a relationship (`forward`) or against it.

    `attenuation` is what the step leaves of a risk, on risk chains only; from 0 to 1.
    """

    from_: Entity
    to: Entity
    relationship: Relationship
    forward: bool
    attenuation: float | None = None

    @property
    def text(self) -> str:
        """The step between its ends, such as `owns 60 % ->`."""
        said = " ".join(filter(None, (self.relationship.type.value, _told(self.relationship))))
        return f"-[{said}]->" if self.forward else f"<-[{said}]-"


@dataclass(frozen=True, slots=True)
class Path:
    """A path without repeated things, but that a ring ends where it starts."""

    hops: tuple[Hop, ...]

    @property
    def start(self) -> Entity:
        """First thing."""
        return self.hops[0].from_

    @property
    def end(self) -> Entity:
        """Last thing."""
        return self.hops[-1].to

    @property
    def length(self) -> int:
        """Number of steps."""
        return len(self.hops)

    @property
    def share(self) -> ShareRange | None:
        """Product of the shares, rounded outwards, if every step is OWNS, its own way."""
        low = high = BILLION
        disclosed = True
        for hop in self.hops:
            share = hop.relationship.share
            if share is None or hop.relationship.type is not RelationshipType.OWNS:
                return None
            low = low * share.min // BILLION
            high = -(-high * share.max // BILLION)
            disclosed = disclosed and share.disclosed
        return ShareRange(low, high, disclosed)

    @property
    def text(self) -> str:
        """The path in one line: labels, and between them what joins them."""
        steps = (part for hop in self.hops for part in (hop.text, hop.to.label))
        return " ".join((self.start.label, *steps))


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """Paths, shortest first, and whether the ends are connected at all."""

    paths: tuple[Path, ...]
    connected: Verdict
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction


def _told(claim: Relationship) -> str:
    """The share of an OWNS in percent, as far as it is known."""
    share = claim.share
    if share is None:
        return ""
    if not share.disclosed:
        return "undisclosed"
    low, high = share.min / PERCENT, share.max / PERCENT
    return f"{low:g}%" if share.min == share.max else f"{low:g}-{high:g}%"
