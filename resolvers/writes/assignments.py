"""Writes of assignments."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.commands import centers, managers, specialists
from graph.commands.centers import Wish
from graph.terms import CenterBasis, CenterEligibility, ManagerRole
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header

ACCOUNTS = "Accounts, by global id; 1 to 500, all or none."
FIRST_DAY = "First day; today if not given."


@strawberry.input(description="Assign a manager to accounts.")
class AssignManagerInput(Command):
    """Who gets which accounts."""

    account_ids: list[strawberry.ID] = strawberry.field(description=ACCOUNTS)
    manager_id: strawberry.ID = strawberry.field(description="Account manager, by global id.")
    role: ManagerRole = strawberry.field(
        default=ManagerRole.PRIMARY, description="As which point of contact."
    )
    valid_from: date | None = given(FIRST_DAY)


@strawberry.input(description="Assign accounts to a Center.")
class AssignCenterInput(Command):
    """Which accounts go where."""

    account_ids: list[strawberry.ID] = strawberry.field(description=ACCOUNTS)
    center: str | None = given("Center, by code or name; leave out to end the assignment.")
    basis: CenterBasis | None = given("Basis of the decision; required with a Center.")
    eligibility: CenterEligibility | None = given("Eligibility to set where no Center is given.")
    valid_from: date | None = given(FIRST_DAY)


@strawberry.input(description="Put a specialist on accounts' teams.")
class AssignSpecialistInput(Command):
    """Who serves which accounts."""

    account_ids: list[strawberry.ID] = strawberry.field(description=ACCOUNTS)
    specialist_id: strawberry.ID = strawberry.field(description="Specialist, by global id.")
    topic: str | None = given("A code of the vocabulary TOPIC.")
    valid_from: date | None = given(FIRST_DAY)


async def manager(
    info: Info,
    input: Annotated[AssignManagerInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Give accounts a manager."""
    command = managers.assign(
        info.context.graph,
        header(info, input),
        input.account_ids,
        input.manager_id,
        ManagerRole(input.role),
        none(input.valid_from),
    )
    return await answered(info, command)


async def center(
    info: Info,
    input: Annotated[AssignCenterInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Assign accounts to a Center."""
    wish = Wish(
        none(input.center), none(input.basis), none(input.eligibility), none(input.valid_from)
    )
    command = centers.assign(info.context.graph, header(info, input), input.account_ids, wish)
    return await answered(info, command)


async def specialist(
    info: Info,
    input: Annotated[AssignSpecialistInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Put a specialist on teams."""
    command = specialists.assign(
        info.context.graph,
        header(info, input),
        input.account_ids,
        input.specialist_id,
        none(input.topic),
        none(input.valid_from),
    )
    return await answered(info, command)


async def accounts(
    written: strawberry.Parent[records.Written], info: Info
) -> list[records.Account]:
    """The accounts assigned, as they are after it."""
    context = info.context
    found = await context.entities.load_many([(key, context.now) for key in written.things])
    return [each for each in found if isinstance(each, records.Account)]
