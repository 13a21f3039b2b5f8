"""Writes of risk segments."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records, segments
from graph.commands import segments as commands
from graph.commands.segments import Definition
from resolvers import account_filter
from resolvers.account_filter import AccountFilter
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header


@strawberry.input(description="Define a risk segment.")
class RiskSegmentInput(Command):
    """A segment."""

    name: str = strawberry.field(description="Name; a name in use gets a new version.")
    filter: AccountFilter = strawberry.field(description="The rule.")
    precedence: int = strawberry.field(description="1 is tried first.")
    treatment: str = strawberry.field(description="How accounts in it are treated.")
    valid_from: date | None = given("First day in force; today if not given.")


async def define(
    info: Info,
    input: Annotated[RiskSegmentInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Define a segment, or a new version of one."""
    wanted = Definition(
        input.name,
        account_filter.given(input.filter),
        input.precedence,
        input.treatment,
        none(input.valid_from),
    )
    return await answered(info, commands.define(info.context.graph, header(info, input), wanted))


async def segment(
    written: strawberry.Parent[records.Written], info: Info
) -> records.RiskSegment | None:
    """The new version of the segment."""
    context = info.context
    if not written.things:
        return None
    found = await segments.versions(context.graph, context.asking, context.now, written.things)
    return found[0]


def moved(written: strawberry.Parent[records.Written]) -> int:
    """How many accounts moved to another segment."""
    return written.more.get("moved", 0)
