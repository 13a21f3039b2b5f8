"""Fields of a party."""

import strawberry

from graph import parties, records
from graph.terms import Permission
from resolvers.account import with_parts
from resolvers.connection import at_moment, over_time
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
owners = over_time(parties.OWNERS, needs=Permission.READ_OWNERSHIP)
