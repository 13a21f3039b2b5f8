"""Writes of accounts."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.commands import accounts as commands
from graph.commands import detaching, opening
from graph.commands.accounts import Change, Group
from graph.commands.opening import Opening
from graph.terms import AccountKind, AccountStatus
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header, kept, thing
from resolvers.writes.in_use import identifying
from resolvers.writes.relationships import EndInput


@strawberry.input(description="Open an account.")
class OpenAccountInput(Command):
    """An account with what identifies it."""

    kind: AccountKind = strawberry.field(description="Importer or broker.")
    name: str = strawberry.field(description="Name.")
    importer_numbers: list[str] | None = given(
        "Importer numbers, whole; new ones are registered. An importer needs one."
    )
    filer_codes: list[str] | None = given(
        "Filer codes; new ones are registered. A broker needs one."
    )
    national: bool = strawberry.field(
        default=False, description="Whether it is selected for a national account manager."
    )
    license_number: str | None = given("Broker: customs broker licence number.")
    primary_manager_id: strawberry.ID | None = given("Primary manager, by global id.")
    center: str | None = given("Center, by code or name.")
    opened_on: date | None = given("First day; today if not given.")


@strawberry.input(description="Change an account; what is left out stays.")
class UpdateAccountInput(Command):
    """What an account should say."""

    id: strawberry.ID = strawberry.field(description="Account, by global id.")
    name: str | None = given("Name.")
    status: AccountStatus | None = given("Status; to close an account use `closeAccount`.")
    national: bool | None = given("Whether it is selected for a national account manager.")
    license_number: str | None = given("Broker: customs broker licence number.")


@strawberry.input(description="Identifiers to attach to an account or detach from it.")
class IdentifiersInput(Command):
    """An account and identifiers."""

    account_id: strawberry.ID = strawberry.field(description="Account, by global id.")
    importer_number_ids: list[strawberry.ID] | None = given("Importer numbers, by global id.")
    filer_code_ids: list[strawberry.ID] | None = given("Filer codes, by global id.")
    on: date | None = given("First day of the new grouping; today if not given.")


async def open_(
    info: Info,
    input: Annotated[OpenAccountInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Open an account."""
    context = info.context
    wanted = Opening(
        AccountKind(input.kind),
        input.name,
        tuple(none(input.importer_numbers) or ()),
        tuple(none(input.filer_codes) or ()),
        input.national,
        none(input.license_number),
        none(input.primary_manager_id),
        none(input.center),
        none(input.opened_on),
    )
    command = opening.open_(context.graph, header(info, input), wanted, context.key)
    return await identifying(info, command)


async def update(
    info: Info,
    input: Annotated[UpdateAccountInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Change an account."""
    wanted = Change(
        input.id,
        kept(input.name),
        kept(input.status),
        kept(input.national),
        kept(input.license_number),
    )
    return await answered(info, commands.update(info.context.graph, header(info, input), wanted))


async def close(
    info: Info, input: Annotated[EndInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Close an account."""
    command = commands.close(
        info.context.graph, header(info, input), input.id, none(input.valid_to)
    )
    return await answered(info, command)


async def attach(
    info: Info,
    input: Annotated[IdentifiersInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Attach identifiers."""
    command = commands.attach(info.context.graph, header(info, input), _group(input))
    return await identifying(info, command)


async def detach(
    info: Info,
    input: Annotated[IdentifiersInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Detach identifiers."""
    command = detaching.detach(info.context.graph, header(info, input), _group(input))
    return await answered(info, command)


def _group(input: IdentifiersInput) -> Group:
    return Group(
        input.account_id,
        tuple(none(input.importer_number_ids) or ()),
        tuple(none(input.filer_code_ids) or ()),
        none(input.on),
    )


async def account(written: strawberry.Parent[records.Written], info: Info) -> records.Entity | None:
    """The account."""
    return await thing(info.context, written)
