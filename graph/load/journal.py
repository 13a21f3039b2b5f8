"""What a batch changes, as entries of the change log: one for each thing and claim written.

Figures are told once for each account, reference data once for each batch. The entries are appended
by the last statements of the same unit of work, under the log's lock: it is held until the commit,
so that whoever has read the log up to an entry never meets an earlier one later.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from graph.load.bare import Told, Touched
from graph.load.changed import Changed, properties
from graph.load.ends import REFERENCE
from graph.load.hashes import claim_id
from graph.load.look import Ask, Claim, Thing
from graph.load.rows import NodeRow
from graph.queries import query
from graph.rows import OPEN_DAY, OPEN_INSTANT
from graph.terms import ChangeKind

NUMBERED = ("ImporterNumber", "FilerCode", "Issue", "RiskFlag", "IsaParticipation")
"""Kinds that concern an account by a relationship."""
SAVED: dict[str, ChangeKind] = {
    "ImporterNumber": ChangeKind.IDENTIFIER_SAVED,
    "FilerCode": ChangeKind.IDENTIFIER_SAVED,
    "Party": ChangeKind.PARTY_SAVED,
    "SharedAttribute": ChangeKind.PARTY_SAVED,
    "AccountManager": ChangeKind.STAFF_SAVED,
    "Specialist": ChangeKind.STAFF_SAVED,
    "IsaParticipation": ChangeKind.ISA_STATUS_CHANGED,
    "AnnualNotification": ChangeKind.ANNUAL_NOTIFICATION_RECORDED,
    "Issue": ChangeKind.ISSUE_SAVED,
    "Strategy": ChangeKind.STRATEGY_SAVED,
    "RiskPolicy": ChangeKind.RISK_RULES_PUBLISHED,
    "RiskSegment": ChangeKind.RISK_RULES_PUBLISHED,
}
TOLD_ONCE = REFERENCE - SAVED.keys()
BEGUN: dict[str, ChangeKind] = {
    "IDENTIFIES": ChangeKind.IDENTIFIER_ATTACHED,
    "MANAGED_BY": ChangeKind.MANAGER_ASSIGNED,
    "ASSIGNED_TO": ChangeKind.CENTER_ASSIGNED,
    "SERVES": ChangeKind.SPECIALIST_ASSIGNED,
}


@dataclass(slots=True)
class Entry:
    """One entry on its way into the log; `subject` and `about` are keys."""

    kind: ChangeKind
    subject: str | None
    about: tuple[str, ...]  # where the account concerned is looked for, the first one that has one
    changed: list[Changed]
    relationship: str | None = None
    type: str | None = None
    actor: str = "load"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who writes a batch, and why; `loads` if rows are compared with what was loaded before."""

    actor: str
    reason: str | None = None
    loads: bool = False


LOAD = By("load", loads=True)


def entries(
    created: Iterable[Thing],
    changed: Iterable[Thing],
    claims: Iterable[Claim],
    before: Mapping[str, Mapping[str, Any]],
    by: By = LOAD,
) -> list[Entry]:
    """The entries of what was written, things before claims; `before` is by claim."""
    news, olds = list(created), list(changed)
    things = [_thing(thing, not old, by) for old, some in enumerate((news, olds)) for thing in some]
    figures = {
        claim.row.end: Entry(ChangeKind.PERFORMANCE_LOADED, claim.row.end, (claim.row.end,), [])
        for claim in claims
        if claim.row.type == "MEASURES"
    }
    reference = any(thing.row.kind in TOLD_ONCE for thing in (*news, *olds))
    loaded = [Entry(ChangeKind.REFERENCE_DATA_LOADED, None, (), [])] if reference else []
    made = [
        _claim(claim, before.get(claim.claim), by)
        for claim in claims
        if claim.row.type not in ("MEASURES", "SCOPE_OF")
    ]
    return [*(entry for entry in things if entry), *figures.values(), *loaded, *made]


def _thing(thing: Thing, new: bool, by: By) -> Entry | None:
    row = thing.row
    if isinstance(row, Told):
        name, text = row.about
        came = [Changed(name, None, text)]
        return Entry(row.kind_told, row.key, (row.key,), came, actor=by.actor, reason=by.reason)
    if row.kind in TOLD_ONCE or row.kind == "PerformancePeriod" or isinstance(row, Touched):
        return None
    told = properties(
        {} if new else thing.before, row.properties, only=None if new else thing.before
    )
    subject = _subject(row)
    about = (subject,) if subject else ()
    return Entry(_saved(thing, new), subject, about, told, actor=by.actor, reason=by.reason)


def _subject(row: NodeRow) -> str | None:
    """The thing that relationships join which a change of this one is about."""
    if row.kind == "CenterChangeRequest":
        return f"Account:{row.properties['account']}"
    if row.kind == "AnnualNotification":
        return f"IsaParticipation:{row.properties['participation']}"
    return None if row.kind in ("RiskPolicy", "RiskSegment") else row.key


def _saved(thing: Thing, new: bool) -> ChangeKind:
    """What happened to a thing."""
    row = thing.row
    if row.kind == "Account":
        closed = row.properties.get("status") == "CLOSED" and "status" in thing.before
        if closed:
            return ChangeKind.ACCOUNT_CLOSED
        return ChangeKind.ACCOUNT_OPENED if new else ChangeKind.ACCOUNT_UPDATED
    if row.kind == "RiskFlag":
        resolved = row.properties.get("resolvedOn") is not None
        return ChangeKind.RISK_FLAG_RESOLVED if resolved else ChangeKind.RISK_FLAG_RAISED
    if row.kind == "CenterChangeRequest":
        asked = row.properties.get("state") == "REQUESTED"
        return ChangeKind.CENTER_CHANGE_REQUESTED if asked else ChangeKind.CENTER_CHANGE_DECIDED
    return SAVED[row.kind]


def _claim(claim: Claim, before: Mapping[str, Any] | None, by: By) -> Entry:
    row = claim.row
    reason = row.reason or (by.reason if by.loads else None)
    said = {**row.properties, "validFrom": row.valid_from, "validTo": row.valid_to}
    old = {name: before.get(name) for name in said} if before else {}
    told = properties(old, {} if row.withdrawn else said)
    kind = BEGUN.get(row.type, ChangeKind.RELATIONSHIP_RECORDED)
    if before:
        ended = {each.name for each in told} == {"validTo"} and row.valid_to != OPEN_DAY
        kind = ChangeKind.RELATIONSHIP_CORRECTED
        if ended and row.valid_to is not None:
            detached = row.type == "IDENTIFIES"
            kind = ChangeKind.IDENTIFIER_DETACHED if detached else ChangeKind.RELATIONSHIP_ENDED
    version = claim_id(claim.claim, claim.version + (not row.withdrawn))
    # The account itself first: a number that moves on stands for another account by now.
    about = tuple(sorted((row.start, row.end), key=lambda key: not key.startswith("Account:")))
    return Entry(kind, row.start, about, told, version, row.type, row.recorded_by, reason)


async def append(ask: Ask, made: Sequence[Entry], at: datetime) -> range:
    """Number the entries and write them; the log is locked from here to the commit."""
    if not made:
        return range(0)
    [log] = await ask(query("load/log_begin"), incarnation=uuid4().hex, count=len(made))
    concerned = await _concerned(ask, made, at.date())
    accounts = {
        key: (numbers, center, manager)
        for key, numbers, center, manager in await _accounts(
            ask, set(concerned.values()), at.date()
        )
    }
    places: defaultdict[str, count[int]] = defaultdict(lambda: count(1))
    rows = []
    for number, entry in enumerate(made, log["sequence"] + 1):
        account = next((concerned[key] for key in entry.about if key in concerned), None)
        row = {"sequence": number, "id": str(number), "key": f"Change:{number}", **_row(entry)}
        if account in accounts:
            numbers, center, manager = accounts[account]
            nth = numbers + next(places[account])
            row |= {"account": account, "accountSequence": nth}
            row |= {"center": center, "manager": manager}
        rows.append(row)
    await ask(query("load/log_append"), rows=rows, at=at)
    return range(log["sequence"] + 1, log["sequence"] + len(made) + 1)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "subject": entry.subject,
        "relationship": entry.relationship,
        "relationshipType": entry.type,
        "properties": [each.text for each in entry.changed],
        "actor": entry.actor,
        "reason": entry.reason,
    }


async def _concerned(ask: Ask, made: Sequence[Entry], day: date) -> dict[str, str]:
    """The account that each key stands for: itself, or the one it is joined to."""
    keys = {key for entry in made for key in entry.about}
    found = {key: key for key in keys if key.startswith("Account:")}
    others = sorted(key for key in keys if key.partition(":")[0] in NUMBERED)
    if others:
        [row] = await ask(query("load/log_concerned"), keys=others, day=day, open=OPEN_INSTANT)
        for key, account in row["concerned"]:
            found.setdefault(key, account)
    return found


async def _accounts(ask: Ask, keys: set[str], day: date) -> list[tuple[str, int, str, str]]:
    if not keys:
        return []
    [row] = await ask(query("load/log_accounts"), keys=sorted(keys), day=day, open=OPEN_INSTANT)
    found: list[tuple[str, int, str, str]] = row["accounts"]
    return found
