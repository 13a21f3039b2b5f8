"""Fields of importer numbers and filer codes."""

import strawberry

from graph import identifying, records
from graph.terms import ImporterNumberType
from resolvers.account import parts_below, with_parts
from resolvers.arguments import After, Before, First, Last, PageArguments
from resolvers.connection import connection, current, over_time
from resolvers.context import Info


async def holder(
    identifier: strawberry.Parent[records.Entity], info: Info
) -> records.Entity | None:
    """The party that holds it."""
    found = await current(identifier, info, identifying.HOLDERS)
    return found.node if found else None


async def account(
    identifier: strawberry.Parent[records.Entity], info: Info
) -> records.Entity | None:
    """The account it identifies."""
    found = await current(identifier, info, identifying.ACCOUNTS)
    parts = parts_below(info)
    if found is None or not parts:
        return found.node if found else None
    return await info.context.accounts.load((found.node.stored_key, (found.node.moment, parts)))


accounts = over_time(identifying.ACCOUNTS, finish=with_parts)


async def siblings(
    number: strawberry.Parent[records.ImporterNumber],
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page | None:
    """Other numbers of the same taxpayer; None for types without an IRS root."""
    if number.type is not ImporterNumberType.IRS_EIN:
        return None
    arguments = PageArguments(first, after, last, before)
    return await connection(number, info, identifying.SIBLINGS, arguments)
