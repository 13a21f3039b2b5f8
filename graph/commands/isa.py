"""The life of a participation in ISA."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph import policy
from graph.commands import texts
from graph.commands.accounts import current
from graph.commands.applying import KIND, OVER
from graph.commands.assigning import ended, is_open, touched
from graph.commands.header import Header
from graph.commands.managers import replaced, taking
from graph.commands.run import run
from graph.commands.writing import Held, Standing, Step, Writing
from graph.load.rows import NodeRow
from graph.moments import months_after
from graph.records import Written
from graph.session import Graph
from graph.terms import IsaStatus, ManagerRole, Permission, UserErrorCode

FIRST_DUE = 13  # months after acceptance: ISA handbook of 2010
NEXT: dict[str, tuple[IsaStatus, ...]] = {
    IsaStatus.APPLICANT: (
        IsaStatus.ACCEPTED_PENDING_MANAGER,
        IsaStatus.ACTIVE,
        IsaStatus.WITHDRAWN,
    ),
    IsaStatus.ACCEPTED_PENDING_MANAGER: (
        IsaStatus.ACTIVE,
        IsaStatus.REMOVED,
        IsaStatus.WITHDRAWN,
    ),
    IsaStatus.ACTIVE: (IsaStatus.SUSPENDED, IsaStatus.REMOVED, IsaStatus.WITHDRAWN),
    IsaStatus.SUSPENDED: (IsaStatus.ACTIVE, IsaStatus.REMOVED, IsaStatus.WITHDRAWN),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of status as a caller gives it."""

    id: str
    status: IsaStatus
    manager: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A participation with its account and who manages that, all locked."""

    part: Held
    account: Held
    managed: Sequence[Standing]


async def change(graph: Graph, header: Header, given: Turn) -> Written:
    """Admit, suspend, remove or withdraw a participant."""
    policy.reaching(header.viewer, Permission.WRITE_ISA)
    rights = [Permission.WRITE_ISA]
    if given.manager is not None:  # who is then assigned
        policy.reaching(header.viewer, Permission.WRITE_ASSIGNMENTS)
        rights.append(Permission.WRITE_ASSIGNMENTS)

    async def plan(writing: Writing) -> Written:
        return await _change(writing, given)

    return await run(graph, header, plan, *rights)


async def _change(writing: Writing, given: Turn) -> Written:
    key = writing.key(given.id, (KIND,), "id")
    wanted = given.manager
    manager_key = writing.key(wanted, ("AccountManager",), "managerId") if wanted else None
    day = texts.not_future(writing, given.on, "on")
    case = await _case(writing, key, manager_key)
    manager = taking(writing, writing.thing(manager_key, "managerId"), "managerId")
    steps: list[Step] = []
    if case is not None:
        writing.expect(case.part.version)
        stands = is_open(writing, case.account, "id")
        if _may(writing, case.part, given.status, day) and stands:
            steps = await _turned(writing, case, given, manager, day)
    if manager is not None and given.status is not IsaStatus.ACTIVE:
        told = "Only an active participation gets a manager here. Leave it out."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "managerId")
    writing.check()
    assert case is not None
    await writing.write([*steps, *touched([case.account])])
    return Written(things=(case.part.key,))


async def _turned(
    writing: Writing, case: Case, given: Turn, manager: Held | None, day: date
) -> list[Step]:
    """How the participation takes on its status; noted where that lacks something."""
    steps = [Step((_row(writing, case.part, given.status, day),), ("status",))]
    if given.status is IsaStatus.ACTIVE:
        steps += await _admitted(writing, case, given, manager, day)
        steps += _due(case.part, day)
    if given.status in OVER:
        covers = await writing.links([case.part.key], outward=["COVERS"])
        steps += ended(writing, covers, day, None, "on")
    return steps


async def _case(writing: Writing, key: str | None, manager: str | None) -> Case | None:
    """The participation and its account, locked; noted if there is none."""
    links = await writing.links([key], inward=["PARTICIPATES_IN"]) if key else []
    account = links[0].start if links else None
    await writing.hold([key, account, manager])
    part = writing.thing(key, "id")
    if part is None or account is None:
        return None
    managed = await writing.links([account], outward=["MANAGED_BY"])
    return Case(part, writing.held[account], managed)


def _may(writing: Writing, part: Held, status: IsaStatus, day: date) -> bool:
    """Whether a status follows the one that stands; noted if not, or not on this day."""
    stands = str(part.get("status"))
    follows = status in NEXT.get(stands, ())
    if not follows:
        told = f"It is {stands}, which {status} does not follow. Give another status."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "status")
    since = part.get("acceptedOn") or part.get("appliedOn")
    if since is not None and day < since:
        told = f"It stands since {since.isoformat()}. Give that day or a later one."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "on")
    return follows


def _row(writing: Writing, part: Held, status: IsaStatus, day: date) -> NodeRow:
    """What the participation will say."""
    said: dict[str, object] = {"status": status.value, "statusReason": writing.header.reason}
    if status is IsaStatus.ACCEPTED_PENDING_MANAGER:
        said |= {"acceptedOn": day, "pendingSince": day}
    if status is IsaStatus.ACTIVE:
        accepted = part.get("acceptedOn") or day
        due = part.get("nextNotificationDue") or months_after(accepted, FIRST_DUE)
        said |= {"acceptedOn": accepted, "pendingSince": None, "nextNotificationDue": due}
    if status in OVER:  # since when it waited stays: so it reads on days before its end
        said |= {"endedOn": day, "nextNotificationDue": None}
    return NodeRow(KIND, part.id, (KIND,), said)


async def _admitted(
    writing: Writing, case: Case, given: Turn, manager: Held | None, day: date
) -> list[Step]:
    """The manager's assignment, if one is named; noted if there would be none, or wrong numbers."""
    primary = [each for each in case.managed if each.get("role") == ManagerRole.PRIMARY]
    now = next((each.end for each in primary if each.holds(writing.today)), None)
    await _covered(writing, case, day)
    stays = await writing.more([now]) if now and manager is None else []
    kept = any(each.get("active") is not False for each in stays)
    if not given.manager and not kept:
        told = (
            "An active participant needs an active primary manager. Name one, or assign one first."
        )
        writing.refuse(UserErrorCode.ISA_NEEDS_MANAGER, told, "managerId")
    if manager is None or now == manager.key:
        return []
    old, new = await replaced(
        writing, [(0, case.account)], manager, ManagerRole.PRIMARY, day, "managerId"
    )
    return [*old, *new]


async def _covered(writing: Writing, case: Case, day: date) -> None:
    """Note covered numbers that do not identify the account."""
    covers = await writing.links([case.part.key], outward=["COVERS"])
    links = await writing.links([case.account.key], inward=["IDENTIFIES"])
    for each in covers:
        if each.holds(day) and current(links, each.end, case.account.key, day) is None:
            told = "A covered number does not identify the account on that day. Attach it first."
            writing.refuse(UserErrorCode.NUMBER_NOT_IN_ACCOUNT, told, "id")
            return


def _due(part: Held, day: date) -> list[Step]:
    """The first annual notification, if none is due yet."""
    if part.get("nextNotificationDue"):
        return []
    return [notification(part.id, months_after(part.get("acceptedOn") or day, FIRST_DUE))]


def notification(participation: str, due: date, **said: object) -> Step:
    """An annual notification, known by the day it is due."""
    properties: dict[str, object] = {"participation": participation, "dueOn": due, **said}
    id_ = f"{participation}-{due.isoformat()}"
    return Step((NodeRow("AnnualNotification", id_, ("AnnualNotification",), properties),))
