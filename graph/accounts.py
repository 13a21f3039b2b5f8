"""Questions about accounts: which one, what it is, and who works with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph import records, rows
from graph.lists import PART, HubQuestion, ListQuestion
from graph.policy import Viewer
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.rows import UNKNOWN_DAY
from graph.session import Graph
from graph.terms import CenterEligibility, ContactStanding, ManagerRole

PARTS = ("managers", "centers", "numbers", "codes", "holders", "team", "isa", "flags")

IMPORTER_NUMBERS = ListQuestion(
    "account.importerNumbers", query("account/importer_numbers"), "numbers"
)
FILER_CODES = ListQuestion("account.filerCodes", query("account/filer_codes"), "codes")
MANAGERS = ListQuestion("account.managers", query("account/managers"), "managers", {"role": None})
CENTERS = ListQuestion("account.centers", query("account/centers"), "centers")
HOLDERS = ListQuestion("account.holders", query("account/holders"), "holders")
BROKERS = ListQuestion("account.brokers", query("account/brokers"))
CLIENTS = HubQuestion("broker.clients", query("broker/clients"), query("broker/clients_backwards"))
TEAM = ListQuestion("account.team", query("account/team"), "team", {"disciplines": None})


async def accounts(
    graph: Graph, viewer: Viewer, moment: Moment, parts: frozenset[str], keys: Sequence[str]
) -> list[records.Account | None]:
    """The account behind each stored key with the lists named in `parts`, or None."""
    seen = await reach(graph, viewer)
    found = await _read(graph, seen, moment, parts, keys=list(dict.fromkeys(keys)))
    known = {row[0]: _account(row[2:], moment) for row in found}
    return [known.get(key) for key in keys]


async def numbered(
    graph: Graph, viewer: Viewer, moment: Moment, parts: frozenset[str], lookups: Sequence[str]
) -> list[records.Entity | None]:
    """The importer number with each look-up key; its part `account` is the one it identifies."""
    seen = await reach(graph, viewer)
    return _named(lookups, await _read(graph, seen, moment, parts, lookups=list(lookups)), moment)


async def filed(
    graph: Graph, viewer: Viewer, moment: Moment, parts: frozenset[str], codes: Sequence[str]
) -> list[records.Entity | None]:
    """Each filer code; its part `account` is the one it identifies."""
    seen = await reach(graph, viewer)
    return _named(codes, await _read(graph, seen, moment, parts, filers=list(codes)), moment)


async def _read(
    graph: Graph,
    seen: Reached,
    moment: Moment,
    parts: frozenset[str],
    *,
    keys: Sequence[str] = (),
    lookups: Sequence[str] = (),
    filers: Sequence[str] = (),
) -> list[Sequence[Any]]:
    """What was asked with, what bears that name, the account and its parts, in their order."""
    question = query("account/accounts")
    found = await graph.read(
        question,
        keys=seen.keys(keys),
        lookups=seen.numbers(lookups),
        filers=seen.filers(filers),
        **seen.parameters(question),
        most=PART + 1,
        **{part: part in parts for part in PARTS},
        **moment.parameters,
    )
    rows_: list[Sequence[Any]] = found[0]["rows"]
    return rows_


def _named(
    asked: Sequence[str], found: Sequence[Sequence[Any]], moment: Moment
) -> list[records.Entity | None]:
    known = {}
    for name, thing, *account in found:
        entries = [records.Linked(_account(account, moment))] if account[0] else []
        known[name] = rows.entity(thing, moment, {"account": entries})
    return [known.get(name) for name in asked]


def _account(row: Sequence[Any], moment: Moment) -> records.Account:
    """The account from its properties and its parts, of which null ones were not asked for."""
    thing, *lists = row
    parts = {
        part: rows.linked(found, moment)
        for part, found in zip(PARTS, lists, strict=True)
        if found is not None
    }
    if "team" in parts:
        parts["team"] = [_practising(entry) for entry in parts["team"]]
    made = rows.entity(thing, moment, parts)
    assert isinstance(made, records.Account)
    return made


def _practising(entry: records.Linked) -> records.Linked:
    """A member of the team who brings the discipline along."""
    assert entry.via
    node = replace(entry.node, parts={"discipline": [records.Linked(entry.via)]})
    return replace(entry, node=node)


def eligibility(account: records.Account, assigned: bool) -> CenterEligibility:
    """Whether an account belongs to a Center: as recorded, else an importer's is pending (ours)."""
    if assigned:
        return CenterEligibility.ELIGIBLE
    if account.center_eligibility:
        return account.center_eligibility
    importer = isinstance(account, records.ImporterAccount)
    return CenterEligibility.PENDING if importer else CenterEligibility.NOT_ELIGIBLE


def counterpart(
    specialists: Sequence[records.Linked], centers: Sequence[records.Linked]
) -> records.PointOfContact | None:
    """The one in service who serves the account longest, of one discipline's; None if nobody."""
    serving = [
        entry
        for entry in specialists
        if isinstance(entry.node, records.Specialist) and entry.node.active
    ]
    if not serving:
        return None
    chosen = min(serving, key=lambda entry: (_since(entry) or UNKNOWN_DAY, entry.node.stored_key))
    assert isinstance(chosen.node, records.Specialist)
    center = next((entry.node for entry in centers), None)
    assert center is None or isinstance(center, records.Center)
    return records.PointOfContact(chosen.node, ContactStanding.SPECIALIST, center, _since(chosen))


def _since(entry: records.Linked) -> date | None:
    return entry.relationship.valid_from if entry.relationship else None


def principal(holders: Sequence[records.Linked]) -> records.Party | None:
    """The holder of most numbers and codes; the first by name where several hold as many."""
    if not holders:
        return None
    chosen = max(holders, key=lambda entry: entry.rank).node
    return chosen if isinstance(chosen, records.Party) else None


def point_of_contact(
    managers: Sequence[records.Linked], centers: Sequence[records.Linked]
) -> records.PointOfContact:
    """Whom to turn to, in order: active primary manager, active backup, the Center's desk."""
    center = next((entry.node for entry in centers), None)
    assert center is None or isinstance(center, records.Center)
    for role, standing in (
        (ManagerRole.PRIMARY, ContactStanding.PRIMARY_MANAGER),
        (ManagerRole.BACKUP, ContactStanding.BACKUP_MANAGER),
    ):
        for entry in managers:
            claim, person = entry.relationship, entry.node
            if claim and claim.role == role and _active(person):
                return records.PointOfContact(person, standing, center, claim.valid_from)  # type: ignore[arg-type]
    since: date | None = next(
        (entry.relationship.valid_from for entry in centers if entry.relationship), None
    )
    return records.PointOfContact(None, ContactStanding.CENTER_DESK, center, since)


def _active(person: records.Entity) -> bool:
    return isinstance(person, records.AccountManager) and person.active
