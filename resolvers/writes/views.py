"""Writes of saved views."""

from typing import Annotated

import strawberry
from graphql import GraphQLError, parse

from graph import desk, records
from graph.commands import views as commands
from graph.commands.views import ViewGiven
from graph.secrecy import hidden
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.scalars import Json
from resolvers.writes.command import Command, answered, header, kept

FAULT = "This is no GraphQL document: {}. Try it in GraphiQL first."


@strawberry.input(description="Save a view, or change one; what is left out stays.")
class SavedViewInput(Command):
    """A view."""

    id: strawberry.ID | None = given(
        "The view to change, by global id; leave out to save a new one."
    )
    title: str | None = given("Title; required to save a new one.")
    document: str | None = given("A GraphQL document; required to save a new one.")
    variables: Json | None = given("Its variables; SSN-type numbers are refused.")
    layout: Json | None = given("Positions, filters and styles.")
    notes: str | None = given("Notes.")
    shared: bool | None = given("Whether others may read it.")


@strawberry.input(description="Something of one's own, by id.")
class TargetInput(Command):
    """What is meant."""

    id: strawberry.ID = strawberry.field(description="Global id.")


async def save(
    info: Info, input: Annotated[SavedViewInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Save a view."""
    wanted = ViewGiven(
        none(input.id),
        kept(input.title),
        kept(input.document),
        kept(input.variables),
        kept(input.layout),
        kept(input.notes),
        kept(input.shared),
        _fault(none(input.document)),
    )
    return await answered(info, commands.save(info.context.graph, header(info, input), wanted))


def _fault(document: str | None) -> str | None:
    """What is wrong with a document, if anything is."""
    if not document or not document.strip():
        return None  # which is told otherwise
    try:
        parse(document, max_tokens=5000)
    except GraphQLError as error:
        return FAULT.format(hidden(error.message.rstrip(".")))
    return None


async def delete(
    info: Info,
    input: Annotated[TargetInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Delete a view."""
    command = commands.delete(info.context.graph, header(info, input), input.id)
    return await answered(info, command)


async def view(written: strawberry.Parent[records.Written], info: Info) -> records.SavedView | None:
    """The view."""
    if not written.things:
        return None
    context = info.context
    found = (await desk.own(context.graph, context.asking, written.things))[0]
    return found if isinstance(found, records.SavedView) else None
