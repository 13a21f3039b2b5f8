"""Fields of importer numbers and filer codes."""

import strawberry

from graph import identifying, records
from graph.terms import ImporterNumberType
from resolvers.account import parts_below, with_parts
from resolvers.arguments import After, Before, First, Last, PageArguments
from resolvers.at_hand import at_hand
from resolvers.connection import connection, current, first_node, over_time
from resolvers.context import Info


async def holder(
    identifier: strawberry.Parent[records.Entity], info: Info
) -> records.Entity | None:
    """The party that holds it."""
    found = await current(identifier, info, identifying.HOLDERS)
    return found.node if found else None


@at_hand(lambda identifier: first_node(identifier.parts["account"]))
async def account(
    identifier: strawberry.Parent[records.Entity], info: Info
) -> records.Entity | None:
    """The account it identifies."""
    if "account" in identifier.parts:
        node: records.Entity | None = identified(identifier)
    else:
        found = await current(identifier, info, identifying.ACCOUNTS)
        node = found.node if found else None
    parts = parts_below(info)
    if node is None or parts <= node.parts.keys():
        return node
    return await info.context.accounts.load((node.stored_key, (node.moment, parts)))


def identified(identifier: records.Entity | None) -> records.Account | None:
    """The account that came along with a number or code."""
    entries = identifier.parts["account"] if identifier else []
    node = entries[0].node if entries else None
    return node if isinstance(node, records.Account) else None


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
