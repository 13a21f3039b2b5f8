"""What moving accounts would do."""

from typing import Annotated

import strawberry

from graph import centers_names, policy, reassignment, records
from graph.errors import BadInput
from graph.moves import MOST, Move
from graph.terms import Permission
from resolvers.arguments import MomentArgument, key_of, moment_of
from resolvers.caseload import parts
from resolvers.context import Context, Info
from resolvers.filters import given, none
from resolvers.selection import below


@strawberry.input(
    description=(
        "A move to simulate: accounts, by id or all of one manager's, to a manager, a Center or"
        " both."
    )
)
class ReassignmentInput:
    """Which accounts go where."""

    account_ids: list[strawberry.ID] | None = given("Accounts by global id.")
    from_manager_id: strawberry.ID | None = given(
        "All accounts whose primary manager is this, by global id."
    )
    to_manager_id: strawberry.ID | None = given("New primary manager, by global id.")
    to_center: str | None = given("New Center, by code or name.")


async def simulate(
    info: Info,
    moves: Annotated[
        list[ReassignmentInput],
        strawberry.argument(description="The moves, applied together; at most 500."),
    ],
    moment: MomentArgument = None,
) -> records.ReassignmentSimulation | None:
    """What the moves would do; nothing is written."""
    context = info.context
    policy.reaching(context.viewer, Permission.WRITE_ASSIGNMENTS)
    if not 1 <= len(moves) <= MOST:
        raise BadInput(f"Argument 'moves' takes 1 to {MOST} moves.")
    wanted = [_move(context, number, move) for number, move in enumerate(moves)]
    names = below(info, "effects", "before") | below(info, "effects", "after")
    at = await moment_of(info, moment)
    return await reassignment.simulate(
        context.graph, context.asking, at, wanted, parts=parts(info, names)
    )


def _move(context: Context, number: int, move: ReassignmentInput) -> Move:
    path = f"moves.{number}"

    def key(id_: str | None, kind: str, name: str) -> str | None:
        if none(id_) is None:
            return None
        return key_of(context, str(id_), (kind,), f"{path}.{name}", context.now)[0]

    accounts = [key(id_, "Account", "accountIds") for id_ in none(move.account_ids) or ()]
    leaving = key(move.from_manager_id, "AccountManager", "fromManagerId")
    manager = key(move.to_manager_id, "AccountManager", "toManagerId")
    center = _center(none(move.to_center), f"{path}.toCenter")
    if not accounts and leaving is None:
        raise BadInput(f"Field '{path}' names no account: give 'accountIds' or 'fromManagerId'.")
    if manager is None and center is None:
        raise BadInput(f"Field '{path}' leads nowhere: give 'toManagerId' or 'toCenter'.")
    return Move(tuple(each for each in accounts if each), leaving, manager, center)


def _center(name: str | None, path: str) -> str | None:
    if name is None:
        return None
    code = centers_names.resolve(name)
    if code is None:
        raise BadInput(f"Field '{path}' names no Center. Give CEE001 to CEE010, or its name.")
    return f"Center:{code}"
