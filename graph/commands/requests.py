"""Requests for another Center, and their decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from graph import policy
from graph.commands import texts
from graph.commands.assigning import is_open, touched
from graph.commands.centers import center_of, moved
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.writing import Held, Step, Writing
from graph.load.rows import NodeRow
from graph.queries import query
from graph.records import Written
from graph.session import Graph
from graph.terms import CenterBasis, CenterChangeState, Permission, UserErrorCode

KIND = "CenterChangeRequest"
OPEN = (CenterChangeState.REQUESTED.value, CenterChangeState.UNDER_REVIEW.value)
SPOKEN = (CenterChangeState.GRANTED, CenterChangeState.DENIED)


@dataclass(frozen=True, slots=True)
class Wish:
    """A request as a caller makes it."""

    account: str
    center: str
    basis: CenterBasis
    statement: str
    appeals: str | None = None


async def ask(graph: Graph, header: Header, wish: Wish) -> Written:
    """Ask for another Center, or appeal a denial."""
    policy.reaching(header.viewer, Permission.REQUEST_CENTER_CHANGE)
    id_ = f"CR-{uuid4().hex[:16]}"

    async def plan(writing: Writing) -> Written:
        return await _ask(writing, wish, id_)

    return await run(graph, header, plan, Permission.REQUEST_CENTER_CHANGE)


async def decide(
    graph: Graph, header: Header, id: str, state: CenterChangeState, decision: str | None
) -> Written:
    """Decide, take under review or withdraw a request; a granted one reassigns at once."""
    policy.require(header.viewer, Permission.WRITE_ASSIGNMENTS)

    async def plan(writing: Writing) -> Written:
        return await _decide(writing, id, state, decision)

    return await run(graph, header, plan)


async def _ask(writing: Writing, wish: Wish, id_: str) -> Written:
    writing.expect(0)
    key = writing.key(wish.account, ("Account",), "accountId")
    center = center_of(writing, wish.center, "toCenter")
    statement = texts.text(writing, wish.statement, texts.LONG, "statement", required=True)
    appeals = writing.key(wish.appeals, (KIND,), "appealsId") if wish.appeals else None
    await writing.hold([key])
    account = writing.thing(key, "accountId")
    if account is not None:
        is_open(writing, account, "accountId")
    others = await _requests(writing, None, account.id if account else None)
    _appealed(writing, others, appeals, account)
    _asked(writing, others, center)
    leaving = await _leaving(writing, account, center)
    writing.check()
    assert account is not None
    assert center is not None
    properties: dict[str, object] = {
        "account": account.id,
        "fromCenter": leaving,
        "toCenter": center.partition(":")[2],
        "basis": wish.basis.value,
        "state": CenterChangeState.REQUESTED.value,
        "statement": statement,
        "requestedOn": writing.today,
        "requestedBy": writing.by.actor,
        "appeals": appeals.partition(":")[2] if appeals else None,
    }
    row = NodeRow(KIND, id_, (KIND,), properties)
    await writing.write([Step((row,))])
    return Written(things=(row.key,))


async def _requests(writing: Writing, key: str | None, account: str | None) -> list[Held]:
    """A request and the others of its account, or all of an account."""
    rows = await writing.ask(query("command/requests"), key=key, account=account)
    return [Held(row["key"], frozenset(row["labels"]), row["properties"]) for row in rows]


def _appealed(
    writing: Writing, others: Sequence[Held], appeals: str | None, account: Held | None
) -> None:
    """Note an appeal against what was not denied, or was appealed already."""
    if appeals is None or account is None:
        return
    denied = next((each for each in others if each.key == appeals), None)
    if denied is None:
        told = "This account has no such request. Take an id from its centerChangeRequests."
        writing.refuse(UserErrorCode.NOT_FOUND, told, "appealsId")
    elif denied.get("state") != CenterChangeState.DENIED:
        told = f"The request is {denied.get('state')}: only a denied one is appealed. Leave it out."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "appealsId")
    elif any(each.get("appeals") == denied.id and each.get("state") in OPEN for each in others):
        told = "An appeal against it is open already. Await its decision."
        writing.refuse(UserErrorCode.ALREADY_EXISTS, told, "appealsId")


def _asked(writing: Writing, others: Sequence[Held], center: str | None) -> None:
    """Note a request that is open already."""
    wanted = center.partition(":")[2] if center else None
    if any(each.get("toCenter") == wanted and each.get("state") in OPEN for each in others):
        told = "A request of this account for this Center is open already. Await its decision."
        writing.refuse(UserErrorCode.ALREADY_EXISTS, told, "toCenter")


async def _leaving(writing: Writing, account: Held | None, center: str | None) -> str | None:
    """The code of the account's Center today; noted if it is the one wanted."""
    if account is None:
        return None
    for each in await writing.links([account.key], outward=["ASSIGNED_TO"]):
        if each.holds(writing.today):
            if each.end == center:
                told = "The account is at this Center. Ask for another one."
                writing.refuse(UserErrorCode.INVALID_STATE, told, "toCenter")
            return each.end.partition(":")[2]
    return None


async def _decide(
    writing: Writing, id: str, state: CenterChangeState, decision: str | None
) -> Written:
    said = texts.text(writing, decision, texts.LONG, "decision", required=state in SPOKEN)
    if state is CenterChangeState.REQUESTED:
        told = "A request is REQUESTED by being made. Give another state."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "state")
    key = writing.key(id, (KIND,), "id")
    request, account = await _held(writing, key)
    if request is not None:
        writing.expect(request.version)
        _may(writing, request, state)
        if state is CenterChangeState.GRANTED and account is not None:
            is_open(writing, account, "id")
    writing.check()
    assert request is not None
    assert account is not None
    changed: dict[str, object] = {"account": account.id, "state": state.value}
    if said:
        changed["decision"] = said
    if state is not CenterChangeState.UNDER_REVIEW:
        changed |= {"decidedOn": writing.today, "decidedBy": writing.by.actor}
    steps = [Step((NodeRow(KIND, request.id, (KIND,), changed),))]
    if state is CenterChangeState.GRANTED:
        steps += await _moves(writing, request, account)
    await writing.write(steps)
    return Written(things=(request.key,))


async def _held(writing: Writing, key: str | None) -> tuple[Held | None, Held | None]:
    """The request and its account, which is locked: who decides holds the account."""
    for again in (False, True):
        found = await _requests(writing, key, None) if key else []
        request = next((each for each in found if each.key == key), None)
        if request is None:
            if key:
                writing.thing(key, "id")
            return None, None
        account = f"Account:{request.get('account')}"
        if again:
            return request, writing.held.get(account)
        await writing.hold([account])
    raise AssertionError("unreachable")


def _may(writing: Writing, request: Held, state: CenterChangeState) -> None:
    """Note a decision on what is decided, or under review already."""
    stands = request.get("state")
    if stands not in OPEN:
        told = f"The request is {stands} already. Make a new one, or appeal."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "id")
    elif stands == state:
        told = f"The request is {stands} already. Give another state."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "state")


async def _moves(writing: Writing, request: Held, account: Held) -> list[Step]:
    """How a granted request reassigns its account from today; nothing if it is there by now."""
    center = f"Center:{request.get('toCenter')}"
    standing = await writing.links([account.key], outward=["ASSIGNED_TO"])
    if any(each.end == center and each.holds(writing.today) for each in standing):
        return []
    basis = CenterBasis(request.get("basis"))
    old, new = await moved(writing, [(0, account)], center, basis, writing.today, "id")
    return [*old, *new, *touched([account])]
