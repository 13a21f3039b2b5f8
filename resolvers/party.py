"""Fields of a party."""

import strawberry

from graph import parties, policy, records
from graph.terms import Permission
from resolvers.account import with_parts
from resolvers.arguments import After, Before, First, Former, Last, PageArguments
from resolvers.connection import at_moment, connection, over_time
from resolvers.context import Info
from resolvers.relationship import term


async def country(party: strawberry.Parent[records.Party], info: Info) -> records.Term | None:
    """Country of registration or residence."""
    return await term(info, "COUNTRY", party.country_code)


async def legal_form(
    party: strawberry.Parent[records.Organization], info: Info
) -> records.Term | None:
    """Legal form."""
    return await term(info, "LEGAL_FORM", party.legal_form_code)


importer_numbers = over_time(parties.IMPORTER_NUMBERS)
filer_codes = over_time(parties.FILER_CODES)
accounts = at_moment(parties.ACCOUNTS, finish=with_parts)
holdings = over_time(parties.HOLDINGS, needs=Permission.READ_OWNERSHIP)


async def owners(
    organization: strawberry.Parent[records.Organization],
    info: Info,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.OwnersPage:
    """Direct owners, largest share first."""
    policy.reaching(info.context.viewer, Permission.READ_OWNERSHIP)
    given = PageArguments(first, after, last, before)
    found = await connection(organization, info, parties.OWNERS, given, former=include_former)
    return records.OwnersPage(
        found.edges,
        found.has_next_page,
        found.has_previous_page,
        found.total_count,
        organization,
    )


async def remainder(page: strawberry.Parent[records.OwnersPage], info: Info) -> records.ShareRange:
    """What owners not recorded hold of the organization."""
    return await _remainder(info, page.organization)


async def rest(edge: strawberry.Parent[records.Edge], info: Info) -> records.ShareRange:
    """What owners not recorded hold of an organization that is held."""
    assert isinstance(edge.node, records.Organization)
    return await _remainder(info, edge.node)


async def _remainder(info: Info, of: records.Entity) -> records.ShareRange:
    policy.reaching(info.context.viewer, Permission.READ_OWNERSHIP)
    return await info.context.remainders.load((of.stored_key, of.moment))
