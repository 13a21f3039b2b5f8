"""Fields where a query enters the graph."""

from collections.abc import Callable
from typing import Annotated

import strawberry

from graph import identifiers, identifying, records
from graph import parties as party_questions
from graph import staff as staff_questions
from graph.errors import BadInput
from graph.policy import Viewer
from graph.text import fold
from resolvers.account import parts_below
from resolvers.arguments import MomentArgument, key_of, lookup_of, moment_of
from resolvers.context import Info
from resolvers.identifier import identified
from resolvers.locators import AccountLocator, PartyLocator
from resolvers.selection import below


def viewer(info: Info) -> Viewer:
    """Who is asking. Raises Unauthenticated for nobody."""
    return info.context.known


async def account(
    info: Info,
    by: Annotated[AccountLocator, strawberry.argument(description="How the account is known.")],
    moment: MomentArgument = None,
) -> records.Account | None:
    """The account with this id, number or code, with what is selected below it."""
    context, at, parts = info.context, await moment_of(info, moment), parts_below(info)
    if by.id:
        key, at = key_of(context, by.id, ("Account",), "by.id", at)
        return await context.accounts.load((key, (at, parts)))
    if by.importer_number:
        lookup = await lookup_of(context, by.importer_number, "by.importerNumber")
        found = await context.numbered.load((lookup, (at, parts)))
    else:
        code = _checked(identifiers.filer_code, by.filer_code, "by.filerCode")
        await context.looks_up()
        found = await context.filed.load((code, (at, parts)))
    return identified(found)


async def importer_number(
    info: Info,
    number: Annotated[
        str,
        strawberry.argument(
            description="`NN-NNNNNNNXX` (IRS), `NNN-NN-NNNN` (SSN) or `YYDDPP-NNNNN`"
            " (CBP-assigned), whole; never matched in part. Send it as a variable by POST."
        ),
    ],
    moment: MomentArgument = None,
) -> records.ImporterNumber | None:
    """An official importer number."""
    lookup = await lookup_of(info.context, number, "number")
    at = await moment_of(info, moment)
    if "account" in below(info):
        wanted = lookup, (at, parts_below(info, "account"))
        return await info.context.numbered.load(wanted)  # type: ignore[return-value]
    found = await identifying.numbers(info.context.graph, info.context.asking, at, [lookup])
    return found[0]


async def filer_code(
    info: Info,
    code: Annotated[str, strawberry.argument(description="Three characters, A to Z and 0 to 9.")],
    moment: MomentArgument = None,
) -> records.FilerCode | None:
    """An entry filer code."""
    checked = _checked(identifiers.filer_code, code, "code")
    await info.context.looks_up()
    at = await moment_of(info, moment)
    if "account" in below(info):
        wanted = checked, (at, parts_below(info, "account"))
        return await info.context.filed.load(wanted)  # type: ignore[return-value]
    found = await identifying.filer_codes(info.context.graph, info.context.asking, at, [checked])
    return found[0]


async def party(
    info: Info,
    by: Annotated[PartyLocator, strawberry.argument(description="How the party is known.")],
    moment: MomentArgument = None,
) -> records.Party | None:
    """An organization, a person or an unspecified party."""
    context, at = info.context, await moment_of(info, moment)
    if by.id:
        found = await context.entities.load(key_of(context, by.id, ("Party",), "by.id", at))
        return found if isinstance(found, records.Party) else None
    return await party_questions.known_by(
        context.graph,
        context.asking,
        at,
        lei=_checked(identifiers.lei, by.lei, "by.lei") if by.lei else None,
        duns=_checked(identifiers.duns, by.duns, "by.duns") if by.duns else None,
        lookup=await lookup_of(context, by.importer_number, "by.importerNumber")
        if by.importer_number
        else None,
    )


async def account_manager(
    info: Info,
    id: Annotated[strawberry.ID, strawberry.argument(description="Global id.")],
    moment: MomentArgument = None,
) -> records.AccountManager | None:
    """An account manager."""
    key = key_of(info.context, id, ("AccountManager",), "id", await moment_of(info, moment))
    found = await info.context.entities.load(key)
    return found if isinstance(found, records.AccountManager) else None


async def center(
    info: Info,
    code: Annotated[
        str,
        strawberry.argument(
            description="`CEE001` to `CEE010`, or the name in any accepted spelling, for example"
            " `Apparel, Footwear & Textiles` or `Clothing, footwear and textiles`."
        ),
    ],
    moment: MomentArgument = None,
) -> records.Center | None:
    """One of the ten Centers of Excellence and Expertise, by code or name."""
    wanted = _spelling(code)
    return next(
        (
            found
            for found in await centers(info, moment)
            if wanted in map(_spelling, (found.code, found.name, *found.alternate_names))
        ),
        None,
    )


async def centers(info: Info, moment: MomentArgument = None) -> list[records.Center]:
    """The ten Centers of Excellence and Expertise, by code."""
    at = await moment_of(info, moment)
    return await staff_questions.centers(info.context.graph, info.context.known, at)


def _spelling(name: str) -> str:
    """A Center's name as it is compared: any case, `&` is `and`."""
    return fold(name.replace("&", " and ").replace(",", " "))


def _checked(check: Callable[[str], str], given: str | None, argument: str) -> str:
    """The value in its one spelling. Raises BadInput, which names the argument."""
    try:
        return check(given or "")
    except BadInput as error:
        raise BadInput(f"Argument '{argument}': {error}") from None
