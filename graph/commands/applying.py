"""Applications to ISA."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from graph import policy
from graph.commands import texts
from graph.commands.accounts import current, unique
from graph.commands.assigning import claim, is_open, touched
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.writing import Held, Step, Writing
from graph.load.rows import NodeRow
from graph.records import Written
from graph.session import Graph
from graph.terms import IsaStatus, Permission, UserErrorCode

KIND = "IsaParticipation"
OVER = (IsaStatus.REMOVED.value, IsaStatus.WITHDRAWN.value)


async def apply(
    graph: Graph, header: Header, account: str, numbers: Sequence[str], on: date | None
) -> Written:
    """Enter an application to ISA with the importer numbers it covers."""
    policy.reaching(header.viewer, Permission.WRITE_ISA)
    id_ = f"I-{uuid4().hex[:12]}"

    async def plan(writing: Writing) -> Written:
        return await _apply(writing, account, numbers, on, id_)

    return await run(graph, header, plan, Permission.WRITE_ISA)


async def _apply(
    writing: Writing, account_id: str, ids: Sequence[str], on: date | None, id_: str
) -> Written:
    writing.expect(0)
    key = writing.key(account_id, ("Account",), "accountId")
    numbers = unique(writing, ids, "ImporterNumber", "importerNumberIds")
    if not ids:
        told = "A participation covers at least one importer number. Name it."
        writing.refuse(UserErrorCode.REQUIRED, told, "importerNumberIds")
    day = texts.not_future(writing, on, "appliedOn")
    await writing.hold([key, *numbers])
    account = writing.thing(key, "accountId")
    if account is not None:
        await _may(writing, account, day)
        await _own(writing, account, numbers, day)
    writing.check()
    assert account is not None
    part = NodeRow(KIND, id_, (KIND,), {"status": IsaStatus.APPLICANT.value, "appliedOn": day})
    takes = claim(writing, "PARTICIPATES_IN", account.key, part.key, day, {})
    covers = [
        Step((claim(writing, "COVERS", part.key, str(number), day, {}),), ("importerNumberIds", at))
        for at, number in enumerate(numbers)
    ]
    await writing.write([Step((part, takes), ("accountId",)), *covers, *touched([account])])
    return Written(things=(part.key,))


async def _may(writing: Writing, account: Held, day: date) -> None:
    """Note an account that cannot apply."""
    is_open(writing, account, "accountId")
    if "Importer" not in account.labels:
        told = "Only importers take part in ISA. Give an importer's account."
        writing.refuse(UserErrorCode.WRONG_KIND, told, "accountId")
    opened = account.get("openedOn")
    if opened is not None and day < opened:
        told = f"The account was opened on {opened.isoformat()}. Give that day or a later one."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "appliedOn")
    links = await writing.links([account.key], outward=["PARTICIPATES_IN"])
    parts = await writing.more(each.end for each in links)
    if any(part.get("status") not in OVER for part in parts):
        told = "The account has a participation. Change its status instead."
        writing.refuse(UserErrorCode.ALREADY_EXISTS, told, "accountId")


async def _own(writing: Writing, account: Held, numbers: Sequence[str | None], day: date) -> None:
    """Note numbers that do not identify the account on the day."""
    links = await writing.links([account.key], inward=["IDENTIFIES"])
    for at, key in enumerate(numbers):
        number = writing.thing(key, "importerNumberIds", at)
        if number is not None and current(links, number.key, account.key, day) is None:
            told = "This number does not identify the account on that day. Attach it first."
            writing.refuse(UserErrorCode.NUMBER_NOT_IN_ACCOUNT, told, "importerNumberIds", at)
