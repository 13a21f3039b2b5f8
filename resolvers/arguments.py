"""Arguments that many fields share, with their descriptions, and how they are read."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import Annotated

import strawberry

from graph import changes, identifying, moments, terms
from graph.changes import LOG as LOG
from graph.errors import BadInput, Unavailable
from graph.identifiers import parse_number
from graph.records.moment import Moment
from resolvers.context import Context, Info

PATIENCE = 3.0  # seconds that a question waits for the graph to come to a place
AGAIN = 0.05
First = Annotated[
    int | None,
    strawberry.argument(description="Size, from the start; 1 to 100, 20 if none is given."),
]
After = Annotated[str | None, strawberry.argument(description="After this cursor.")]
Last = Annotated[int | None, strawberry.argument(description="Size, from the end; 1 to 100.")]
Before = Annotated[str | None, strawberry.argument(description="Before this cursor.")]
Limit = Annotated[int, strawberry.argument(description="How many at most; 1 to 100.")]
Former = Annotated[
    bool, strawberry.argument(description="Also those that ended before the moment.")
]


@strawberry.input(description="A point on both clocks; what is left out means now.")
class MomentInput:
    """Valid time and record time, each optional."""

    as_of: date | None = strawberry.field(
        default=strawberry.UNSET,
        description="Valid time: read the facts that hold on this day. Today (UTC) if not given.",
    )
    known_at: datetime | None = strawberry.field(
        default=strawberry.UNSET,
        description="Record time: read what was known at this instant. Now if not given.",
    )
    not_before: str | None = strawberry.field(
        default=strawberry.UNSET,
        description=(
            "Change cursor: answer from a state no older than this, for example the `cursor` of"
            " one's own write."
        ),
    )


MomentArgument = Annotated[
    MomentInput | None,
    strawberry.argument(
        description="Read this and everything below at this moment; now if not given."
    ),
]


@dataclass(frozen=True, slots=True)
class PageArguments:
    """The four page arguments of a connection."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


async def moment_of(info: Info, given: MomentInput | None) -> Moment:
    """The moment that an argument names, once the graph has come as far as it asks.

    Raises BadInput for one still to come, CursorInvalid, or Unavailable if the graph stays behind.
    """
    now = info.context.now
    if not given:
        return now
    if given.not_before and await _reached(info.context, given.not_before):
        now = Moment.now()  # what it waited for was recorded since the request came
    return moments.moment(given.as_of or None, given.known_at or None, now)


async def _reached(context: Context, cursor: str) -> bool:
    """Wait until the change log has come to a place; tells whether it was not there at once.

    Where one server answers, it is.
    """
    [wanted, *_] = context.seal.open(LOG, cursor, "moment.notBefore") or (0,)
    until = monotonic() + PATIENCE
    waited = False
    while (place := await changes.place(context.graph)).sequence < wanted:
        if monotonic() > until:
            raise Unavailable(
                f"The graph is {wanted - place.sequence} changes behind 'moment.notBefore'. Try"
                " again in a few seconds, or leave it out."
            )
        await asyncio.sleep(AGAIN)
        waited = True
    return waited


def key_of(
    context: Context, id_: str, kinds: tuple[str, ...] | None, argument: str, given: Moment
) -> tuple[str, Moment]:
    """The stored key behind a global id, and the moment to read at.

    A moment given beside the id wins over the one the id carries, which counts for nothing where an
    owner asks: they read the present. Without `kinds` any thing will do. Raises BadInput.
    """
    found = moments.parse(id_, context.now)
    if found is None:
        raise BadInput(f"Argument '{argument}' is no global id. Give the 'id' of an answer.")
    key, carried = found
    if kinds is not None and key.partition(":")[0] not in kinds:
        raise BadInput(
            f"Argument '{argument}' is the id of another kind of thing. Give one of"
            f" {' or '.join(kinds)}."
        )
    present = given.suffix or (context.viewer and context.viewer.owner)
    return key, (carried if carried.suffix and not present else given)


def limited(limit: int, most: int = 100, argument: str = "limit") -> int:
    """A limit that is within its bounds. Raises BadInput, which names the argument."""
    if not 1 <= limit <= most:
        raise BadInput(f"Argument '{argument}' must be between 1 and {most}.")
    return limit


async def lookup_of(context: Context, number: str, argument: str) -> str:
    """The look-up key of a whole importer number.

    Raises BadInput, never with the number, and RateLimited for one too many.
    """
    try:
        parsed = parse_number(number, fakes=frozenset())
    except BadInput as error:
        raise BadInput(f"Argument '{argument}': {error}") from None
    if parsed.type is terms.ImporterNumberType.IRS_EIN and parsed.note:
        raise BadInput(
            f"Argument '{argument}': an IRS number without its suffix can be several. Give the"
            " two characters after it too, for example 00."
        )
    await context.looks_up()
    lookup = context.key.lookup(parsed.canonical)
    before = context.key.lookup_before(parsed.canonical)
    if before is None or parsed.type is not terms.ImporterNumberType.SSN:
        return lookup
    return await identifying.kept(context.graph, context.asking, lookup, before)
