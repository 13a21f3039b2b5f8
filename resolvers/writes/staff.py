"""Writes of CBP's staff."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.commands import staff as commands
from graph.commands.staff import Person
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header, kept, thing


@strawberry.input(description="Register an account manager, or change one; what is left out stays.")
class AccountManagerInput(Command):
    """What is known of a manager."""

    id: strawberry.ID | None = given(
        "The manager to change, by global id; leave out to register one."
    )
    name: str | None = given("Name.")
    email: str | None = given("E-mail.")
    phone: str | None = given("Phone.")
    national: bool | None = given("Whether this is a national account manager.")
    center: str | None = given("Center, by code or name; required to register.")
    active: bool | None = given(
        "Whether they are in service. A manager of ISA participants cannot leave before those have"
        " another."
    )
    on: date | None = given("First day of the new membership; today if not given.")


@strawberry.input(description="Register a specialist, or change one; what is left out stays.")
class SpecialistInput(Command):
    """What is known of a specialist."""

    id: strawberry.ID | None = given(
        "The specialist to change, by global id; leave out to register one."
    )
    name: str | None = given("Name.")
    email: str | None = given("E-mail.")
    phone: str | None = given("Phone.")
    discipline: str | None = given("Discipline, by code; required to register.")
    center: str | None = given("Center, by code or name.")
    active: bool | None = given("Whether they are in service.")


async def save_manager(
    info: Info,
    input: Annotated[AccountManagerInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Register or change a manager."""
    wanted = Person(
        "AccountManager",
        none(input.id),
        kept(input.name),
        kept(input.email),
        kept(input.phone),
        national=kept(input.national),
        center=kept(input.center),
        active=kept(input.active),
        on=none(input.on),
    )
    return await answered(info, commands.save(info.context.graph, header(info, input), wanted))


async def save_specialist(
    info: Info,
    input: Annotated[SpecialistInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Register or change a specialist."""
    wanted = Person(
        "Specialist",
        none(input.id),
        kept(input.name),
        kept(input.email),
        kept(input.phone),
        discipline=kept(input.discipline),
        center=kept(input.center),
        active=kept(input.active),
    )
    return await answered(info, commands.save(info.context.graph, header(info, input), wanted))


async def staff(written: strawberry.Parent[records.Written], info: Info) -> records.Entity | None:
    """The manager or specialist."""
    return await thing(info.context, written)
