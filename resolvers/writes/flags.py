"""Writes of risk flags."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.commands import flags as commands
from graph.commands.flags import Finding
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header, thing
from resolvers.writes.inputs import RiskFlagInput, source


@strawberry.input(description="Raise a risk flag.")
class RaiseRiskFlagInput(Command):
    """A finding."""

    flag: RiskFlagInput = strawberry.field(description="The flag.")


@strawberry.input(description="Resolve a flag or an issue.")
class ResolveInput(Command):
    """How something was settled."""

    id: strawberry.ID = strawberry.field(description="Flag or issue, by global id.")
    resolution: str = strawberry.field(description="How it was resolved.")
    cancel: bool = strawberry.field(
        default=False, description="Issue: true if it is cancelled rather than resolved."
    )
    on: date | None = given("Day of it; today if not given.")


async def raise_(
    info: Info,
    input: Annotated[RaiseRiskFlagInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Raise a flag."""
    flag = input.flag
    finding = Finding(
        flag.subject_id,
        flag.kind,
        none(flag.severity),
        none(flag.raised_on),
        tuple(source(each) for each in none(flag.evidence) or ()),
        tuple(none(flag.priority_trade_issues) or ()),
        none(flag.note),
    )
    return await answered(info, commands.raise_(info.context.graph, header(info, input), finding))


async def resolve(
    info: Info, input: Annotated[ResolveInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Resolve a flag."""
    command = commands.resolve(
        info.context.graph,
        header(info, input),
        input.id,
        input.resolution,
        none(input.on),
        input.cancel,
    )
    return await answered(info, command)


async def flag(written: strawberry.Parent[records.Written], info: Info) -> records.Entity | None:
    """The flag."""
    return await thing(info.context, written)
