"""Writes of participations in ISA."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.commands import applying, notifications
from graph.commands import isa as commands
from graph.commands.isa import Turn
from graph.commands.notifications import Notice
from graph.terms import IsaStatus
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header, kept, thing


@strawberry.input(description="Apply for ISA.")
class ApplyForIsaInput(Command):
    """An application."""

    account_id: strawberry.ID = strawberry.field(description="Importer account, by global id.")
    importer_number_ids: list[strawberry.ID] = strawberry.field(
        description="Importer numbers to cover, by global id; at least one."
    )
    applied_on: date | None = given("Day of the application; today if not given.")


@strawberry.input(description="Change the status of an ISA participation.")
class ChangeIsaStatusInput(Command):
    """A change of status."""

    id: strawberry.ID = strawberry.field(description="Participation, by global id.")
    status: IsaStatus = strawberry.field(description="New status.")
    manager_id: strawberry.ID | None = given(
        "Primary manager to assign in the same transaction, by global id."
    )
    on: date | None = given("Day of the change; today if not given.")


@strawberry.input(description="Record an annual notification; what is left out stays.")
class AnnualNotificationInput(Command):
    """What a participant notified."""

    participation_id: strawberry.ID = strawberry.field(description="Participation, by global id.")
    due_on: date = strawberry.field(
        description="Day the notification is or was due: tells which one."
    )
    received_on: date | None = given("Day it was received.")
    reviewed_on: date | None = given("Day it was reviewed.")
    requirements_confirmed: bool | None = given("Whether the requirements are confirmed.")
    business_changes: str | None = given("Business changes reported.")
    self_test_results: str | None = given("Results of self-testing reported.")


async def apply(
    info: Info,
    input: Annotated[ApplyForIsaInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Apply for ISA."""
    command = applying.apply(
        info.context.graph,
        header(info, input),
        input.account_id,
        input.importer_number_ids,
        none(input.applied_on),
    )
    return await answered(info, command)


async def change(
    info: Info,
    input: Annotated[ChangeIsaStatusInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Change a status."""
    turn = Turn(input.id, IsaStatus(input.status), none(input.manager_id), none(input.on))
    return await answered(info, commands.change(info.context.graph, header(info, input), turn))


async def notify(
    info: Info,
    input: Annotated[AnnualNotificationInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Record a notification."""
    notice = Notice(
        input.participation_id,
        input.due_on,
        kept(input.received_on),
        kept(input.reviewed_on),
        kept(input.requirements_confirmed),
        kept(input.business_changes),
        kept(input.self_test_results),
    )
    command = notifications.record(info.context.graph, header(info, input), notice)
    return await answered(info, command)


async def participation(
    written: strawberry.Parent[records.Written], info: Info
) -> records.Entity | None:
    """The participation."""
    return await thing(info.context, written)
