"""Moves of accounts to other managers or Centers: looked up, and refused where a rule says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph import records, rows
from graph.bounds import NOT_OWN, OUTSIDE, Bounds
from graph.errors import BadInput
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import AccountStatus, UserErrorCode

GIVEN = query("reassignment/given")
MOST = 500  # moves, and accounts moved


@dataclass(frozen=True, slots=True)
class Move:
    """Accounts, by key or all of one manager's, to a manager, a Center or both, by key."""

    accounts: tuple[str, ...] = ()
    leaving: str | None = None
    manager: str | None = None
    center: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One account on its way, and which move takes it."""

    account: str
    manager: str | None
    center: str | None


class Plan:
    """The moves as far as they can be made, and why the others cannot."""

    def __init__(self, moves: Sequence[Move], within: Bounds) -> None:
        """Begin with the moves as they are given, within what the caller may assign."""
        self.moves, self.within = moves, within
        self.things: dict[str, records.Entity] = {}
        self.centers: dict[str, str | None] = {}  # of managers
        self.steps: dict[str, Step] = {}
        self.violations: list[records.UserError] = []

    def refuse(self, code: UserErrorCode, told: str, *path: str) -> None:
        """Note a violation."""
        self.violations.append(records.UserError(code, told, path))


async def planned(graph: Graph, within: Bounds, moment: Moment, moves: Sequence[Move]) -> Plan:
    """What the moves name, looked up; each account goes the way of the first move that takes it."""
    seen = within.seen
    named = {key for move in moves for key in (*move.accounts, move.leaving, move.manager)}
    named |= {move.center for move in moves}
    found = await graph.read(
        GIVEN,
        keys=seen.keys(sorted(key for key in named if key)),
        leaving=sorted(move.leaving for move in moves if move.leaving),
        most=MOST + 1,
        **seen.parameters(GIVEN),
        **moment.parameters,
    )
    plan = Plan(moves, within)
    of_manager: dict[str, list[str]] = {}
    for row in found:
        plan.things[row["key"]] = rows.entity(row["thing"], moment)
        plan.centers[row["key"]] = row["center"]
        taken = [rows.entity(each, moment) for each in row["accounts"]]
        plan.things |= {each.stored_key: each for each in taken}
        of_manager[row["key"]] = [each.stored_key for each in taken]
    for number, move in enumerate(moves):
        _take(plan, number, move, of_manager)
    if len(plan.steps) > MOST:
        raise BadInput(f"Argument 'moves' moves more than {MOST} accounts: move fewer at once.")
    return plan


def _take(plan: Plan, number: int, move: Move, of_manager: dict[str, list[str]]) -> None:
    """Plan one move, or say why it would be refused."""
    path = ("moves", str(number))
    if not _target(plan, move, path):
        return
    _source(plan, move, of_manager, path)
    for place, key in enumerate(move.accounts):
        if key not in plan.things:
            told = "There is no such account at this moment. Give an id from 'accounts'."
            plan.refuse(UserErrorCode.NOT_FOUND, told, *path, "accountIds", str(place))
    taken = [key for key in move.accounts if key in plan.things]
    for key in dict.fromkeys([*taken, *of_manager.get(move.leaving or "", ())]):
        account = plan.things[key]
        assert isinstance(account, records.Account)
        if plan.within.forbids(key):
            plan.refuse(UserErrorCode.NOT_PERMITTED, NOT_OWN, *path)
        elif account.status is AccountStatus.CLOSED:
            told = f"{account.name} is closed: leave it out."
            plan.refuse(UserErrorCode.INVALID_STATE, told, *path)
        elif key in plan.steps:
            told = f"{account.name} is moved twice: keep one of the moves."
            plan.refuse(UserErrorCode.INVALID_STATE, told, *path)
        else:
            plan.steps[key] = Step(key, move.manager, move.center)


def _source(
    plan: Plan, move: Move, of_manager: dict[str, list[str]], path: tuple[str, ...]
) -> None:
    """Say why a manager has no accounts to take away."""
    if not move.leaving or of_manager.get(move.leaving):
        return
    if move.leaving not in plan.things:
        told = "There is no such account manager. Give an id from 'accountManagers'."
        plan.refuse(UserErrorCode.NOT_FOUND, told, *path, "fromManagerId")
    else:
        told = f"{plan.things[move.leaving].label} is nobody's primary manager: leave the move out."
        plan.refuse(UserErrorCode.INVALID_STATE, told, *path, "fromManagerId")


def _target(plan: Plan, move: Move, path: tuple[str, ...]) -> bool:
    """Whether the accounts have somewhere to go."""
    manager = plan.things.get(move.manager or "")
    if move.manager and not isinstance(manager, records.AccountManager):
        told = "There is no such account manager. Give an id from 'accountManagers'."
        plan.refuse(UserErrorCode.NOT_FOUND, told, *path, "toManagerId")
        return False
    if isinstance(manager, records.AccountManager) and not manager.active:
        told = f"{manager.name} is not in service and takes no account. Choose an active manager."
        plan.refuse(UserErrorCode.MANAGER_INACTIVE, told, *path, "toManagerId")
        return False
    for place, name in ((move.manager, "toManagerId"), (move.center, "toCenter")):
        if place and not plan.within.holds(place):
            plan.refuse(UserErrorCode.NOT_PERMITTED, OUTSIDE, *path, name)
            return False
    return True
