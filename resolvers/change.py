"""The change log: its pages, and fields of a change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import strawberry

from graph import centers_names, changes, paging, records
from graph.changes import Filter
from graph.errors import BadInput
from graph.terms import ChangeKind, RelationshipType, RiskRating
from resolvers.arguments import After, Before, First, Last, PageArguments, key_of
from resolvers.connection import open_window
from resolvers.context import Context, Info
from resolvers.selection import below

MOST = 100
# A cursor is a place in the one log: it goes on in every filter, in the stream and in webhooks.
SCOPE = ("changes",)


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
    values = {name: getattr(given, name) for name in Filter.__slots__}
    wanted = Filter(**{**values, "accounts": mine})
    arguments = PageArguments(first, after, last, before)
    return await _page(info, wanted, arguments, ["account.changes", account.stored_key])


async def _page(
    info: Info, wanted: Filter, given: PageArguments, scope: Sequence[str] = SCOPE
) -> records.Page:
    context = info.context
    window = open_window(context, scope, given)
    found = await changes.page(context.graph, context.asking, wanted, window)
    entries, following, preceding = paging.trim(found, window)
    edges = [records.Edge(context.seal.close(scope, entry.sort), entry) for entry in entries]
    total = records.TotalCount(-1)
    if "totalCount" in below(info):
        total = await changes.count(context.graph, context.asking, wanted)
    return records.Page(edges, following, preceding, total)


def read(context: Context, given: ChangeFilter | None) -> Filter:
    """The filter with stored keys and codes. Raises BadInput, which names the field."""
    if given is None:
        return Filter()
    start, end = given.recorded_from or None, given.recorded_to or None
    if start and end and _utc(start) >= _utc(end):
        raise BadInput(
            "Field 'filter.recordedTo' must be after 'filter.recordedFrom': the span is half-open."
        )
    return Filter(
        kinds=_values(given.kinds, "kinds"),
        accounts=_keys(context, given.account_ids, "accountIds", ("Account",)),
        subjects=_keys(context, given.subject_ids, "subjectIds", None),
        centers=_centers(given.centers),
        managers=_keys(context, given.manager_ids, "managerIds", ("AccountManager",)),
        types=_values(given.relationship_types, "relationshipTypes"),
        ratings=_values(given.ratings, "ratings"),
        recorded_from=_utc(start) if start else None,
        recorded_to=_utc(end) if end else None,
    )


def _utc(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _listed(values: object, name: str) -> list[object] | None:
    if values is None or values is strawberry.UNSET:
        return None
    assert isinstance(values, list)
    if not 1 <= len(values) <= MOST:
        raise BadInput(f"Field 'filter.{name}' takes 1 to {MOST} values; leave it out for all.")
    return values


def _values(values: object, name: str) -> tuple[str, ...] | None:
    listed = _listed(values, name)
    return None if listed is None else tuple(sorted(str(value) for value in listed))


def _keys(
    context: Context, values: object, name: str, kinds: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    listed = _listed(values, name)
    if listed is None:
        return None
    argument = f"filter.{name}"
    return tuple(
        sorted(key_of(context, str(each), kinds, argument, context.now)[0] for each in listed)
    )


def _centers(values: object) -> tuple[str, ...] | None:
    listed = _listed(values, "centers")
    if listed is None:
        return None
    codes = [centers_names.resolve(str(each)) for each in listed]
    if None in codes:
        raise BadInput(
            "Field 'filter.centers' holds a name that no Center has. Give CEE001 to CEE010, or a"
            " name from 'centers'."
        )
    return tuple(sorted(f"Center:{code}" for code in codes))


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
