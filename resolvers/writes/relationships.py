"""Writes of claims."""

from datetime import date
from typing import Annotated

import strawberry

from graph import records
from graph.commands import corrections
from graph.commands import relationships as commands
from graph.commands.corrections import Correction
from graph.commands.relationships import Told
from graph.terms import Interest
from resolvers.context import Info
from resolvers.filters import given, none
from resolvers.writes.command import Command, answered, header, kept
from resolvers.writes.inputs import RelationshipInput, ShareInput, SourceInput, share, source


@strawberry.input(description="Record claims, all or none.")
class RecordRelationshipsInput(Command):
    """Claims to record."""

    relationships: list[RelationshipInput] = strawberry.field(
        description="The claims; 1 to 100, each with a source."
    )


@strawberry.input(description="Correct a claim; what is left out stays.")
class CorrectRelationshipInput(Command):
    """What a claim should say."""

    id: strawberry.ID = strawberry.field(description="The relationship, by global id.")
    share: ShareInput | None = given("OWNS: the part owned.")
    interest: Interest | None = given("OWNS, CONTROLS: the nature of the interest.")
    scope: str | None = given("GRANTED_POA: a code of the vocabulary POWER_OF_ATTORNEY_SCOPE.")
    valid_from: date | None = given("First day it holds.")
    valid_to: date | None = given("Day it no longer holds.")
    retract: bool = strawberry.field(
        default=False,
        description="True: it never held; supersede it without a successor.",
    )
    source: SourceInput = strawberry.field(description="Who says so now.")


@strawberry.input(description="End something on a day.")
class EndInput(Command):
    """What ends, and when."""

    id: strawberry.ID = strawberry.field(description="What, by global id.")
    valid_to: date | None = given("Day from which it no longer holds; today if not given.")


async def record(
    info: Info,
    input: Annotated[RecordRelationshipsInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Record claims."""
    told = [
        Told(
            each.type,
            each.from_id,
            each.to_id,
            share(each.share),
            none(each.interest),
            none(each.scope),
            none(each.valid_from),
            none(each.valid_to),
            source(each.source),
        )
        for each in input.relationships
    ]
    return await answered(info, commands.record(info.context.graph, header(info, input), told))


async def correct(
    info: Info,
    input: Annotated[CorrectRelationshipInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Correct a claim."""
    says = source(input.source)
    assert says is not None
    wanted = Correction(
        input.id,
        says,
        share(input.share) if isinstance(input.share, ShareInput) else kept(input.share),
        kept(input.interest),
        kept(input.scope),
        kept(input.valid_from),
        kept(input.valid_to),
        input.retract,
    )
    command = corrections.correct(info.context.graph, header(info, input), wanted)
    return await answered(info, command)


async def end(
    info: Info, input: Annotated[EndInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """End a claim."""
    command = corrections.end(
        info.context.graph, header(info, input), input.id, none(input.valid_to)
    )
    return await answered(info, command)
