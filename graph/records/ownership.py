"""What is computed of ownership: ends of chains, groups under control, blocked parties."""

from dataclasses import dataclass

from graph.records.entity import Entity, Relationship, ShareRange, TotalCount
from graph.records.moment import Moment
from graph.records.paths import Path
from graph.records.traversal import Completeness, Reproduction
from graph.terms import OwnershipRemarkCode, Verdict

CHAINS = 20  # of one owner, at most


@dataclass(frozen=True, slots=True)
class OwnershipRemark:
    """Something unusual about the shares that an answer rests on, and whose they are."""

    code: OwnershipRemarkCode
    text: str
    about: Entity


@dataclass(frozen=True, slots=True)
class UndisclosedPart:
    """What the unrecorded owners of one organization come to, over all chains."""

    organization: Entity
    share: ShareRange


@dataclass(frozen=True, slots=True)
class UltimateOwner:
    """An ultimate owner, with its strongest chains down, at most CHAINS of them."""

    owner: Entity
    share: ShareRange
    verdict: Verdict
    chains: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class UltimateOwnership:
    """Who owns an organization in the end; `remainder` is everybody not listed."""

    owners: tuple[UltimateOwner, ...]
    remainder: ShareRange
    undisclosed: tuple[UndisclosedPart, ...]
    remarks: tuple[OwnershipRemark, ...]
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction


@dataclass(frozen=True, slots=True)
class EffectiveOwnership:
    """What one party holds of an organization over all chains, its own circle counted once."""

    owner: Entity
    organization: Entity
    share: ShareRange
    remarks: tuple[OwnershipRemark, ...]
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction


@dataclass(frozen=True, slots=True)
class ControlGroupMember:
    """An organization under control, the votes the group holds in it, and a chain down to it."""

    organization: Entity
    verdict: Verdict
    votes: ShareRange
    path: Path


@dataclass(frozen=True, slots=True)
class ControlGroup:
    """A controller and what it controls, nearest first; `listed` members are told in full."""

    controller: Entity | None
    verdict: Verdict
    cyclic: bool
    listed: tuple[ControlGroupMember, ...]
    member_count: TotalCount
    remarks: tuple[OwnershipRemark, ...]
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction


@dataclass(frozen=True, slots=True)
class BlockedStatus:
    """Whether a party is blocked by ownership: the OFAC 50 Percent Rule (FAQ 398 to 402)."""

    verdict: Verdict
    listed: bool
    aggregate: ShareRange
    counted: tuple[Relationship, ...]
    paths: tuple[Path, ...]
    remarks: tuple[OwnershipRemark, ...]
    completeness: Completeness
    moment: Moment
    reproduction: Reproduction
