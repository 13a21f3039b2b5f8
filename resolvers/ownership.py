"""Ownership over chains: ultimate owners, groups under control, blocked parties, chains."""

from functools import partial
from typing import Annotated, Any

import strawberry

from graph import blocked, control, ownership, ownership_paths, policy, records
from graph.asked import Asked, Readers, Wider
from graph.errors import BadInput
from graph.records.ownership import CHAINS
from graph.snapshot import Snapshot
from graph.surroundings import around
from graph.terms import Permission
from resolvers.arguments import Limit, key_of, limited
from resolvers.context import Context, Info
from resolvers.scalars import Percent
from resolvers.scenario import ScenarioArgument, ScenarioInput, scenario, spelled
from resolvers.selection import below, with_argument

MEMBERS = 20  # told if no limit is given
MOST = 100
LONGEST = 20
PERCENT = 10_000_000  # parts per billion
NONE = Percent(0)
Party = strawberry.Parent[records.Party]
Organization = strawberry.Parent[records.Organization]


async def _asked(
    info: Info,
    party: records.Entity,
    wanted: ScenarioInput | None = None,
    *,
    downwards: bool = False,
    **variables: Any,
) -> Asked:
    """The question, its scenario read; `downwards` if it is about what the party controls.

    Raises Forbidden or BadInput.
    """
    context = info.context
    policy.reaching(context.viewer, Permission.READ_OWNERSHIP)
    # First what all fields share: with or without a scenario, they then cost the same each time.
    found = await context.snapshots.load(party.moment)
    imagined = await scenario(info, wanted, party.moment)
    given = {**variables, **({"scenario": spelled(wanted)} if wanted else {})}
    wider: Wider | None = None
    if found is None:  # a past moment of a large graph: only what lies around is read
        key = party.stored_key
        read = partial(around, context.graph, party.moment, imagined)
        found = await (read(below=[key]) if downwards else read(above=[key]))

        async def wider(head: str) -> Snapshot:
            return await read(above=[key], below=[head])

    at = found.moment(party.moment)
    return Asked(context.asking, readers(context), found, party, at, imagined, given, wider)


def readers(context: Context) -> Readers:
    """The loaders of the operation: what several fields need is read once, together."""
    return Readers(
        lambda keys, at: context.entities.load_many([(key, at) for key in keys]),
        lambda steps, at: context.told.load_many([(f"{s.type} {s.id}", at) for s in steps]),
    )


async def _owner(info: Info, organization: records.Entity, id_: str, argument: str) -> Any:
    key, _ = key_of(info.context, id_, ("Party",), argument, organization.moment)
    found = await info.context.entities.load((key, organization.moment))
    if found is None:
        raise BadInput(f"Argument '{argument}' is the id of no party known at the moment.")
    return found


async def ultimate_owners(
    organization: Organization,
    info: Info,
    at_least: Annotated[
        Percent,
        strawberry.argument(
            description=(
                "Only owners whose share may reach this, percent. FinCEN's beneficial ownership"
                " rule used 25."
            )
        ),
    ] = NONE,
    natural_persons: Annotated[
        bool, strawberry.argument(description="Only natural persons.")
    ] = False,
    limit: Limit = 20,
    scenario: ScenarioArgument = None,
) -> records.UltimateOwnership:
    """Who owns it in the end, with integrated shares over all chains."""
    asked = await _asked(
        info,
        organization,
        scenario,
        atLeast=at_least / PERCENT,
        naturalPersons=natural_persons,
        limit=limited(limit),
    )
    return await ownership.ultimate_owners(
        asked, at_least, natural_persons, limit, with_chains="paths" in below(info, "owners")
    )


def owner_paths(
    owner: strawberry.Parent[records.UltimateOwner],
    limit: Annotated[int, strawberry.argument(description="Most chains; 1 to 20.")] = 3,
) -> list[records.Path]:
    """The strongest chains from the owner down."""
    return list(owner.chains[: limited(limit, CHAINS)])


async def effective_ownership(
    organization: Organization,
    info: Info,
    owner: Annotated[
        strawberry.ID, strawberry.argument(description="Global id of the party that owns.")
    ],
    scenario: ScenarioArgument = None,
) -> records.EffectiveOwnership:
    """What one party holds of it over all chains."""
    asked = await _asked(info, organization, scenario, owner=owner)
    holder = await _owner(info, organization, owner, "owner")
    return await ownership.effective_ownership(asked, holder)


def _told(info: Info) -> int:
    """How many members an answer tells in full: none that nobody asked for."""
    if "members" not in below(info):
        return 0
    return MOST if with_argument(info, "limit") else MEMBERS


async def controlling_group(
    organization: Organization, info: Info, scenario: ScenarioArgument = None
) -> records.ControlGroup:
    """The group it belongs to, under its ultimate controller."""
    asked = await _asked(info, organization, scenario)
    return await control.controlling_group(asked, _told(info))


async def controlled_group(
    party: Party, info: Info, scenario: ScenarioArgument = None
) -> records.ControlGroup:
    """It and everything it controls."""
    asked = await _asked(info, party, scenario, downwards=True)
    return await control.controlled_group(asked, _told(info))


def members(
    group: strawberry.Parent[records.ControlGroup], limit: Limit = 20
) -> list[records.ControlGroupMember]:
    """What it controls, nearest first."""
    return list(group.listed[: limited(limit)])


async def blocked_status(
    party: Party, info: Info, scenario: ScenarioArgument = None
) -> records.BlockedStatus:
    """Whether it is blocked by ownership."""
    return await blocked.blocked_status(await _asked(info, party, scenario))


async def paths(
    organization: Organization,
    info: Info,
    from_: Annotated[
        strawberry.ID, strawberry.argument(name="from", description="Global id of the owner.")
    ],
    max_length: Annotated[
        int, strawberry.argument(description="Longest chain, in relationships; 1 to 20.")
    ] = 10,
    limit: Limit = 20,
) -> records.PathAnswer:
    """Chains of ownership from one party down to this organization."""
    limited(max_length, LONGEST, "maxLength")
    variables: dict[str, Any] = {"from": from_, "maxLength": max_length, "limit": limited(limit)}
    asked = await _asked(info, organization, **variables)
    owner = await _owner(info, organization, from_, "from")
    if owner.stored_key == organization.stored_key:
        raise BadInput(
            "Argument 'from' is the organization itself. Ask for 'ownershipCycles', or give"
            " another party."
        )
    return await ownership_paths.ownership_paths(asked, owner, max_length, limit)


async def cycles(organization: Organization, info: Info, limit: Limit = 20) -> records.PathAnswer:
    """Rings of ownership it is part of."""
    asked = await _asked(info, organization, limit=limited(limit))
    return await ownership_paths.ownership_cycles(asked, limit)
