"""Fields of a request for another Center."""

import strawberry

from graph import records
from resolvers.arguments import Limit, limited
from resolvers.context import Info

Request = strawberry.Parent[records.CenterChangeRequest]


async def of_account(
    account: strawberry.Parent[records.Account], info: Info, limit: Limit = 20
) -> list[records.CenterChangeRequest]:
    """Requests for another Center, newest first."""
    wanted = (account.moment, limited(limit))
    return await info.context.requests_of_accounts.load((account.stored_key, wanted))


async def account(request: Request, info: Info) -> records.Entity | None:
    """The account."""
    key = f"Account:{request.account_id}"
    return await info.context.entities.load((key, request.moment))


async def appeals(request: Request, info: Info) -> records.CenterChangeRequest | None:
    """The denied request this one appeals."""
    if request.appeals_id is None:
        return None
    key = f"CenterChangeRequest:{request.appeals_id}"
    return await info.context.requests.load((key, request.moment))
