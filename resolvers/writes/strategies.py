"""Writes of strategies."""

from datetime import date
from typing import Annotated, Any

import strawberry

from graph import records
from graph.commands import strategies as commands
from graph.commands.strategies import Measure, StrategyGiven
from graph.terms import StrategyStatus
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header, kept, several, thing


@strawberry.input(description="One thing to do in a strategy.")
class StrategyMeasureInput:
    """A measure."""

    title: str = strawberry.field(description="What.")
    discipline: str = strawberry.field(description="By which discipline, by code.")
    due_on: date | None = given("By which day.")
    done_on: date | None = given("Day it was done.")


@strawberry.input(description="Draft a strategy, or change one; what is left out stays.")
class StrategyInput(Command):
    """What a strategy says."""

    id: strawberry.ID | None = given(
        "The strategy to change, by global id; leave out to draft one."
    )
    title: str | None = given("Title; required to draft.")
    objective: str | None = given("What it is to achieve; required to draft.")
    status: StrategyStatus | None = given("Status.")
    leader_id: strawberry.ID | None = given("Account manager who leads it, by global id.")
    disciplines: list[str] | None = given("Disciplines involved, by code; replaces all.")
    account_ids: list[strawberry.ID] | None = given(
        "Accounts it is for, by global id; replaces all."
    )
    segment_id: strawberry.ID | None = given("Segment it is for, by global id.")
    issue_ids: list[strawberry.ID] | None = given(
        "Issues it addresses, by global id; replaces all."
    )
    measures: list[StrategyMeasureInput] | None = given("Measures, in order; replaces all.")
    starts_on: date | None = given("First day; today if not given.")
    review_on: date | None = given("Day of the next review.")


async def save(
    info: Info, input: Annotated[StrategyInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Draft or change a strategy."""
    wanted = StrategyGiven(
        none(input.id),
        kept(input.title),
        kept(input.objective),
        kept(input.status),
        kept(input.leader_id),
        several(input.disciplines),
        several(input.account_ids),
        kept(input.segment_id),
        several(input.issue_ids),
        _measures(input.measures),
        kept(input.starts_on),
        kept(input.review_on),
    )
    return await answered(info, commands.save(info.context.graph, header(info, input), wanted))


def _measures(values: Any) -> Any:
    """The measures, none of them, or those that stand."""
    if not isinstance(values, list):
        return kept(values)
    return tuple(
        Measure(each.title, each.discipline, none(each.due_on), none(each.done_on))
        for each in values
    )


async def strategy(
    written: strawberry.Parent[records.Written], info: Info
) -> records.Entity | None:
    """The strategy."""
    return await thing(info.context, written)
