"""Splitting an account: some of its identifiers become an account of their own.

How the account is worked with goes along: status, national standing, managers, Center and team.
What happened stays where it happened: flags, issues, strategies, ISA, figures, powers of attorney.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from graph import ids, policy
from graph.commands import texts
from graph.commands.accounts import Group, grouped, kind_of, later
from graph.commands.assigning import claim, ended
from graph.commands.detaching import Named, left, uncovered
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.standing import said
from graph.commands.writing import Held, Standing, Step, Writing
from graph.load.bare import Told
from graph.load.rows import ClaimRow, NodeRow
from graph.records import Written
from graph.session import Graph
from graph.terms import ChangeKind, Permission, UserErrorCode

COPIED = ("status", "national", "centerEligibility")


@dataclass(frozen=True, slots=True)
class Split:
    """What leaves an account, from which day, and the name of the account it becomes."""

    group: Group
    name: str


async def split(graph: Graph, header: Header, given: Split) -> Written:
    """Move some identifiers of an account to a new one."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)
    id_ = f"A-{uuid4().hex[:12]}"

    async def plan(writing: Writing) -> Written:
        return await _split(writing, given, id_)

    return await run(graph, header, plan)


async def _split(writing: Writing, given: Split, id_: str) -> Written:
    account, things, day = await grouped(writing, given.group)
    name = texts.text(writing, given.name, texts.NAME, "name", required=True)
    if account is None:
        writing.check()
    assert account is not None
    if account.get("openedOn") == day:
        later(writing, account, day, "on")
    new = _new(account, id_, name, day)
    steps = await _moved(writing, account, things, new, day)
    writing.check()
    steps += await _worked_with(writing, account, new, day)
    came = Told(
        "Account", account.id, (), {}, 0, ChangeKind.ACCOUNT_SPLIT, ("into", ids.encode(new.key))
    )
    await writing.write([Step((new,)), *steps, Step((came,))])
    return Written(things=(new.key,))


def _new(account: Held, id_: str, name: str | None, day: date) -> NodeRow:
    """The account that comes of it, of the same kind and standing."""
    told = {each: account.get(each) for each in COPIED if account.get(each) is not None}
    properties: dict[str, object] = {"name": name, "openedOn": day, **told}
    return NodeRow("Account", id_, ("Account", kind_of(account)), properties)


async def _moved(
    writing: Writing, account: Held, things: Sequence[Named], new: NodeRow, day: date
) -> list[Step]:
    """How identifiers pass from the one to the other; noted where one of them may not."""
    links = await writing.links([account.key], inward=["IDENTIFIES"])
    gone: set[str] = set()
    ends: list[Step] = []
    begins: list[Step] = []
    for thing, path in things:
        mine = [each for each in links if each.start == thing.key]
        if not any(each.holds(day) and each.get("validTo") is None for each in mine):
            told = "It does not identify this account from that day on. Leave it out."
            writing.refuse(UserErrorCode.INVALID_STATE, told, *path)
            continue
        gone.add(thing.key)
        ends += ended(writing, mine, day, None, *path)
        begins.append(Step((claim(writing, "IDENTIFIES", thing.key, new.key, day, {}),), path))
    left(writing, account, links, gone)
    _enough(writing, account, things)
    return [*ends, *await uncovered(writing, things, day), *begins]


def _enough(writing: Writing, account: Held, things: Sequence[Named]) -> None:
    """Note a new account that would have no identifier of its own kind."""
    broker = kind_of(account) == "Broker"
    kind = "FilerCode:" if broker else "ImporterNumber:"
    if things and not any(thing.key.startswith(kind) for thing, _ in things):
        what, name = ("filer code", "filerCodeIds") if broker else ("number", "importerNumberIds")
        told = f"The new account needs a {what}. Name one that is to move."
        writing.refuse(UserErrorCode.ACCOUNT_NEEDS_IDENTIFIER, told, name)


async def _worked_with(writing: Writing, account: Held, new: NodeRow, day: date) -> list[Step]:
    """The managers, the Center and the team of the account, for the new one too."""
    links = await writing.links(
        [account.key], outward=["MANAGED_BY", "ASSIGNED_TO"], inward=["SERVES"]
    )
    standing = [each for each in links if each.get("validTo") is None]
    staff = {each.end if each.type == "MANAGED_BY" else each.start for each in standing}
    found = await writing.more(key for key in staff if not key.startswith("Account:"))
    away = {each.key for each in found if each.get("active") is False}
    rows = [_copied(writing, each, account, new, day) for each in standing]
    return [Step((row,)) for row in rows if not away & {row.start, row.end}]


def _copied(writing: Writing, old: Standing, account: Held, new: NodeRow, day: date) -> ClaimRow:
    """The same said of the new account, from its first day on."""
    start, end = (new.key if key == account.key else key for key in (old.start, old.end))
    first = max(day, old.get("validFrom") or day)
    return claim(writing, old.type, start, end, first, said(old))
