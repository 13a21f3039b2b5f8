"""Writes of webhooks."""

import re
from typing import Annotated, Any

import orjson
import strawberry
from strawberry.utils.str_converters import to_camel_case

from graph import desk, records
from graph.commands import webhooks as commands
from graph.commands.header import KEEP
from graph.commands.webhook_parts import WebhookGiven
from graph.errors import BadInput, CursorInvalid
from graph.secrecy import tells_ssn
from graph.webhooks import Webhooks
from graph.webhooks.filling import spelt
from resolvers.change import ChangeFilter, read
from resolvers.context import Context, Info
from resolvers.feed import opened
from resolvers.filters import given, none
from resolvers.scalars import Url
from resolvers.writes.command import Command, answered, header, kept, plain
from resolvers.writes.views import TargetInput

FIELD = re.compile(r"'filter\.(\w+)'")
NO_CURSOR = (
    "This is no cursor of the change log. Take one from 'changes', an event or a write, or leave it"
    " out to begin now."
)
NUMBER = (
    "An id here could be a social security number, which is never stored in clear. Give the 'id' of"
    " an answer."
)
Faults = tuple[tuple[str, tuple[str, ...]], ...]
Target = Annotated[TargetInput, strawberry.argument(description="What to write.")]
Delivery = Annotated[
    TargetInput, strawberry.argument(description="Its `id` is that of the delivery.")
]


@strawberry.input(description="Register a webhook, or change one; what is left out stays.")
class WebhookInput(Command):
    """A webhook."""

    id: strawberry.ID | None = given(
        "The webhook to change, by global id; leave out to register one."
    )
    url: Url | None = given("Where to; https, no private network; required to register.")
    filter: ChangeFilter | None = given("Which changes; all that the owner may see if not given.")
    active: bool | None = given("Whether it is sent to.")
    after: str | None = given("Cursor to start after; from now on if not given.")


async def save(
    info: Info, input: Annotated[WebhookInput, strawberry.argument(description="What to write.")]
) -> records.Written:
    """Register a webhook, or change one."""
    context = info.context
    here, faults = _here(context), []
    try:
        wanted = spelt(read(context, none(input.filter)))
    except BadInput as wrong:
        wanted, named = "{}", FIELD.search(str(wrong))
        faults.append((str(wrong), ("filter", named[1]) if named else ("filter",)))
    if tells_ssn(wanted, bare=True):
        faults.append((NUMBER, ("filter",)))
    place = None
    try:
        cursor = none(input.after)
        if cursor is not None:
            place = opened(context, cursor, ())
    except CursorInvalid:
        faults.append((NO_CURSOR, ("after",)))
    webhook = WebhookGiven(
        none(input.id),
        kept(input.url),
        _spelt(input.filter),
        wanted,
        kept(input.active),
        place,
        tuple(faults),
    )
    command = commands.save(context.graph, header(info, input), webhook, here)
    return await _answered(info, command)


async def rotate(info: Info, input: Target) -> records.Written:
    """Give a webhook a new secret."""
    context = info.context
    command = commands.rotate(context.graph, header(info, input), input.id, _here(context))
    return await _answered(info, command)


async def ping(info: Info, input: Target) -> records.Written:
    """Send a test event."""
    return await _answered(info, commands.ping(info.context.graph, header(info, input), input.id))


async def redeliver(info: Info, input: Delivery) -> records.Written:
    """Send a delivery again."""
    return await _answered(
        info, commands.redeliver(info.context.graph, header(info, input), input.id)
    )


async def delete(info: Info, input: Target) -> records.Written:
    """Delete a webhook."""
    return await _answered(info, commands.delete(info.context.graph, header(info, input), input.id))


async def webhook(
    written: strawberry.Parent[records.Written], info: Info
) -> records.Webhook | None:
    """The webhook."""
    found = await _own(info, written, 0)
    return found if isinstance(found, records.Webhook) else None


async def delivery(
    written: strawberry.Parent[records.Written], info: Info
) -> records.WebhookDelivery | None:
    """The delivery."""
    found = await _own(info, written, 1)
    return found if isinstance(found, records.WebhookDelivery) else None


def secret(written: strawberry.Parent[records.Written]) -> str | None:
    """The secret."""
    return written.secret


async def _own(info: Info, written: records.Written, place: int) -> desk.Own | None:
    if len(written.things) <= place:
        return None
    context = info.context
    return (await desk.own(context.graph, context.asking, [written.things[place]]))[0]


async def _answered(info: Info, command: Any) -> records.Written:
    written = await answered(info, command)
    if info.context.webhooks:
        info.context.webhooks.wake()
    return written


def _here(context: Context) -> Webhooks:
    """The webhooks of the server, or what they would be where none runs."""
    return context.webhooks or Webhooks(context.key)


def _spelt(given: Any) -> Any:
    """A filter as the caller wrote it, as JSON; without what was left out."""
    found = kept(given)
    if found is KEEP or found is None:
        return found
    said = {to_camel_case(name): value for name, value in plain(found).items()}
    return orjson.dumps({name: value for name, value in said.items() if value is not None}).decode()
