"""Taking identifiers out of an account's group."""

from collections.abc import Sequence
from datetime import date

from graph import policy
from graph.commands.accounts import Group, grouped, kind_of
from graph.commands.assigning import ended, touched
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.writing import Held, Path, Standing, Step, Writing
from graph.records import Written
from graph.session import Graph
from graph.terms import AccountStatus, IsaStatus, Permission, UserErrorCode

Named = tuple[Held, tuple[Path, ...]]


async def detach(graph: Graph, header: Header, given: Group) -> Written:
    """Take importer numbers or filer codes out of an account's group."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)

    async def plan(writing: Writing) -> Written:
        return await _detach(writing, given)

    return await run(graph, header, plan)


async def _detach(writing: Writing, given: Group) -> Written:
    account, things, day = await grouped(writing, given)
    if account is None:
        writing.check()
    assert account is not None
    links = await writing.links([account.key], inward=["IDENTIFIES"])
    steps: list[Step] = []
    gone: set[str] = set()
    for thing, path in things:
        mine = [each for each in links if each.start == thing.key]
        if not any(each.holds(day) for each in mine):
            told = "It does not identify this account on that day. Leave it out."
            writing.refuse(UserErrorCode.INVALID_STATE, told, *path)
            continue
        gone.add(thing.key)
        steps += ended(writing, mine, day, None, *path)  # whoever says so: it is in no more
    left(writing, account, links, gone)
    steps += await uncovered(writing, things, day)
    await writing.write([*steps, *touched([account])])
    return Written(things=(account.key,))


def left(writing: Writing, account: Held, links: Sequence[Standing], gone: set[str]) -> None:
    """Note an active account that would keep no identifier of its own kind."""
    broker = kind_of(account) == "Broker"
    kind = "FilerCode:" if broker else "ImporterNumber:"
    stay = [
        each
        for each in links
        if each.start.startswith(kind) and each.start not in gone and each.holds(writing.today)
    ]
    lost = any(key.startswith(kind) for key in gone)
    if lost and not stay and account.get("status") == AccountStatus.ACTIVE:
        told = "An active account keeps at least one. Leave one, or attach another first."
        name = "filerCodeIds" if broker else "importerNumberIds"
        writing.refuse(UserErrorCode.ACCOUNT_NEEDS_IDENTIFIER, told, name)


async def uncovered(writing: Writing, things: Sequence[Named], day: date) -> list[Step]:
    """How ISA participations cease to cover what leaves; noted where one is active."""
    links = await writing.links((thing.key for thing, _ in things), inward=["COVERS"])
    covering = [each for each in links if each.get("validTo") is None]
    parts = {each.key: each for each in await writing.more(each.start for each in covering)}
    paths = {thing.key: path for thing, path in things}
    steps: list[Step] = []
    for each in covering:
        part, path = parts.get(each.start), paths[each.end]
        if part is not None and part.get("status") == IsaStatus.ACTIVE:
            told = "An active ISA participation covers it. Change its status first."
            writing.refuse(UserErrorCode.NUMBER_NOT_IN_ACCOUNT, told, *path)
        else:
            steps += ended(writing, [each], day, None, *path)
    return steps
