"""Raising and resolving risk flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import orjson

from graph import policy
from graph.bounds import NOT_OWN
from graph.commands import texts
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.writing import Step, Writing
from graph.load.rows import ClaimRow, NodeRow, Source
from graph.records import Written
from graph.records.moment import instant_text
from graph.roles import Part
from graph.session import Graph
from graph.terms import Permission, UserErrorCode

SUBJECTS = ("Account", "ImporterNumber", "FilerCode", "Party")
KIND, ISSUE = "RISK_FLAG_KIND", "PRIORITY_TRADE_ISSUE"
MOST = 20  # sources, and priority trade issues
# Ours, until a policy tells its own: how grave a finding of each kind is if nobody says.
SEVERITIES = {
    "AD_CVD_EVASION": 0.7,
    "TRANSSHIPMENT": 0.6,
    "FORCED_LABOR": 0.8,
    "SANCTIONED_OWNER": 0.9,
    "NOMINEE_IMPORTER": 0.6,
    "NEW_IOR": 0.1,
    "IOR_SUCCESSION": 0.4,
    "SHELL_COMPANY": 0.5,
    "UNDERVALUATION": 0.4,
    "MISCLASSIFICATION": 0.2,
    "IPR": 0.4,
    "PENALTY": 0.4,
    "LIQUIDATED_DAMAGES": 0.2,
    "IDENTITY_MISUSE": 0.7,
}
USUAL = 0.5  # of a kind that the vocabulary got later


@dataclass(frozen=True, slots=True)
class Finding:
    """A flag as a caller gives it; its subject by global id."""

    subject: str
    kind: str
    severity: float | None = None
    raised_on: date | None = None
    evidence: tuple[Source | None, ...] = ()
    priorities: tuple[str, ...] = ()
    note: str | None = None


async def raise_(graph: Graph, header: Header, given: Finding) -> Written:
    """Raise a flag, with its evidence."""
    policy.reaching(header.viewer, Permission.WRITE_RISK, Part.FLAGS)
    id_ = f"F-{uuid4().hex[:16]}"

    async def plan(writing: Writing) -> Written:
        return await _raise(writing, given, id_)

    return await run(graph, header, plan, Part.FLAGS)


async def resolve(
    graph: Graph, header: Header, id: str, resolution: str, on: date | None, cancel: bool
) -> Written:
    """Resolve a flag; it stops counting on that day."""
    policy.reaching(header.viewer, Permission.WRITE_RISK, Part.FLAGS)

    async def plan(writing: Writing) -> Written:
        if cancel:
            told = "A flag is resolved, not cancelled: only issues are. Leave it out."
            writing.refuse(UserErrorCode.INVALID_FORMAT, told, "cancel")
        return await _resolve(writing, id, resolution, on)

    return await run(graph, header, plan, Part.FLAGS)


async def _raise(writing: Writing, given: Finding, id_: str) -> Written:
    writing.expect(0)
    key = writing.key(given.subject, SUBJECTS, "flag", "subjectId")
    await writing.hold([key])
    subject = writing.thing(key, "flag", "subjectId")
    if key and key.startswith("Party:") and not writing.bounds.own.all:
        writing.refuse(UserErrorCode.NOT_PERMITTED, NOT_OWN, "flag", "subjectId")
    raised = texts.not_future(writing, given.raised_on, "flag", "raisedOn")
    evidence = _evidence(writing, given.evidence)
    note = texts.text(writing, given.note, texts.LONG, "flag", "note")
    await _words(writing, given)
    writing.check()
    assert subject is not None
    severity = given.severity
    if severity is None:
        severity = SEVERITIES.get(given.kind, USUAL)
    properties: dict[str, object] = {
        "kind": given.kind,
        "severity": severity,
        "raisedOn": raised,
        "evidence": [_told(each) for each in evidence],
        "priorityTradeIssues": list(dict.fromkeys(given.priorities)),
        "note": note,
    }
    flag = NodeRow("RiskFlag", id_, ("RiskFlag",), properties)
    claim = ClaimRow(
        "FLAGS",
        flag.key,
        subject.key,
        evidence[0],
        raised,
        recorded_by=writing.by.actor,
        reason=writing.header.reason,
    )
    await writing.write([Step((flag, claim), ("flag",), {"to": ("subjectId",)})])
    return Written(things=(flag.key,))


def _evidence(writing: Writing, given: Sequence[Source | None]) -> list[Source]:
    """What the finding rests on, at least one source."""
    if not given:
        told = "A finding needs evidence. Name at least one source."
        writing.refuse(UserErrorCode.REQUIRED, told, "flag", "evidence")
        return []
    texts.counted(writing, len(given), MOST, "flag", "evidence")
    found = [
        texts.source(writing, each, "flag", "evidence", at) for at, each in enumerate(given[:MOST])
    ]
    return [each for each in found if each is not None]


async def _words(writing: Writing, given: Finding) -> None:
    """Note kinds and issues that no vocabulary has."""
    some = given.priorities[:MOST]
    if len(given.priorities) > MOST:
        texts.counted(writing, len(given.priorities), MOST, "flag", "priorityTradeIssues")
    known = await writing.terms([(KIND, given.kind), *((ISSUE, code) for code in some)])
    if (KIND, given.kind) not in known:
        told = f"There is no such kind of flag. Give a code of the vocabulary {KIND}."
        writing.refuse(UserErrorCode.NOT_FOUND, told, "flag", "kind")
    for at, code in enumerate(some):
        if (ISSUE, code) not in known:
            told = f"There is no such issue. Give a code of the vocabulary {ISSUE}."
            writing.refuse(UserErrorCode.NOT_FOUND, told, "flag", "priorityTradeIssues", at)


def _told(source: Source) -> str:
    """A source as flags keep it."""
    read = source.retrieved_at
    told = {
        "name": source.name,
        "reference": source.reference,
        "url": source.url,
        "retrievedAt": instant_text(read) if read else None,
    }
    return orjson.dumps({name: value for name, value in told.items() if value}).decode()


async def _resolve(writing: Writing, id: str, resolution: str, on: date | None) -> Written:
    key = writing.key(id, ("RiskFlag",), "id")
    await writing.hold([key])
    flag = writing.thing(key, "id")
    said = texts.text(writing, resolution, texts.LONG, "resolution", required=True)
    day = texts.not_future(writing, on, "on")
    if flag is not None:
        writing.expect(flag.version)
        resolved, raised = flag.get("resolvedOn"), flag.get("raisedOn")
        if resolved is not None:
            told = (
                f"It was resolved on {resolved.isoformat()} already. Raise a new flag if need be."
            )
            writing.refuse(UserErrorCode.INVALID_STATE, told, "id")
        elif raised is not None and day <= raised:
            told = f"It counts from {raised.isoformat()} on. Give a later day."
            writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "on")
    writing.check()
    assert flag is not None
    row = NodeRow("RiskFlag", flag.id, ("RiskFlag",), {"resolvedOn": day, "resolution": said})
    await writing.write([Step((row,))])
    return Written(things=(flag.key,))
