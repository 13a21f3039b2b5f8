"""Fields of a party."""

import strawberry

from graph import parties, policy, records
from graph.terms import Permission
from resolvers.account import with_parts
from resolvers.arguments import After, Before, First, Former, Last, PageArguments
from resolvers.connection import connection
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


async def importer_numbers(
    party: strawberry.Parent[records.Party],
    info: Info,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Importer numbers it holds."""
    arguments = PageArguments(first, after, last, before)
    return await connection(party, info, parties.IMPORTER_NUMBERS, arguments, former=include_former)


async def filer_codes(
    party: strawberry.Parent[records.Party],
    info: Info,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Filer codes it holds."""
    arguments = PageArguments(first, after, last, before)
    return await connection(party, info, parties.FILER_CODES, arguments, former=include_former)


async def accounts(
    party: strawberry.Parent[records.Party],
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Accounts identified by those numbers and codes, by name."""
    arguments = PageArguments(first, after, last, before)
    return await with_parts(info, await connection(party, info, parties.ACCOUNTS, arguments))


async def holdings(
    party: strawberry.Parent[records.Party],
    info: Info,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page | None:
    """What it owns directly, largest share first."""
    policy.require(info.context.viewer, Permission.READ_OWNERSHIP)
    arguments = PageArguments(first, after, last, before)
    return await connection(party, info, parties.HOLDINGS, arguments, former=include_former)


async def owners(
    party: strawberry.Parent[records.Organization],
    info: Info,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page | None:
    """Direct owners, largest share first; one not specified is an edge of its own."""
    policy.require(info.context.viewer, Permission.READ_OWNERSHIP)
    arguments = PageArguments(first, after, last, before)
    return await connection(party, info, parties.OWNERS, arguments, former=include_former)
