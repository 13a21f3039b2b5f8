"""What a batch changes, as entries of the change log: one for each thing and claim written.

Figures are told once for each account, reference data once for each batch.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.load.bare import Told, Touched
from graph.load.changed import Changed, properties
from graph.load.ends import REFERENCE
from graph.load.hashes import claim_id
from graph.load.look import Claim, Thing
from graph.load.rows import NodeRow
from graph.rows import OPEN_DAY
from graph.terms import ChangeKind

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
RULES = ("RiskPolicy", "RiskSegment")
TOLD_ONCE = REFERENCE - SAVED.keys()
BEGUN: dict[str, ChangeKind] = {
    "IDENTIFIES": ChangeKind.IDENTIFIER_ATTACHED,
    "MANAGED_BY": ChangeKind.MANAGER_ASSIGNED,
    "ASSIGNED_TO": ChangeKind.CENTER_ASSIGNED,
    "SERVES": ChangeKind.SPECIALIST_ASSIGNED,
}


@dataclass(slots=True)
class Entry:
    """One entry on its way into the log; `subject` and `about` are keys.

    `opened` and `closed` are the versions of a claim that it puts on record and takes off it,
    `version` is the one it gave a thing, `rules` the key of a policy or segment: what is derived
    from the log is computed from these. `cause` is the number of the change that moved what is
    told, `rating` the one moved to.
    """

    kind: ChangeKind
    subject: str | None
    about: tuple[str, ...]  # where the account concerned is looked for, the first one that has one
    changed: list[Changed]
    relationship: str | None = None
    type: str | None = None
    actor: str = "load"
    reason: str | None = None
    opened: str | None = None
    closed: str | None = None
    version: int | None = None
    rules: str | None = None
    cause: int | None = None
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who writes a batch, and why; `loads` if rows are compared with what was loaded before.

    A claim that is loaded is recorded by the loader, whoever started it: by that it is compared.
    """

    actor: str
    reason: str | None = None
    loads: bool = False


LOAD = By("load", loads=True)


def entries(
    created: Iterable[Thing],
    changed: Iterable[Thing],
    claims: Iterable[Claim],
    before: Mapping[str, Mapping[str, Any]],
    versions: Mapping[str, int],
    by: By = LOAD,
) -> list[Entry]:
    """The entries of what was written, things before claims.

    `before` is by claim, `versions` those of changed things by key.
    """
    news, olds = list(created), list(changed)
    things = [_thing(thing, 1, by) for thing in news]
    things += [_thing(thing, versions[thing.row.key], by) for thing in olds]
    figures = {
        claim.row.end: _loaded(ChangeKind.PERFORMANCE_LOADED, claim.row.end, by)
        for claim in claims
        if claim.row.type == "MEASURES"
    }
    reference = any(thing.row.kind in TOLD_ONCE for thing in (*news, *olds))
    loaded = [_loaded(ChangeKind.REFERENCE_DATA_LOADED, None, by)] if reference else []
    made = [
        _claim(claim, before.get(claim.claim), by)
        for claim in claims
        if claim.row.type not in ("MEASURES", "SCOPE_OF")
    ]
    return [*(entry for entry in things if entry), *figures.values(), *loaded, *made]


def _loaded(kind: ChangeKind, subject: str | None, by: By) -> Entry:
    """Many rows told at once."""
    about = (subject,) if subject else ()
    return Entry(kind, subject, about, [], actor=by.actor, reason=by.reason)


def _thing(thing: Thing, version: int, by: By) -> Entry | None:
    row, new = thing.row, version == 1
    if isinstance(row, Told):
        name, text = row.about
        came = [Changed(name, None, text)]
        entry = Entry(row.kind_told, row.key, (row.key,), came, version=version)
        return replace(entry, actor=by.actor, reason=by.reason)
    if row.kind in TOLD_ONCE or row.kind == "PerformancePeriod" or isinstance(row, Touched):
        return None
    told = properties(
        {} if new else thing.before, row.properties, only=None if new else thing.before
    )
    subject = _subject(row)
    about = (subject,) if subject else ()
    return Entry(
        _saved(thing, new),
        subject,
        about,
        told,
        actor=by.actor,
        reason=by.reason,
        version=version,
        rules=row.key if row.kind in RULES else None,
    )


def _subject(row: NodeRow) -> str | None:
    """The thing that relationships join which a change of this one is about."""
    if row.kind == "CenterChangeRequest":
        return f"Account:{row.properties['account']}"
    if row.kind == "AnnualNotification":
        return f"IsaParticipation:{row.properties['participation']}"
    return None if row.kind in RULES else row.key


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
    return Entry(
        kind,
        row.start,
        about,
        told,
        version,
        row.type,
        row.recorded_by if by == LOAD else by.actor,
        reason,
        opened=None if row.withdrawn else version,
        closed=before["id"] if before else None,
    )
