"""Fields of an account."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import strawberry

from graph import accounts, records
from graph.lists import PART, ListQuestion, Wanted, Window
from graph.terms import CenterEligibility, ManagerRole, Permission
from resolvers.arguments import After, Before, First, Former, Last, PageArguments
from resolvers.at_hand import at_hand
from resolvers.codes import Disciplines, discipline_of, disciplines_of
from resolvers.connection import (
    at_moment,
    connection,
    current,
    first_node,
    first_relationship,
    over_time,
)
from resolvers.context import Info
from resolvers.selection import below, with_argument

# Which lists a field of an account is made of: its statement carries just these.
PARTS: dict[str, frozenset[str]] = {
    "pointOfContact": frozenset({"managers", "centers"}),
    "primaryManager": frozenset({"managers"}),
    "managers": frozenset({"managers"}),
    "center": frozenset({"centers"}),
    "centerAssignment": frozenset({"centers"}),
    "importerNumbers": frozenset({"numbers"}),
    "filerCodes": frozenset({"codes"}),
    "holders": frozenset({"holders"}),
    "principal": frozenset({"holders"}),
    "team": frozenset({"team"}),
    "isaParticipation": frozenset({"isa"}),
    "centerEligibility": frozenset({"centers"}),
    "centerExplanation": frozenset({"centers"}),
    "flags": frozenset({"flags"}),
}


def parts_below(info: Info, *path: str) -> frozenset[str]:
    """The lists that the fields selected below this one are made of."""
    names = below(info, *path)
    parts = frozenset(part for name in names for part in PARTS.get(name, frozenset()))
    if Permission.READ_RISK not in info.context.asking.permissions:
        parts -= {"flags"}
    # A counterpart is one of the team: which only the argument tells.
    return parts | {"team"} if with_argument(info, "discipline", *path) else parts


async def with_parts(info: Info, page: records.Page) -> records.Page:
    """The same page of accounts, each with what is selected below, in one statement for all."""
    parts = parts_below(info, "nodes") | parts_below(info, "edges", "node")
    if not parts:
        return page
    nodes = [edge.node for edge in page.edges if isinstance(edge.node, records.Account)]
    found = await info.context.accounts.load_many(
        [(node.stored_key, (node.moment, parts)) for node in nodes]
    )
    known = {account.stored_key: account for account in found if account}
    edges = [
        replace(edge, node=known.get(node.stored_key, node))
        for edge, node in zip(page.edges, nodes, strict=True)
    ]
    return records.Page(edges, page.has_next_page, page.has_previous_page, page.total_count)


async def _whole(
    account: records.Account, info: Info, question: ListQuestion
) -> list[records.Linked]:
    """A list of the account, as far as a part carries it."""
    return await _part(account, info, question.part or "")


async def _part(account: records.Account, info: Info, part: str) -> list[records.Linked]:
    if part in account.parts:
        return account.parts[part]
    wanted = frozenset({part})
    found = await info.context.accounts.load((account.stored_key, (account.moment, wanted)))
    return found.parts[part] if found else []


importer_numbers = over_time(accounts.IMPORTER_NUMBERS)
filer_codes = over_time(accounts.FILER_CODES)
holders = at_moment(accounts.HOLDERS)
brokers = over_time(accounts.BROKERS, finish=with_parts)
clients = over_time(accounts.CLIENTS, finish=with_parts)


async def warnings(
    account: strawberry.Parent[records.Account], info: Info
) -> list[records.Warning]:
    """What wants attention, among what the caller may know."""
    return await info.context.warnings.load((account.stored_key, account.moment))


@at_hand(lambda account: accounts.principal(account.parts["holders"]))
async def principal(
    account: strawberry.Parent[records.Account], info: Info
) -> records.Party | None:
    """The holder of most of them."""
    return accounts.principal(await _whole(account, info, accounts.HOLDERS))


async def managers(
    account: strawberry.Parent[records.Account],
    info: Info,
    role: Annotated[
        ManagerRole | None, strawberry.argument(description="Only in this role.")
    ] = None,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Managers, primary first."""
    return await connection(
        account,
        info,
        accounts.MANAGERS,
        PageArguments(first, after, last, before),
        former=include_former,
        keep=lambda entry: role is None or _role(entry) == role,
        role=role.value if role else None,
    )


def _role(entry: records.Linked) -> ManagerRole | None:
    return entry.relationship.role if entry.relationship else None


async def team(
    account: strawberry.Parent[records.Account],
    info: Info,
    disciplines: Disciplines = None,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Specialists of other disciplines who serve it, by discipline."""
    wanted = disciplines_of(disciplines)
    return await connection(
        account,
        info,
        accounts.TEAM,
        PageArguments(first, after, last, before),
        former=include_former,
        keep=lambda entry: wanted is None or _practises(entry) in wanted,
        disciplines=wanted,
    )


async def _of_discipline(account: records.Account, info: Info, code: str) -> list[records.Linked]:
    """All who serve it for a discipline: the part, unless the team is longer than one carries."""
    part = await _whole(account, info, accounts.TEAM)
    if len(part) <= PART:
        return [entry for entry in part if _practises(entry) == code]
    found: list[records.Linked] = []
    more = True
    while more:
        window = Window(PART, found[-1].sort if found else None)
        wanted = Wanted(
            accounts.TEAM.name, account.moment, window, filters=(("disciplines", (code,)),)
        )
        entries = (await info.context.page(accounts.TEAM, account.stored_key, wanted)).entries
        more = len(entries) > PART
        found += entries[:PART]
    return found


def _practises(entry: records.Linked) -> str | None:
    return entry.via.code if isinstance(entry.via, records.Discipline) else None


async def point_of_contact(
    account: strawberry.Parent[records.Account],
    info: Info,
    discipline: Annotated[
        str | None,
        strawberry.argument(description="Discipline, by code; account management if not given."),
    ] = None,
) -> records.PointOfContact:
    """Whom to turn to about the account; for a discipline, its specialist if there is one."""
    code = None if discipline is None else discipline_of(discipline)
    centers = await _whole(account, info, accounts.CENTERS)
    if code:
        specialists = await _of_discipline(account, info, code)
        if found := accounts.counterpart(specialists, centers):
            return found
    return accounts.point_of_contact(await _whole(account, info, accounts.MANAGERS), centers)


async def center_eligibility(
    account: strawberry.Parent[records.Account], info: Info
) -> CenterEligibility:
    """Whether it belongs to a Center."""
    found = await current(account, info, accounts.CENTERS)
    return accounts.eligibility(account, found is not None)


@at_hand(lambda account: first_node(account.parts["isa"]))
async def isa_participation(
    account: strawberry.Parent[records.Account], info: Info
) -> records.Entity | None:
    """Its participation in ISA: the present or last one."""
    found = await _part(account, info, "isa")
    return found[0].node if found else None


@at_hand(lambda account: _primary(account.parts["managers"]))
async def primary_manager(
    account: strawberry.Parent[records.Account], info: Info
) -> records.Entity | None:
    """First point of contact."""
    return await primary_of(account, info)


async def primary_of(account: records.Account, info: Info) -> records.Entity | None:
    """The first point of contact of an account that came from elsewhere."""
    return _primary(await _whole(account, info, accounts.MANAGERS))


def _primary(managers: Sequence[records.Linked]) -> records.Entity | None:
    return next((entry.node for entry in managers if _role(entry) == ManagerRole.PRIMARY), None)


@at_hand(lambda account: first_node(account.parts["centers"]))
async def center(account: strawberry.Parent[records.Account], info: Info) -> records.Entity | None:
    """The Center that processes its entry summaries."""
    found = await current(account, info, accounts.CENTERS)
    return found.node if found else None


@at_hand(lambda account: first_relationship(account.parts["centers"]))
async def center_assignment(
    account: strawberry.Parent[records.Account], info: Info
) -> records.Relationship | None:
    """The assignment to that Center."""
    found = await current(account, info, accounts.CENTERS)
    return found.relationship if found else None
