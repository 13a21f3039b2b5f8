"""Merging accounts: their identifiers pass to one that remains, and they close.

What is still open about those that close passes too: flags, issues, strategies. Everything else
stays with them, where it happened; their assignments end, and an application to ISA with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import orjson

from graph import ids, policy
from graph.commands import texts
from graph.commands.accounts import inactive, kind_of, later
from graph.commands.applying import KIND, OVER
from graph.commands.assigning import TWICE, ended, is_open
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.standing import version
from graph.commands.writing import Held, Standing, Step, Writing
from graph.load.bare import Told
from graph.load.hashes import claim_of
from graph.load.rows import NodeRow
from graph.queries import query
from graph.records import Written
from graph.rows import OPEN_DAY, OPEN_INSTANT
from graph.session import Graph
from graph.terms import AccountStatus, ChangeKind, IsaStatus, Permission, UserErrorCode

MOST = 100  # accounts to close
REMAINS = "This is the account that remains. Leave it out."
MOST_PASSING = 5000  # claims that pass to the account that remains
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Merger:
    """The account that remains, those that close, by global id, and the day."""

    into: str
    sources: tuple[str, ...]
    on: date | None = None


async def merge(graph: Graph, header: Header, given: Merger) -> Written:
    """Move all identifiers of other accounts into one and close the others."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)

    async def plan(writing: Writing) -> Written:
        return await _merge(writing, given)

    return await run(graph, header, plan)


async def _merge(writing: Writing, given: Merger) -> Written:
    into_key = writing.key(given.into, ("Account",), "intoId")
    keys = _sources(writing, given.sources, into_key)
    day = texts.not_future(writing, given.on, "on")
    await writing.hold([into_key, *keys])
    into = _remaining(writing, into_key, day)
    closing = _closing(writing, keys, into, day)
    if into is None:
        writing.check()
    assert into is not None
    passing = await _passing(writing, [account for account, _ in closing], into, day)
    over = await _over(writing, closing, day)
    closed: dict[str, object] = {"status": AccountStatus.CLOSED.value, "closedOn": day}
    rows = [
        Step((NodeRow("Account", a.id, ("Account", kind_of(a)), closed),), path)
        for a, path in closing
    ]
    gone = orjson.dumps([ids.encode(account.key) for account, _ in closing]).decode()
    came = Told("Account", into.id, (), {}, 0, ChangeKind.ACCOUNTS_MERGED, ("from", gone))
    await writing.write([*rows, *over, *passing, Step((came,))])
    return Written(things=(into.key,))


def _sources(writing: Writing, given: Sequence[str], into: str | None) -> list[str | None]:
    """The keys of the accounts to close; None in the place of what is wrong, which is noted."""
    texts.counted(writing, len(given), MOST, "fromIds")
    keys: list[str | None] = []
    for at, id_ in enumerate(given[:MOST]):
        key = writing.key(id_, ("Account",), "fromIds", at)
        if key is not None and key in (into, *keys):
            told = REMAINS if key == into else TWICE
            writing.refuse(UserErrorCode.ALREADY_EXISTS, told, "fromIds", at)
            key = None
        keys.append(key)
    return keys


def _remaining(writing: Writing, key: str | None, day: date) -> Held | None:
    into = writing.thing(key, "intoId")
    if into is not None:
        writing.expect(into.version)
        is_open(writing, into, "intoId")
        opened = into.get("openedOn")
        if opened is not None and day < opened:
            told = f"It was opened on {opened.isoformat()}. Give that day or a later one."
            writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "on")
    return into


def _closing(
    writing: Writing, keys: Sequence[str | None], into: Held | None, day: date
) -> list[tuple[Held, Path]]:
    """The accounts that can be closed, with their paths; noted where one cannot be."""
    found: list[tuple[Held, Path]] = []
    for at, key in enumerate(keys):
        account = writing.thing(key, "fromIds", at)
        if account is None:
            continue
        fits = [is_open(writing, account, "fromIds", at), later(writing, account, day, "on")]
        if into is not None and kind_of(account) != kind_of(into):
            told = "Importers merge with importers, brokers with brokers. Give one of that kind."
            writing.refuse(UserErrorCode.WRONG_KIND, told, "fromIds", at)
            fits.append(False)
        if all(fits):
            found.append((account, ("fromIds", at)))
    return found


async def _passing(writing: Writing, closing: Sequence[Held], into: Held, day: date) -> list[Step]:
    """How identifiers and open matters pass to the account that remains."""
    links = await writing.links((each.key for each in closing), inward=["IDENTIFIES"])
    rows = await writing.ask(
        query("command/matters"),
        keys=sorted([into.key, *(each.key for each in closing)]),
        open=OPEN_INSTANT,
    )
    matters = [Standing.of(row) for row in rows]
    there = {_matter(each) for each in matters if each.end == into.key}
    old = [*links, *(each for each in matters if each.end != into.key)]
    if len(old) > MOST_PASSING:
        told = f"More than {MOST_PASSING} things would pass. Merge fewer accounts at once."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, "fromIds")
        writing.check()
    await writing.more(each.start for each in old)
    begins: list[Step] = []
    for each in sorted(old, key=_last, reverse=True):
        if not _lasting(each, day) or _matter(each) in there:
            continue
        there.add(_matter(each))  # about two of them, or said twice: it passes once
        row = replace(version(writing, each), end=into.key, valid_from=day, claim="")
        begins.append(Step((replace(row, claim=claim_of(row)),), ("fromIds",)))
    return [*ended(writing, old, day, None, "on"), *begins]


def _matter(each: Standing) -> tuple[str, ...]:
    """What passes once; each source goes on saying what a number identifies."""
    said = (str(each.get("source")),) if each.type == "IDENTIFIES" else ()
    return each.type, each.start, *said


def _last(each: Standing) -> date:
    """The day on which it ends; what lasts longest is what passes."""
    last: date | None = each.get("validTo")
    return last or OPEN_DAY


def _lasting(each: Standing, day: date) -> bool:
    """Whether it holds on the day, or still after it."""
    last = each.get("validTo")
    return last is None or last > day


async def _over(writing: Writing, closing: Sequence[tuple[Held, Path]], day: date) -> list[Step]:
    """How assignments and applications to ISA end; noted where a participation is active."""
    links = await writing.links(
        (account.key for account, _ in closing),
        outward=["MANAGED_BY", "ASSIGNED_TO", "PARTICIPATES_IN"],
        inward=["SERVES"],
    )
    joined = {each.end: each.start for each in links if each.type == "PARTICIPATES_IN"}
    paths = {account.key: path for account, path in closing}
    steps = ended(writing, [e for e in links if e.type != "PARTICIPATES_IN"], day, None, "on")
    parts = [p for p in await writing.more(joined) if p.get("status") not in OVER]
    for part in parts:
        inactive(writing, part, *paths[joined[part.key]])
        steps.append(Step((_withdrawn(writing, part, day),), paths[joined[part.key]]))
    covers = await writing.links((part.key for part in parts), outward=["COVERS"])
    return [*steps, *ended(writing, covers, day, None, "on")]


def _withdrawn(writing: Writing, part: Held, day: date) -> NodeRow:
    """A participation that is not active ends with its account."""
    since = part.get("acceptedOn") or part.get("appliedOn")
    if since is not None and day < since:
        told = f"A participation stands since {since.isoformat()}. Give that day or a later one."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "on")
    said: dict[str, object] = {
        "status": IsaStatus.WITHDRAWN.value,
        "statusReason": writing.header.reason,
        "endedOn": day,
        "nextNotificationDue": None,
    }
    return NodeRow(KIND, part.id, (KIND,), said)
