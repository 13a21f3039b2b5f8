"""Opening accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from graph import policy
from graph.commands import texts
from graph.commands.assigning import claim
from graph.commands.centers import center_of
from graph.commands.header import Header
from graph.commands.managers import active
from graph.commands.numbers import all_coded, all_parsed, code_rows, number_rows
from graph.commands.run import run
from graph.commands.writing import Held, Path, Step, Writing
from graph.identifiers import IdentifierKey
from graph.load.rows import NodeRow
from graph.records import Written
from graph.session import Graph
from graph.terms import AccountKind, ManagerRole, Permission, UserErrorCode

MOST = 500  # numbers, and codes


@dataclass(frozen=True, slots=True)
class Opening:
    """An account as a caller opens it."""

    kind: AccountKind
    name: str
    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    national: bool = False
    license: str | None = None
    manager: str | None = None
    center: str | None = None
    opened_on: date | None = None


async def open_(graph: Graph, header: Header, given: Opening, key: IdentifierKey) -> Written:
    """Open an account; its numbers and codes are registered if they are new."""
    policy.require(header.viewer, Permission.WRITE_ACCOUNTS)
    id_ = f"A-{uuid4().hex[:12]}"

    async def plan(writing: Writing) -> Written:
        return await _open(writing, given, key, id_)

    return await run(graph, header, plan)


def licensed(writing: Writing, value: str | None, broker: bool, *path: Path) -> None:
    """Note a licence number that is none, or of an importer."""
    if value is None:
        return
    if not broker:
        told = "An importer has no broker's licence. Leave it out."
        writing.refuse(UserErrorCode.INVALID_FORMAT, told, *path)
    elif not (value.isascii() and value.isdigit() and len(value) <= 20):
        told = "A licence number has digits only, at most 20. Correct it."
        writing.refuse(UserErrorCode.INVALID_FORMAT, told, *path)


async def _open(writing: Writing, given: Opening, key: IdentifierKey, id_: str) -> Written:
    writing.expect(0)
    broker = given.kind is AccountKind.BROKER
    name = texts.text(writing, given.name, texts.NAME, "name", required=True)
    licensed(writing, given.license, broker, "licenseNumber")
    day = texts.not_future(writing, given.opened_on, "openedOn")
    steps, held = await _identified(writing, given, key, broker, f"Account:{id_}", day)
    center = center_of(writing, given.center, "center")
    wanted = given.manager
    manager_key = writing.key(wanted, ("AccountManager",), "primaryManagerId") if wanted else None
    await writing.hold([*held, manager_key])
    manager = writing.thing(manager_key, "primaryManagerId")
    active(writing, manager, "primaryManagerId")
    writing.check()
    properties: dict[str, object] = {
        "name": name,
        "status": "ACTIVE",
        "national": given.national,
        "openedOn": day,
    }
    if given.license:
        properties["licenseNumber"] = given.license
    account = NodeRow("Account", id_, ("Account", given.kind.capitalize()), properties)
    await writing.write(
        [Step((account,)), *steps, *_assigned(writing, account, manager, center, day)]
    )
    return Written(things=(account.key,))


async def _identified(
    writing: Writing, given: Opening, key: IdentifierKey, broker: bool, account: str, day: date
) -> tuple[list[Step], list[str]]:
    """What identifies the account, and the keys of the things that do."""
    for some, path in ((given.numbers, "importerNumbers"), (given.codes, "filerCodes")):
        if len(some) > MOST:
            texts.counted(writing, len(some), MOST, path)
    numbers = all_parsed(writing, given.numbers[:MOST], "importerNumbers")
    codes = all_coded(writing, given.codes[:MOST], "filerCodes")
    if not (given.codes if broker else given.numbers):
        path, what = ("filerCodes", "filer code") if broker else ("importerNumbers", "number")
        told = f"An active account needs a {what}. Give at least one."
        writing.refuse(UserErrorCode.ACCOUNT_NEEDS_IDENTIFIER, told, path)
    things = await number_rows(writing, [number for _, number in numbers], key)
    steps = [
        _identifies(writing, row, account, day, "importerNumbers", at)
        for (at, _), row in zip(numbers, things, strict=True)
    ]
    steps += [
        _identifies(writing, row, account, day, "filerCodes", at)
        for (at, _), row in zip(codes, code_rows([code for _, code in codes], broker), strict=True)
    ]
    return steps, [row.key for step in steps for row in step.rows if isinstance(row, NodeRow)]


def _identifies(writing: Writing, row: NodeRow, account: str, day: date, *path: Path) -> Step:
    return Step((row, claim(writing, "IDENTIFIES", row.key, account, day, {})), path)


def _assigned(
    writing: Writing, account: NodeRow, manager: Held | None, center: str | None, day: date
) -> Sequence[Step]:
    """Its first manager and Center."""
    steps = []
    if manager is not None:
        said = {"role": ManagerRole.PRIMARY.value}
        row = claim(writing, "MANAGED_BY", account.key, manager.key, day, said)
        steps.append(Step((row,), ("primaryManagerId",)))
    if center is not None:
        row = claim(writing, "ASSIGNED_TO", account.key, center, day, {})
        steps.append(Step((row,), ("center",)))
    return steps
