"""Assigning accounts to Centers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph import centers_names, policy
from graph.commands import texts
from graph.commands.assigning import accounts_of, claim, ended, keys_of, touched
from graph.commands.header import Header
from graph.commands.owning import within
from graph.commands.run import run
from graph.commands.writing import Held, Path, Standing, Step, Writing
from graph.load.rows import NodeRow
from graph.records import Written
from graph.session import Graph
from graph.terms import CenterBasis, CenterEligibility, Permission, UserErrorCode


@dataclass(frozen=True, slots=True)
class Wish:
    """Where accounts go: to a Center on some basis, or to none."""

    center: str | None = None
    basis: CenterBasis | None = None
    eligibility: CenterEligibility | None = None
    valid_from: date | None = None


async def assign(graph: Graph, header: Header, accounts: Sequence[str], wish: Wish) -> Written:
    """Assign accounts to a Center, or end their assignment."""
    policy.reaching(header.viewer, Permission.WRITE_ASSIGNMENTS)

    async def plan(writing: Writing) -> Written:
        return await _assign(writing, accounts, wish)

    return await run(graph, header, plan, Permission.WRITE_ASSIGNMENTS)


def center_of(writing: Writing, name: str | None, *path: Path) -> str | None:
    """The key of a Center in any spelling; noted if none has it."""
    if name is None:
        return None
    code = centers_names.resolve(name)
    if code is None:
        told = "No Center has this name. Give CEE001 to CEE010, or a name from 'centers'."
        writing.refuse(UserErrorCode.NOT_FOUND, told, *path)
        return None
    return f"Center:{code}"


async def _assign(writing: Writing, ids: Sequence[str], wish: Wish) -> Written:
    keys = keys_of(writing, ids, "accountIds")
    center = center_of(writing, wish.center, "center")
    unknown = center is None and wish.center is not None
    if not unknown:
        within(writing, center, "center")
    _fits(writing, wish)
    day = texts.not_future(writing, wish.valid_from, "validFrom")
    await writing.hold(keys)
    accounts = accounts_of(writing, keys, "accountIds")
    if unknown:
        writing.check()
    old, new = await moved(writing, accounts, center, wish.basis, day)
    steps = [*old, *new, *_eligible(accounts, wish, center)]
    made = await writing.write(steps)
    first = len(old) if new else 0
    claims = tuple(made[at][0] for at in range(first, len(old) + len(new)))
    return Written(things=tuple(account.key for _, account in accounts), claims=claims)


def _fits(writing: Writing, wish: Wish) -> None:
    """Note what a Center needs, and what goes without one only."""
    if wish.center is not None and wish.basis is None:
        told = "An assignment needs its basis. Say on which ground it was decided."
        writing.refuse(UserErrorCode.REQUIRED, told, "basis")
    if wish.center is not None and wish.eligibility is not None:
        told = "An account at a Center is eligible. Leave this out, or the Center."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "eligibility")
    if wish.center is None and wish.basis is not None:
        told = "Without a Center there is no basis. Give a Center, or leave this out."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "basis")


def _eligible(accounts: Sequence[tuple[int, Held]], wish: Wish, center: str | None) -> list[Step]:
    """What the accounts themselves say of it."""
    wanted = wish.eligibility.value if wish.eligibility else None
    steps: list[Step] = []
    for _, account in accounts:
        stored = account.get("centerEligibility")
        if (wanted or center) and stored != wanted:
            kind = "Broker" if "Broker" in account.labels else "Importer"
            row = NodeRow("Account", account.id, ("Account", kind), {"centerEligibility": wanted})
            steps.append(Step((row,)))
        else:
            steps += touched([account])
    return steps


async def moved(
    writing: Writing,
    accounts: Sequence[tuple[int, Held]],
    center: str | None,
    basis: CenterBasis | None,
    day: date,
    *path: Path,
) -> tuple[list[Step], list[Step]]:
    """How the assignments before end, and how the new ones begin."""
    standing: dict[str, list[Standing]] = {}
    for each in await writing.links((a.key for _, a in accounts), outward=["ASSIGNED_TO"]):
        standing.setdefault(each.start, []).append(each)
    old: list[Step] = []
    new: list[Step] = []
    for at, account in accounts:
        where = path or ("accountIds", at)
        mine = standing.get(account.key, [])
        row = None
        if center is not None:
            said = {"basis": basis.value} if basis else {}
            row = claim(writing, "ASSIGNED_TO", account.key, center, day, said)
            new.append(Step((row,), where))
        current = [each for each in mine if each.get("validTo") is None]
        same = [e for e in current if e.end == center and basis and e.get("basis") == basis.value]
        if same or (center is None and not current):
            told = "The account is there already. Leave it out."
            writing.refuse(UserErrorCode.ALREADY_EXISTS, told, *where)
        old += ended(writing, mine, day, row, *where)
    return old, new
