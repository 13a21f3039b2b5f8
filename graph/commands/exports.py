"""Starting an export: a job that the server runs with the rights its caller has now."""

from dataclasses import dataclass
from uuid import uuid4

from graph import moments, policy
from graph.commands import texts
from graph.commands.asked_jobs import ask_for
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.writing import Path, Writing
from graph.export.order import DEEPEST, FORMATS, MOST_AROUND, Order
from graph.export.order import texts as texts_in
from graph.export.walking import Farther
from graph.reach import reach
from graph.records import Written
from graph.records.moment import Moment, instant_text
from graph.session import Graph
from graph.terms import JobKind, JobState, Permission, UserErrorCode

EITHER = "Give 'around', which things stand in the middle, or 'accounts', a filter; not both."
NO_FORMAT = "Nothing is written in {}. Give one of {}."
MISSING = "There is nothing with this id that you may see at that moment. Take one from an answer."
DEEP = f"This goes from 0 to {DEEPEST} relationships."


@dataclass(frozen=True, slots=True)
class ExportGiven:
    """An export as a caller asks for it; `faults` are what is wrong with it already, and where.

    `log` is the incarnation of the change log in which the order's place is.
    """

    order: Order
    around: int | None  # how many ids were given
    log: str | None = None
    faults: tuple[tuple[str, tuple[Path, ...]], ...] = ()


async def start(graph: Graph, header: Header, given: ExportGiven, place: str) -> Written:
    """Put an export in the queue of the server whose folder is at `place`."""
    asking = policy.reaching(policy.keeping(header.viewer), Permission.EXPORT)
    seen = await reach(graph, asking, Permission.EXPORT)
    order = given.order
    missing: list[str] = []
    if len(order.around) <= MOST_AROUND:
        clocks = order.moment
        at = Moment.given(clocks.as_of, clocks.known_at, clocks)
        missing = await Farther(graph, at, order.walk, seen).ends(order.around)
    key = f"Job:J-{uuid4().hex[:16]}"

    async def plan(writing: Writing) -> Written:
        writing.expect(0)
        _judge(writing, given, missing)
        return await ask_for(writing, key, _said(writing, given, place))

    return await run(graph, header, plan)


def _judge(writing: Writing, given: ExportGiven, missing: list[str]) -> None:
    order = given.order
    for told, path in given.faults:
        writing.refuse(UserErrorCode.INVALID_FORMAT, told, *path)
    if order.format not in FORMATS:
        named = ", ".join(each.value for each in FORMATS)
        told = NO_FORMAT.format(order.format.value, named)
        writing.refuse(UserErrorCode.INVALID_FORMAT, told, "format")
    if (given.around is None) is (order.accounts is None):
        writing.refuse(UserErrorCode.REQUIRED, EITHER, "around")
    if given.around is not None:
        texts.counted(writing, given.around, MOST_AROUND, "around")
    if not 0 <= order.depth <= DEEPEST:
        writing.refuse(UserErrorCode.OUT_OF_RANGE, DEEP, "depth")
    if missing:
        writing.refuse(UserErrorCode.NOT_FOUND, MISSING, "around")
    _keep_clear(writing, order)


def _keep_clear(writing: Writing, order: Order) -> None:
    """Note what would be kept with the job and in the file although it may tell a number."""
    for path, some in (("accounts", texts_in(order.accounts)), ("walk", iter(order.walk.avoid))):
        for text in some:
            found = moments.parse(text, writing.now)
            wrong = texts.ssn_told(text) or (found and texts.ssn_told(found[0]))
            if wrong:
                writing.refuse(UserErrorCode.INVALID_FORMAT, wrong, path)
                break


def _said(writing: Writing, given: ExportGiven, place: str) -> dict[str, object]:
    order = given.order
    return {
        "kind": JobKind.EXPORT.value,
        "state": JobState.QUEUED.value,
        "format": order.format.value,
        "order": order.text,
        "asOf": order.moment.as_of.isoformat(),
        "knownAt": instant_text(order.moment.known_at),
        "sequence": order.sequence,
        "log": given.log,
        "queuedAt": writing.at,
        "heartbeat": writing.at,
        "folder": place,
    }
