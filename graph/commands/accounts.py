"""Changing and closing accounts, and what identifies them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph import policy
from graph.commands import texts
from graph.commands.assigning import claim, ended, is_open, touched
from graph.commands.header import KEEP, Given, Header
from graph.commands.opening import licensed
from graph.commands.run import run
from graph.commands.writing import Held, Standing, Step, Writing
from graph.load.rows import NodeRow
from graph.records import Written
from graph.session import Graph
from graph.terms import AccountStatus, IsaStatus, Permission, UserErrorCode


@dataclass(frozen=True, slots=True)
class Change:
    """What an account should say; what is kept stands."""

    id: str
    name: Given[str] = KEEP
    status: Given[AccountStatus] = KEEP
    national: Given[bool] = KEEP
    license: Given[str] = KEEP


async def update(graph: Graph, header: Header, given: Change) -> Written:
    """Change an account's name, status, national standing or licence."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)

    async def plan(writing: Writing) -> Written:
        return await _update(writing, given)

    return await run(graph, header, plan)


async def close(graph: Graph, header: Header, id: str, valid_to: date | None) -> Written:
    """Close an account; its assignments and identifiers end on the same day."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)

    async def plan(writing: Writing) -> Written:
        return await _close(writing, id, valid_to)

    return await run(graph, header, plan)


def kind_of(account: Held) -> str:
    """The label of an account's kind."""
    return "Broker" if "Broker" in account.labels else "Importer"


async def one(writing: Writing, id: str, *path: str) -> Held | None:
    """An open account, locked; what is wrong with it is noted."""
    key = writing.key(id, ("Account",), *path)
    await writing.hold([key])
    account = writing.thing(key, *path)
    if account is not None:
        writing.expect(account.version)
        is_open(writing, account, *path)
    return account


async def _update(writing: Writing, given: Change) -> Written:
    account = await one(writing, given.id, "id")
    changed: dict[str, object] = {}
    if given.name is not KEEP:
        changed["name"] = texts.text(writing, given.name, texts.NAME, "name", required=True)
    for name in ("status", "national"):
        if getattr(given, name) is None:
            told = "This cannot be nothing. Give a value, or leave it out."
            writing.refuse(UserErrorCode.REQUIRED, told, name)
    if given.national is not KEEP:
        changed["national"] = given.national
    if given.license is not KEEP:
        changed["licenseNumber"] = given.license
        if account is not None:
            broker = kind_of(account) == "Broker"
            licensed(writing, given.license, broker, "licenseNumber")
    if given.status is not KEEP and given.status is not None:
        changed["status"] = given.status.value
        await _status(writing, account, given.status)
    writing.check()
    assert account is not None
    row = NodeRow("Account", account.id, ("Account", kind_of(account)), changed)
    await writing.write([Step((row,))])
    return Written(things=(account.key,))


async def _status(writing: Writing, account: Held | None, status: AccountStatus) -> None:
    """Note a status that the account cannot get."""
    if status is AccountStatus.CLOSED:
        told = "An account is closed by closeAccount, which ends what belongs to it. Use that."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "status")
    if status is AccountStatus.ACTIVE and account is not None:
        kind = "FilerCode:" if kind_of(account) == "Broker" else "ImporterNumber:"
        links = await writing.links([account.key], inward=["IDENTIFIES"])
        if not any(each.start.startswith(kind) and each.holds(writing.today) for each in links):
            told = "An active account needs an identifier. Attach one first."
            writing.refuse(UserErrorCode.ACCOUNT_NEEDS_IDENTIFIER, told, "status")


async def _close(writing: Writing, id: str, valid_to: date | None) -> Written:
    day = texts.not_future(writing, valid_to, "validTo")
    account = await one(writing, id, "id")
    steps: list[Step] = []
    if account is not None:
        await participating(writing, account, day)
        if later(writing, account, day, "validTo") and account.get("status") != "CLOSED":
            steps = await _emptied(writing, account, day)
    writing.check()
    assert account is not None
    closed = {"status": AccountStatus.CLOSED.value, "closedOn": day}
    row = NodeRow("Account", account.id, ("Account", kind_of(account)), closed)
    await writing.write([Step((row,)), *steps])
    return Written(things=(account.key,))


async def _emptied(writing: Writing, account: Held, day: date) -> list[Step]:
    """How all that an account has ends on the day; noted where it begins later."""
    links = await writing.links(
        [account.key], outward=["MANAGED_BY", "ASSIGNED_TO"], inward=["IDENTIFIES", "SERVES"]
    )
    return ended(writing, links, day, None, "validTo")


def later(writing: Writing, account: Held, day: date, *path: str | int) -> bool:
    """Whether the account has stood for a day by then; noted if not."""
    opened = account.get("openedOn")
    early = opened is not None and day <= opened
    if early:
        told = f"It was opened on {opened.isoformat()}. Give a later day."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, *path)
    return not early


async def participating(writing: Writing, account: Held, day: date) -> None:
    """Note an account that takes part in ISA actively."""
    links = await writing.links([account.key], outward=["PARTICIPATES_IN"])
    held = [each.end for each in links if each.holds(day)]
    for part in await writing.more(held):
        inactive(writing, part, "id")


def inactive(writing: Writing, part: Held, *path: str | int) -> None:
    """Note an account, at the path, whose participation is active."""
    if part.get("status") == IsaStatus.ACTIVE:
        told = "It has an active ISA participation. End that first by changeIsaStatus."
        writing.refuse(UserErrorCode.INVALID_STATE, told, *path)


@dataclass(frozen=True, slots=True)
class Group:
    """Identifiers to attach to an account or to detach from it, by global id."""

    account: str
    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    on: date | None = None


async def attach(graph: Graph, header: Header, given: Group) -> Written:
    """Add importer numbers or filer codes to an account's group."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)

    async def plan(writing: Writing) -> Written:
        return await _attach(writing, given)

    return await run(graph, header, plan)


async def _attach(writing: Writing, given: Group) -> Written:
    account, things, day = await grouped(writing, given)
    links = await writing.links((thing.key for thing, _ in things), outward=["IDENTIFIES"])
    steps = []
    for thing, path in things:
        mine = [each for each in links if each.start == thing.key]
        if account is not None and any(
            each.end == account.key and each.get("validTo") is None for each in mine
        ):
            told = "It identifies this account already. Leave it out."
            writing.refuse(UserErrorCode.ALREADY_EXISTS, told, *path)
        elif account is not None:
            row = claim(writing, "IDENTIFIES", thing.key, account.key, day, {})
            steps.append(Step((row,), path))
    writing.check()
    assert account is not None
    await writing.write([*steps, *touched([account])])
    return Written(things=(account.key,))


async def grouped(
    writing: Writing, given: Group
) -> tuple[Held | None, list[tuple[Held, tuple[str | int, ...]]], date]:
    """The account, the identifiers with their paths, all locked, and the day."""
    day = texts.not_future(writing, given.on, "on")
    wanted: list[tuple[str | None, tuple[str | int, ...]]] = []
    for kind, ids, name in (
        ("ImporterNumber", given.numbers, "importerNumberIds"),
        ("FilerCode", given.codes, "filerCodeIds"),
    ):
        keys = unique(writing, ids, kind, name)
        wanted += [(key, (name, at)) for at, key in enumerate(keys)]
    if not wanted:
        told = "Nothing is named. Give at least one number or code."
        writing.refuse(UserErrorCode.REQUIRED, told, "importerNumberIds")
    key = writing.key(given.account, ("Account",), "accountId")
    await writing.hold([key, *(each for each, _ in wanted)])
    account = writing.thing(key, "accountId")
    if account is not None:
        writing.expect(account.version)
        is_open(writing, account, "accountId")
        opened = account.get("openedOn")
        if opened is not None and day < opened:
            told = f"The account was opened on {opened.isoformat()}. Give that day or a later one."
            writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "on")
    things = [(writing.thing(each, *path), path) for each, path in wanted]
    return account, [(thing, path) for thing, path in things if thing], day


def unique(writing: Writing, ids: Sequence[str], kind: str, name: str) -> list[str | None]:
    """The keys of a list of ids of one kind, none twice."""
    if len(ids) > 500:
        texts.counted(writing, len(ids), 500, name)
    keys: list[str | None] = []
    for at, id_ in enumerate(ids[:500]):
        key = writing.key(id_, (kind,), name, at)
        if key is not None and key in keys:
            told = "This is given twice. Keep one."
            writing.refuse(UserErrorCode.ALREADY_EXISTS, told, name, at)
        keys.append(key)
    return keys


def current(links: Sequence[Standing], start: str, end: str, day: date) -> Standing | None:
    """The claim between two things that holds on the day."""
    return next((e for e in links if (e.start, e.end) == (start, end) and e.holds(day)), None)
