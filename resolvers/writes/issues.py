"""Writes of issues."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.commands import issues as commands
from graph.commands import settling
from graph.commands.issues import IssueGiven
from graph.terms import IssuePurpose, IssueStatus
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header, kept, several, thing
from resolvers.writes.flags import ResolveInput


@strawberry.input(description="Open an issue, or change one; what is left out stays.")
class IssueInput(Command):
    """What an issue says."""

    id: strawberry.ID | None = given("The issue to change, by global id; leave out to open one.")
    account_id: strawberry.ID | None = given("Account, by global id; required to open.")
    purpose: IssuePurpose | None = given("What it asks for; required to open.")
    title: str | None = given("Title; required to open.")
    description: str | None = given("Description.")
    status: IssueStatus | None = given("OPEN, IN_PROGRESS or WAITING; to close use `resolveIssue`.")
    concerns_ids: list[strawberry.ID] | None = given(
        "Numbers, codes and parties it concerns, by global id; replaces all."
    )
    lead_discipline: str | None = given("Discipline that owns it, by code.")
    other_disciplines: list[str] | None = given("Other disciplines, by code; replaces all.")
    handler_id: strawberry.ID | None = given("Manager or specialist who handles it, by global id.")
    flag_ids: list[strawberry.ID] | None = given("Flags it is about, by global id; replaces all.")
    priority_trade_issues: list[str] | None = given(
        "Codes of the vocabulary PRIORITY_TRADE_ISSUE; replaces all."
    )
    due_on: date | None = given("Day it is due.")
    shared: bool | None = given("Whether the owners of its account may see it; no, to open.")


async def save(
    info: Info, input: Annotated[IssueInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Open or change an issue."""
    wanted = IssueGiven(
        none(input.id),
        none(input.account_id),
        kept(input.purpose),
        kept(input.title),
        kept(input.description),
        kept(input.status),
        several(input.concerns_ids),
        kept(input.lead_discipline),
        several(input.other_disciplines),
        kept(input.handler_id),
        several(input.flag_ids),
        several(input.priority_trade_issues),
        kept(input.due_on),
        kept(input.shared),
    )
    return await answered(info, commands.save(info.context.graph, header(info, input), wanted))


async def resolve(
    info: Info, input: Annotated[ResolveInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Resolve or cancel an issue."""
    command = settling.resolve(
        info.context.graph,
        header(info, input),
        input.id,
        input.resolution,
        none(input.on),
        input.cancel,
    )
    return await answered(info, command)


async def issue(written: strawberry.Parent[records.Written], info: Info) -> records.Entity | None:
    """The issue."""
    return await thing(info.context, written)
