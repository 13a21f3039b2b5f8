"""Giving accounts a manager."""

from collections.abc import Sequence
from datetime import date

from graph import policy
from graph.commands import texts
from graph.commands.assigning import accounts_of, claim, ended, keys_of, touched
from graph.commands.header import Header
from graph.commands.owning import within
from graph.commands.run import run
from graph.commands.writing import Held, Standing, Step, Writing
from graph.load.rows import ClaimRow
from graph.records import Written
from graph.session import Graph
from graph.terms import ManagerRole, Permission, UserErrorCode


async def assign(
    graph: Graph,
    header: Header,
    accounts: Sequence[str],
    manager: str,
    role: ManagerRole,
    valid_from: date | None,
) -> Written:
    """Give accounts a primary or backup manager; the one before ends on the same day."""
    policy.reaching(header.viewer, Permission.WRITE_ASSIGNMENTS)

    async def plan(writing: Writing) -> Written:
        return await _assign(writing, accounts, manager, role, valid_from)

    return await run(graph, header, plan, Permission.WRITE_ASSIGNMENTS)


async def _assign(
    writing: Writing,
    ids: Sequence[str],
    manager_id: str,
    role: ManagerRole,
    valid_from: date | None,
) -> Written:
    keys = keys_of(writing, ids, "accountIds")
    wanted = writing.key(manager_id, ("AccountManager",), "managerId")
    await writing.hold([*keys, wanted])
    accounts = accounts_of(writing, keys, "accountIds")
    manager = taking(writing, writing.thing(wanted, "managerId"), "managerId")
    day = texts.not_future(writing, valid_from, "validFrom")
    if manager is None:
        writing.check()
    assert manager is not None
    old, new = await replaced(writing, accounts, manager, role, day)
    made = await writing.write([*old, *new, *touched(account for _, account in accounts)])
    claims = tuple(made[at][0] for at in range(len(old), len(old) + len(new)))
    return Written(things=tuple(account.key for _, account in accounts), claims=claims)


def active(writing: Writing, manager: Held | None, *path: str) -> Held | None:
    """The manager, noted if not in service."""
    if manager is not None and manager.get("active") is False:
        told = f"{manager.get('name')} is not in service and takes no account. Choose another."
        writing.refuse(UserErrorCode.MANAGER_INACTIVE, told, *path)
    return manager


def taking(writing: Writing, manager: Held | None, *path: str) -> Held | None:
    """The manager, noted if not in service, or not where the caller assigns."""
    if manager is not None:
        within(writing, manager.key, *path)
    return active(writing, manager, *path)


async def replaced(
    writing: Writing,
    accounts: Sequence[tuple[int, Held]],
    manager: Held,
    role: ManagerRole,
    day: date,
    *path: str,
) -> tuple[list[Step], list[Step]]:
    """How the managers before end, and how the new one begins."""
    standing: dict[str, list[Standing]] = {}
    for each in await writing.links((a.key for _, a in accounts), outward=["MANAGED_BY"]):
        if each.get("role") == role:
            standing.setdefault(each.start, []).append(each)
    old, new = [], []
    for at, account in accounts:
        where = path or ("accountIds", at)
        row = claim(writing, "MANAGED_BY", account.key, manager.key, day, {"role": role.value})
        mine = standing.get(account.key, [])
        _again(writing, mine, row, *where)
        old += ended(writing, mine, day, row, *where)
        new.append(Step((row,), where))
    return old, new


def _again(writing: Writing, mine: Sequence[Standing], row: ClaimRow, *path: str | int) -> None:
    """Note a manager who has the account already."""
    for each in mine:
        if each.end == row.end and each.get("validTo") is None:
            told = "This manager has the account in this role already. Leave it out."
            writing.refuse(UserErrorCode.ALREADY_EXISTS, told, *path)
