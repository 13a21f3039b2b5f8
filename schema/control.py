"""What is computed of ownership: ends of chains, groups under control, blocked parties."""

import strawberry

from graph import records
from resolvers import ownership
from schema.entity import ShareRange, TotalCount
from schema.fields import made_of, resolved_by
from schema.ownership import Owner
from schema.party import Organization, Party
from schema.path import Path
from schema.relationship import Relationship
from schema.terms import OwnershipRemarkCode, Verdict
from schema.traversal import Traversal

REMARKS = "What is unusual about the shares that the answer rests on; at most 20."


@strawberry.type(description="Something unusual about the shares that an answer rests on.")
class OwnershipRemark:
    code: OwnershipRemarkCode = strawberry.field(description="What.")
    text: str = strawberry.field(description="In one sentence, with the party's name.")
    about: Party = strawberry.field(description="The party whose shares they are.")


@strawberry.type(description="What owners not recorded hold, by the organization they own.")
class UndisclosedPart:
    organization: Organization = strawberry.field(
        description="The organization whose owners are not recorded, or not all of them."
    )
    share: ShareRange = strawberry.field(description="What they hold in the end, over all chains.")


@strawberry.type(description="An ultimate owner.")
class UltimateOwner:
    owner: Owner = strawberry.field(description="Who.")
    share: ShareRange = strawberry.field(description="Integrated share over all chains.")
    verdict: Verdict = strawberry.field(description="Whether the share reaches `atLeast`.")
    paths: list[Path] = resolved_by(
        ownership.owner_paths, "The strongest chains from the owner down; 1 to 20."
    )


@strawberry.type(description="Who owns an organization in the end.")
class UltimateOwnership(Traversal):
    owners: list[UltimateOwner] = strawberry.field(
        description="The ultimate owners, largest share first."
    )
    remainder: ShareRange = strawberry.field(
        description="What belongs to owners not recorded, or not listed here."
    )
    undisclosed: list[UndisclosedPart] = strawberry.field(
        description=(
            "Of the remainder, what belongs to owners not recorded, by the organization on the"
            " chains whose owners they are, largest share first; at most `limit`."
        )
    )
    remarks: list[OwnershipRemark] = strawberry.field(description=REMARKS)

    is_type_of = made_of(records.UltimateOwnership)


@strawberry.type(
    description=(
        "What a party holds of an organization over all chains, its own circle counted once "
        "(Baldone, Brioschi, Paleari 1998). It does not tell who controls it, nor who is blocked."
    )
)
class EffectiveOwnership(Traversal):
    owner: Owner = strawberry.field(description="Who holds.")
    organization: Organization = strawberry.field(description="What is held.")
    share: ShareRange = strawberry.field(description="How much, at least and at most.")
    remarks: list[OwnershipRemark] = strawberry.field(description=REMARKS)

    is_type_of = made_of(records.EffectiveOwnership)


@strawberry.type(description="An organization under control.")
class ControlGroupMember:
    organization: Organization = strawberry.field(description="The organization.")
    verdict: Verdict = strawberry.field(
        description="Whether it is controlled, given shares that are ranges."
    )
    votes: ShareRange = strawberry.field(description="Votes the group holds in it.")
    path: Path = strawberry.field(description="One chain of control from the controller.")


@strawberry.type(
    description=(
        "A controller and everything it controls. Groups never overlap unless one contains the "
        "other."
    )
)
class ControlGroup(Traversal):
    controller: Owner | None = strawberry.field(
        description="The controller; null if nobody controls."
    )
    verdict: Verdict = strawberry.field(
        description="Whether it controls, given shares that are ranges."
    )
    cyclic: bool = strawberry.field(
        description=(
            "Whether the head of the group is a ring of mutual control; the controller is then "
            "its member with the smallest id."
        )
    )
    members: list[ControlGroupMember] = resolved_by(
        ownership.members, "What it controls, nearest first."
    )
    member_count: TotalCount = strawberry.field(description="How many it controls.")
    remarks: list[OwnershipRemark] = strawberry.field(description=REMARKS)

    is_type_of = made_of(records.ControlGroup)


@strawberry.type(
    description=(
        "Whether a party is blocked by ownership: the OFAC 50 Percent Rule (FAQ 398 to 402). "
        "Blocked parties together own 50 percent or more, directly or through parties that are "
        "themselves blocked. Ownership only, not control; shares are not multiplied along a "
        "chain. An analyst's aid, not a legal finding."
    )
)
class BlockedStatus(Traversal):
    verdict: Verdict = strawberry.field(
        description="Whether it is blocked, listed or by ownership."
    )
    listed: bool = strawberry.field(description="Whether it is on a sanctions list itself.")
    aggregate: ShareRange = strawberry.field(
        description="What blocked parties together own of it directly."
    )
    counted: list[Relationship] = strawberry.field(
        description="The OWNS relationships counted, largest share first."
    )
    paths: list[Path] = strawberry.field(
        description="Chains from listed parties; every party on them is blocked."
    )
    remarks: list[OwnershipRemark] = strawberry.field(description=REMARKS)

    is_type_of = made_of(records.BlockedStatus)
