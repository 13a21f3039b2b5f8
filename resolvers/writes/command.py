"""What every mutation is given and answers."""

import logging
from collections.abc import Awaitable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import orjson
import strawberry

from graph import records
from graph.commands.header import KEEP, Header, keyed, memory_of
from graph.errors import LimitExceeded, TimedOut, Unavailable
from graph.held_accounts import behind
from graph.records.moment import Moment
from graph.terms import RelationshipType
from resolvers import refusals
from resolvers.change import SCOPE
from resolvers.context import Context, Info
from resolvers.filters import given, none

MOST = 20  # accounts whose warnings are told
log = logging.getLogger(__name__)
OWN = ("idempotency_key",)  # not part of what is written


@strawberry.input
class Command:
    """What every input of a write has."""

    idempotency_key: str | None = given(
        "Key of the caller's making, at most 64 characters: a repeat within 24 hours answers as the"
        " first time and writes nothing."
    )
    expected_version: int | None = given(
        "Version the caller has seen; refused with VERSION_CONFLICT if it is another now."
    )
    reason: str | None = given("Why, for the change log; at most 500 characters.")


def header(info: Info, input: Command) -> Header:
    """Who gives the command, and what tells it from another one."""
    context = info.context
    told = orjson.dumps([info.field_name, plain(input)], option=orjson.OPT_SORT_KEYS)
    key = none(input.idempotency_key)
    return Header(
        info.field_name,
        context.asking,
        keyed(context.key, told),
        key,
        memory_of(context.key, key) if key else None,
        none(input.expected_version),
        none(input.reason),
    )


async def answered(info: Info, written: Awaitable[records.Written]) -> records.Written:
    """What came of a command; the rest of the answer is read as of then."""
    found = await written
    refusals.note(error.code.value for error in found.user_errors)
    if found.at is not None:
        info.context.now = Moment(found.at.date(), found.at)
    return found


def kept(value: Any) -> Any:
    """A value, or KEEP where nothing was given."""
    return KEEP if value is strawberry.UNSET else value


def several(values: Any) -> Any:
    """A list, none of it, or KEEP where nothing was given."""
    return tuple(values) if isinstance(values, list) else kept(values)


def plain(value: Any) -> Any:
    """An input as JSON spells it, without what was left out."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in OWN}
        return {name: plain(each) for name, each in told.items() if each is not strawberry.UNSET}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, Enum) else value


async def changes(written: strawberry.Parent[records.Written], info: Info) -> list[records.Change]:
    """What was recorded, in order."""
    found = await info.context.changes.load_many(list(written.entries))
    return [change for change in found if change is not None]


def cursor(written: strawberry.Parent[records.Written], info: Info) -> str | None:
    """The place in the change log after the write."""
    if not written.last:
        return None
    return info.context.seal.closing(SCOPE)((written.last, written.log))


async def warnings(
    written: strawberry.Parent[records.Written], info: Info
) -> list[records.Warning]:
    """What wants attention about the accounts concerned.

    None if that cannot be told in time: the write stands, and its answer must not be lost by it.
    """
    context = info.context
    concerned = [change.account_key for change in await changes(written, info)]
    try:
        concerned += await _owned(context, written)
        keys = list(dict.fromkeys(key for key in concerned if key))[:MOST]
        found = await context.warnings.load_many([(key, context.now) for key in keys])
    except (TimedOut, LimitExceeded, Unavailable) as error:
        log.warning("The warnings after a write were not told.", extra={"fault": error.code})
        return []
    return [warning for some in found for warning in some]


async def _owned(context: Context, written: records.Written) -> list[str]:
    """The accounts of the parties between which shares were written: the log names none of them."""
    if not written.claims:
        return []
    told = await claims(context, written)
    owning = [claim for claim in told if claim.type is RelationshipType.OWNS]
    ends = dict.fromkeys(end for claim in owning for end in (claim.to_key, claim.from_key))
    return await behind(context.graph, context.asking, context.now, [*ends]) if ends else []


async def relationships(
    written: strawberry.Parent[records.Written], info: Info
) -> list[records.Relationship]:
    """The claims written."""
    return await claims(info.context, written)


async def claims(context: Context, written: records.Written) -> list[records.Relationship]:
    """The claims written, as they stand after it."""
    found = await context.claims.load_many([(id, context.now) for id in written.claims])
    return [claim for claim in found if claim is not None]


async def thing(context: Context, written: records.Written) -> records.Entity | None:
    """The thing written, as it is after it."""
    if not written.things:
        return None
    return await context.entities.load((written.things[0], context.now))
