"""The change log: its pages, and fields of a change."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

import strawberry

from graph import changes, paging, records
from graph.changes import Filter, Place
from graph.errors import BadInput, CursorExpired
from graph.lists import Sort, Window
from graph.terms import ChangeKind, RelationshipType, RiskRating
from resolvers.arguments import LOG, After, Before, First, Last, PageArguments
from resolvers.codes import center_codes
from resolvers.connection import open_window
from resolvers.context import Context, Info
from resolvers.filters import keys, none, words
from resolvers.selection import below

# A cursor is a place in the one log: it goes on in every filter, in the stream and in webhooks.
SCOPE = LOG


@strawberry.input(
    description=("Changes that match: all given fields must hold; of a list, any one element.")
)
class ChangeFilter:
    """Which changes."""

    kinds: list[ChangeKind] | None = strawberry.field(
        default=strawberry.UNSET, description="What happened."
    )
    account_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="The account concerned, by global id."
    )
    subject_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="The thing changed, by global id."
    )
    centers: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Center of the account at the time, by code or name.",
    )
    manager_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Primary manager of the account at the time, by global id.",
    )
    relationship_types: list[RelationshipType] | None = strawberry.field(
        default=strawberry.UNSET, description="Type of the relationship."
    )
    ratings: list[RiskRating] | None = strawberry.field(
        default=strawberry.UNSET,
        description="RISK_RATING_CHANGED only to one of these ratings.",
    )
    recorded_from: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Recorded at this instant or later."
    )
    recorded_to: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Recorded before this instant."
    )


FilterArgument = Annotated[
    ChangeFilter | None, strawberry.argument(description="Only changes that match.")
]


async def log(
    info: Info,
    filter: FilterArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """A page of the change log, oldest first."""
    wanted = read(info.context, filter)
    return await _page(info, wanted, PageArguments(first, after, last, before))


async def of_account(
    account: strawberry.Parent[records.Account],
    info: Info,
    filter: FilterArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """The account's part of the change log, oldest first."""
    given = read(info.context, filter)
    among = given.accounts
    mine = () if among is not None and account.stored_key not in among else (account.stored_key,)
    arguments = PageArguments(first, after, last, before)
    return await _page(
        info, replace(given, accounts=mine), arguments, ["account.changes", account.stored_key]
    )


async def _page(
    info: Info, wanted: Filter, given: PageArguments, scope: Sequence[str] = SCOPE
) -> records.Page:
    context = info.context
    window = open_window(context, scope, given)
    found = await changes.page(context.graph, context.asking, wanted, window)
    seal, place = context.seal.closing(scope), found.place
    _require_kept(window, place, seal)
    entries, following, preceding = paging.trim(found.changes, window)
    edges = [records.Edge(seal, (entry.sequence, place.incarnation), entry) for entry in entries]
    total = records.TotalCount(-1)
    if "totalCount" in below(info):
        total = await changes.count(context.graph, context.asking, wanted)
    return records.Page(edges, following, preceding, total)


def _require_kept(window: Window, place: Place, seal: Callable[[Sort], str]) -> None:
    """Raises CursorExpired where a page would pass over changes that are no longer kept."""
    for argument, bound in (("after", window.after), ("before", window.before)):
        if bound and place.lost(*bound):
            raise CursorExpired(
                f"Changes after the cursor of argument '{argument}' are no longer kept. Read anew"
                " what you keep of the graph, then go on without a cursor, from the oldest change"
                " that is kept; 'earliest' is its own cursor, behind it.",
                seal((place.earliest, place.incarnation)),
            )


def read(context: Context, given: ChangeFilter | None) -> Filter:
    """The filter with stored keys and codes. Raises BadInput, which names the field."""
    if given is None:
        return Filter()
    start, end = given.recorded_from or None, given.recorded_to or None
    if start and end and _utc(start) >= _utc(end):
        raise BadInput(
            "Field 'filter.recordedTo' must be after 'filter.recordedFrom': the span is half-open."
        )
    centers = center_codes(none(given.centers), "filter.centers")
    return Filter(
        kinds=words(given.kinds, "filter.kinds"),
        accounts=keys(context, given.account_ids, "filter.accountIds", ("Account",)),
        subjects=keys(context, given.subject_ids, "filter.subjectIds", None),
        centers=None if centers is None else tuple(f"Center:{code}" for code in centers),
        managers=keys(context, given.manager_ids, "filter.managerIds", ("AccountManager",)),
        types=words(given.relationship_types, "filter.relationshipTypes"),
        ratings=words(given.ratings, "filter.ratings"),
        recorded_from=_utc(start) if start else None,
        recorded_to=_utc(end) if end else None,
    )


def _utc(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def account_sequence(change: strawberry.Parent[records.Change], info: Info) -> int | None:
    """Its number among the changes of its account, for who is told of all of them.

    Others would see by the numbers left out how many they are not told of, and when.
    """
    return change.account_sequence if info.context.asking.sees_all else None


async def subject(change: strawberry.Parent[records.Change], info: Info) -> records.Entity | None:
    """The thing changed, as it is now."""
    return await _thing(info, change.subject_key)


async def account(change: strawberry.Parent[records.Change], info: Info) -> records.Entity | None:
    """The account concerned, as it is now."""
    return await _thing(info, change.account_key)


async def _thing(info: Info, key: str | None) -> records.Entity | None:
    return await info.context.entities.load((key, info.context.now)) if key else None


async def relationship(
    change: strawberry.Parent[records.Change], info: Info
) -> records.Relationship | None:
    """The relationship recorded, corrected or ended, in the version that this change wrote."""
    if change.relationship_id is None:
        return None
    return await info.context.claims.load((change.relationship_id, info.context.now))


async def cause(change: strawberry.Parent[records.Change], info: Info) -> records.Change | None:
    """The change that caused this one."""
    if change.cause_sequence is None:
        return None
    return await info.context.changes.load(change.cause_sequence)
