"""Writes that divide accounts and join them."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.commands import merging, splitting
from graph.commands.accounts import Group
from graph.commands.merging import Merger
from graph.commands.splitting import Split
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, header
from resolvers.writes.in_use import identifying


@strawberry.input(description="Split an account.")
class SplitAccountInput(Command):
    """What leaves an account."""

    account_id: strawberry.ID = strawberry.field(description="Account, by global id.")
    name: str = strawberry.field(description="Name of the new account.")
    importer_number_ids: list[strawberry.ID] | None = given(
        "Importer numbers to move, by global id."
    )
    filer_code_ids: list[strawberry.ID] | None = given("Filer codes to move, by global id.")
    on: date | None = given("First day of the new account; today if not given.")


@strawberry.input(description="Merge accounts.")
class MergeAccountsInput(Command):
    """What becomes one."""

    into_id: strawberry.ID = strawberry.field(description="Account that remains, by global id.")
    from_ids: list[strawberry.ID] = strawberry.field(
        description="Accounts to close, by global id; 1 to 100."
    )
    on: date | None = given("First day of the merged account; today if not given.")


async def split(
    info: Info,
    input: Annotated[SplitAccountInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Split an account."""
    group = Group(
        input.account_id,
        tuple(none(input.importer_number_ids) or ()),
        tuple(none(input.filer_code_ids) or ()),
        none(input.on),
    )
    command = splitting.split(info.context.graph, header(info, input), Split(group, input.name))
    return await identifying(info, command)


async def merge(
    info: Info,
    input: Annotated[MergeAccountsInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Merge accounts."""
    wanted = Merger(input.into_id, tuple(input.from_ids), none(input.on))
    return await identifying(info, merging.merge(info.context.graph, header(info, input), wanted))
