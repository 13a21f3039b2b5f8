"""Writes of parties, and of the numbers and codes they hold."""

from typing import Annotated

import strawberry

from graph import records
from graph.commands import identifying
from graph.commands import parties as commands
from graph.commands.identifying import CodeGiven, NumberGiven
from graph.commands.parties import PartyGiven
from graph.terms import EntityKind, ImporterNumberStatus, UnspecifiedReason
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes import in_use
from resolvers.writes.command import Command, answered, header, kept, thing

HOLDER = "Party that holds it, by global id."


@strawberry.input(description="Register a party, or change one; what is left out stays.")
class PartyInput(Command):
    """What is known of a party."""

    id: strawberry.ID | None = given(
        "The party to change, by global id; leave out to register one."
    )
    kind: EntityKind | None = given(
        "ORGANIZATION, PERSON or UNSPECIFIED_PARTY; required to register."
    )
    name: str | None = given("Name; not for an unspecified party.")
    aliases: list[str] | None = given("Other names; replaces all.")
    country: str | None = given("Country, ISO 3166-1 alpha-2.")
    legal_form: str | None = given("Organization: legal form, a code of the vocabulary LEGAL_FORM.")
    lei: str | None = given("Organization: Legal Entity Identifier, checked by ISO 7064 mod 97-10.")
    duns: str | None = given("Organization: D-U-N-S number.")
    unspecified_reason: UnspecifiedReason | None = given(
        "Unspecified party: why; required to register one."
    )
    note: str | None = given("Unspecified party: what the source says.")


@strawberry.input(description="Register an importer number, or change one; what is left out stays.")
class ImporterNumberInput(Command):
    """What is known of a number."""

    id: strawberry.ID | None = given(
        "The number to change, by global id; leave out to register one."
    )
    number: str | None = given(
        "The number to register, whole. An IRS number without suffix gets `00`."
    )
    status: ImporterNumberStatus | None = given("Status.")
    continuous_bond: bool | None = given("Whether a continuous bond is on file.")
    bond_sufficient: bool | None = given("Whether the bond is sufficient.")
    holder_id: strawberry.ID | None = given(HOLDER)


@strawberry.input(description="Register a filer code, or change one; what is left out stays.")
class FilerCodeInput(Command):
    """What is known of a code."""

    id: strawberry.ID | None = given("The code to change, by global id; leave out to register one.")
    code: str | None = given("The code to register.")
    holder_id: strawberry.ID | None = given(HOLDER)


async def save(
    info: Info, input: Annotated[PartyInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Register or change a party."""
    aliases = kept(input.aliases)
    wanted = PartyGiven(
        none(input.id),
        none(input.kind),
        kept(input.name),
        tuple(aliases) if isinstance(aliases, list) else aliases,
        kept(input.country),
        kept(input.legal_form),
        kept(input.lei),
        kept(input.duns),
        kept(input.unspecified_reason),
        kept(input.note),
    )
    return await answered(info, commands.save(info.context.graph, header(info, input), wanted))


async def save_number(
    info: Info,
    input: Annotated[ImporterNumberInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Register or change a number."""
    context = info.context
    wanted = NumberGiven(
        none(input.id),
        none(input.number),
        kept(input.status),
        kept(input.continuous_bond),
        kept(input.bond_sufficient),
        kept(input.holder_id),
    )
    command = identifying.save_number(context.graph, header(info, input), wanted, context.key)
    return await in_use.identifying(info, command, in_use.REGISTERED)


async def save_code(
    info: Info, input: Annotated[FilerCodeInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Register or change a code."""
    wanted = CodeGiven(none(input.id), none(input.code), kept(input.holder_id))
    command = identifying.save_code(info.context.graph, header(info, input), wanted)
    return await in_use.identifying(info, command, in_use.REGISTERED)


async def party(written: strawberry.Parent[records.Written], info: Info) -> records.Entity | None:
    """The party."""
    return await thing(info.context, written)


async def number(written: strawberry.Parent[records.Written], info: Info) -> records.Entity | None:
    """The number, if it was one."""
    found = await thing(info.context, written)
    return found if isinstance(found, records.ImporterNumber) else None


async def code(written: strawberry.Parent[records.Written], info: Info) -> records.Entity | None:
    """The code, if it was one."""
    found = await thing(info.context, written)
    return found if isinstance(found, records.FilerCode) else None
