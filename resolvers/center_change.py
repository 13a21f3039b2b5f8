"""Fields of a request for another Center."""

import strawberry

from graph import records
from graph.errors import GraphError
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
    return await _thing(request, info, f"Account:{request.account_id}")


async def from_center(request: Request, info: Info) -> records.Entity | None:
    """The Center it would leave."""
    return await _thing(request, info, f"Center:{request.from_code}") if request.from_code else None


async def to_center(request: Request, info: Info) -> records.Entity:
    """The Center it would go to."""
    found = await _thing(request, info, f"Center:{request.to_code}")
    if found is None:
        raise GraphError("A request for another Center names a Center that is not there.")
    return found


async def appeals(request: Request, info: Info) -> records.CenterChangeRequest | None:
    """The denied request this one appeals."""
    if request.appeals_id is None:
        return None
    key = f"CenterChangeRequest:{request.appeals_id}"
    return await info.context.requests.load((key, request.moment))


async def _thing(
    request: records.CenterChangeRequest, info: Info, key: str
) -> records.Entity | None:
    return await info.context.entities.load((key, request.moment))
