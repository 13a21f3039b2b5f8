"""Writes of parts of the graph to files."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

import strawberry

from graph import filter_fields, records
from graph.account_search import demand, search
from graph.commands import exports as commands
from graph.commands.exports import ExportGiven
from graph.errors import BadInput
from graph.export.order import MOST_AROUND, Order
from graph.export.placing import standing
from graph.records.moment import Moment
from graph.terms import FileFormat
from graph.walks import Walk
from resolvers.account_filter import AccountFilter
from resolvers.account_filter import given as filtered
from resolvers.arguments import MomentInput, moment_of
from resolvers.change import SCOPE
from resolvers.codes import coded
from resolvers.context import Context, Info
from resolvers.filters import given, none
from resolvers.walk import WalkInput, things_of, walk_of
from resolvers.writes.command import Command, answered, header, plain
from resolvers.writes.jobs import here

T = TypeVar("T")


@strawberry.input(description="Write a part of the graph to a file.")
class StartExportInput(Command):
    """An export."""

    format: FileFormat = strawberry.field(
        description="Format: CSV, JSON_LINES, NODE_LINK_JSON, GRAPHML, GEXF, PARQUET or BODS."
    )
    around: list[strawberry.ID] | None = given("Global ids in the middle; at most 1000.")
    accounts: AccountFilter | None = given("Accounts in the middle, by filter, in place of ids.")
    depth: int = strawberry.field(
        default=1, description="How far to go, in relationships; 0 to 10."
    )
    walk: WalkInput | None = given("Which relationships may be walked.")
    moment: MomentInput | None = given("Moment to read at; now if not given.")


async def start(
    info: Info,
    input: Annotated[StartExportInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Start an export."""
    jobs = here(info)
    wanted = await _given(info, input)
    command = commands.start(info.context.graph, header(info, input), wanted, jobs.place)
    written = await answered(info, command)
    jobs.wake()
    return written


@dataclass
class Reading:
    """An input that is read field by field; what is wrong with one is noted, not raised."""

    faults: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def tried(self, name: str, read: Callable[[], T], otherwise: T) -> T:
        """What a field says."""
        try:
            return read()
        except BadInput as error:
            self.faults.append((str(error), (name,)))
            return otherwise

    async def waited(self, name: str, read: Awaitable[T], otherwise: T) -> T:
        """The same of what has to be asked."""
        try:
            return await read
        except BadInput as error:
            self.faults.append((str(error), (name,)))
            return otherwise


async def _given(info: Info, input: StartExportInput) -> ExportGiven:
    context, reading = info.context, Reading()
    at = await reading.waited("moment", moment_of(info, none(input.moment)), context.now)
    walk = reading.tried("walk", lambda: walk_of(context, none(input.walk)), Walk())
    around = none(input.around)
    ids = [("around", each) for each in (around or ())[: MOST_AROUND + 1]]
    nowhere: tuple[list[str], Moment] = [], at
    keys, at = reading.tried("around", lambda: things_of(context, ids, nowhere[1]), nowhere)
    place = await standing(context.graph, None if at.open else at.known_at)
    moment = Moment(at.as_of, place.known_at)
    accounts = None if none(input.accounts) is None else filtered(input.accounts)
    if accounts is not None:
        await reading.waited("accounts", _judged(context, at, accounts), None)
    sealed = context.seal.closing(SCOPE)
    sequence, log = place.sequence, place.incarnation
    cursor = None if sequence is None else sealed((sequence, log) if log else (sequence,))
    order = Order(
        input.format,
        tuple(sorted(set(keys))),
        None if accounts is None else plain(accounts),
        input.depth,
        walk,
        moment,
        context.asking,
        sequence,
        cursor,
    )
    count = None if around is None else len(around)
    return ExportGiven(order, count, log, tuple(reading.faults))


async def _judged(context: Context, at: Moment, accounts: Mapping[str, Any]) -> None:
    """Raises BadInput for a filter that cannot be read, and Forbidden for one that may not be."""
    demand(context.asking, accounts)
    kinds = [kind for _, kind in filter_fields.flag_kinds(accounts)]
    await coded(context.terms, "RISK_FLAG_KIND", kinds, "accounts.flagKinds")
    await search(context.graph, context.asking, at, accounts)
