"""Writes of requests for another Center."""

from typing import Annotated

import strawberry

from graph import records
from graph.commands import requests as commands
from graph.commands.requests import Wish
from graph.terms import CenterBasis, CenterChangeState
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header


@strawberry.input(description="Ask for another Center.")
class RequestCenterChangeInput(Command):
    """Where an account wants to go, and why."""

    account_id: strawberry.ID = strawberry.field(description="Account, by global id.")
    to_center: str = strawberry.field(description="Center wanted, by code or name.")
    basis: CenterBasis = strawberry.field(description="Ground claimed.")
    statement: str = strawberry.field(description="The request in words.")
    appeals_id: strawberry.ID | None = given("The denied request to appeal, by global id.")


@strawberry.input(description="Decide a request for another Center.")
class DecideCenterChangeInput(Command):
    """What becomes of a request."""

    id: strawberry.ID = strawberry.field(description="Request, by global id.")
    state: CenterChangeState = strawberry.field(
        description="The new state: UNDER_REVIEW, GRANTED, DENIED or WITHDRAWN."
    )
    decision: str | None = given("The decision in words; required for GRANTED and DENIED.")


async def ask(
    info: Info,
    input: Annotated[RequestCenterChangeInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Ask for another Center."""
    wish = Wish(
        input.account_id,
        input.to_center,
        CenterBasis(input.basis),
        input.statement,
        none(input.appeals_id),
    )
    return await answered(info, commands.ask(info.context.graph, header(info, input), wish))


async def decide(
    info: Info,
    input: Annotated[DecideCenterChangeInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Decide a request."""
    command = commands.decide(
        info.context.graph,
        header(info, input),
        input.id,
        CenterChangeState(input.state),
        none(input.decision),
    )
    return await answered(info, command)


async def request(
    written: strawberry.Parent[records.Written], info: Info
) -> records.CenterChangeRequest | None:
    """The request."""
    if not written.things:
        return None
    return await info.context.requests.load((written.things[0], info.context.now))
