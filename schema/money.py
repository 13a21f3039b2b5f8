"""Amounts of money."""

import strawberry

from resolvers.scalars import Decimal


@strawberry.type(description="An amount of money.")
class Money:
    amount: Decimal = strawberry.field(description="Exact amount.")
    currency: str = strawberry.field(description="ISO 4217 code, for example `USD`.")
