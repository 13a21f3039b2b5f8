"""Drafting strategies, carrying them out, and ending them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import orjson

from graph import policy
from graph.commands import texts
from graph.commands.assigning import is_open
from graph.commands.header import KEEP, Given, Header
from graph.commands.managers import active
from graph.commands.run import run
from graph.commands.segments import stored
from graph.commands.work import Ends, discipline, disciplines, keys, replaced
from graph.commands.writing import Held, Standing, Step, Writing
from graph.load.rows import NodeRow
from graph.records import Written
from graph.roles import Part
from graph.session import Graph
from graph.terms import Permission, StrategyStatus, UserErrorCode

ENDED = (StrategyStatus.COMPLETED, StrategyStatus.ABANDONED)
NEXT: dict[str | None, tuple[StrategyStatus, ...]] = {
    None: (StrategyStatus.DRAFT, StrategyStatus.ACTIVE),
    StrategyStatus.DRAFT: (
        StrategyStatus.DRAFT,
        StrategyStatus.ACTIVE,
        StrategyStatus.ABANDONED,
    ),
    StrategyStatus.ACTIVE: (StrategyStatus.ACTIVE, *ENDED),
}
MOST = 500  # accounts
MEASURES = 100


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to do, by which discipline and day."""

    title: str
    discipline: str
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class StrategyGiven:
    """A strategy as a caller gives it; without an id it is a new one."""

    id: str | None = None
    title: Given[str] = KEEP
    objective: Given[str] = KEEP
    status: Given[StrategyStatus] = KEEP
    leader: Given[str] = KEEP
    disciplines: Given[tuple[str, ...]] = KEEP
    accounts: Given[tuple[str, ...]] = KEEP
    segment: Given[str] = KEEP
    issues: Given[tuple[str, ...]] = KEEP
    measures: Given[tuple[Measure, ...]] = KEEP
    starts_on: Given[date] = KEEP
    review_on: Given[date] = KEEP


async def save(graph: Graph, header: Header, given: StrategyGiven) -> Written:
    """Draft a strategy, or change its state, accounts, disciplines or measures."""
    policy.reaching(header.viewer, Permission.WRITE_ISSUES, Part.STRATEGIES)
    id_ = f"ST-{uuid4().hex[:12]}"

    async def plan(writing: Writing) -> Written:
        return await _save(writing, given, id_)

    return await run(graph, header, plan, Part.STRATEGIES)


async def _save(writing: Writing, given: StrategyGiven, id_: str) -> Written:
    key = writing.key(given.id, ("Strategy",), "id") if given.id is not None else None
    accounts = keys(writing, given.accounts, ("Account",), "accountIds", MOST)
    issues = keys(writing, given.issues, ("Issue",), "issueIds")
    leader_id = given.leader if isinstance(given.leader, str) else None
    leader = writing.key(leader_id, ("AccountManager",), "leaderId") if leader_id else None
    await writing.hold([key, leader, *accounts, *issues])
    strategy = _stands(writing, given, writing.thing(key, "id"))
    active(writing, writing.thing(leader, "leaderId"), "leaderId")
    for each, path in issues.items():
        writing.thing(each, *path)
    said = _said(writing, given, strategy) | await _segment(writing, given)
    row = NodeRow("Strategy", strategy.id if strategy else id_, ("Strategy",), said)
    outward = ["CONCERNS", "HANDLED_BY", "ADDRESSES"]
    links = await writing.links([row.key], outward=outward)
    _open(writing, accounts, links)
    since = min(writing.today, _first(given, strategy, writing.today))
    steps = _handled(writing, row.key, given, leader, links, None if strategy else since)
    for name, type_, wanted, value in (
        ("Account:", "CONCERNS", accounts, given.accounts),
        ("Issue:", "ADDRESSES", issues, given.issues),
    ):
        if value is not KEEP:
            mine = [e for e in links if e.type == type_ and e.end.startswith(name)]
            first = None if strategy else since
            steps += replaced(writing, type_, row.key, wanted, mine, None, first)
    await writing.write([Step((row,)), *steps])
    return Written(things=(row.key,))


def _stands(writing: Writing, given: StrategyGiven, strategy: Held | None) -> Held | None:
    """The strategy as it stands; noted if it has ended, or its status does not follow."""
    writing.expect(strategy.version if strategy else 0)
    stands = strategy.get("status") if strategy else None
    if stands in ENDED:
        told = f"It is {stands}. Draft a new strategy."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "id")
    elif given.status is not KEEP and given.status not in NEXT[stands]:
        can = " or ".join(NEXT[stands])
        told = f"This does not follow: it may be {can}. Give one of these, or leave it out."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "status")
    return strategy


def _said(writing: Writing, given: StrategyGiven, old: Held | None) -> dict[str, Any]:
    """What is given in its one spelling, checked."""
    new = given.id is None
    said: dict[str, Any] = {"status": StrategyStatus.DRAFT.value} if new else {}
    for name, value, most in (
        ("title", given.title, texts.NAME),
        ("objective", given.objective, texts.LONG),
    ):
        if value is not KEEP or new:
            text = value if value is not KEEP else None
            said[name] = texts.text(writing, text, most, name, required=True)
    if given.status is not KEEP and given.status is not None:
        said["status"] = given.status.value
    if given.measures is not KEEP or new:
        said["measures"] = _measures(writing, given.measures)
    return said | _days(writing, given, old)


def _first(given: StrategyGiven, old: Held | None, today: date) -> date:
    """The first day, as it will be."""
    stands = old.get("startsOn") if old else None
    return given.starts_on if isinstance(given.starts_on, date) else stands or today


def _days(writing: Writing, given: StrategyGiven, old: Held | None) -> dict[str, Any]:
    """The first day, the day of the review and of the end."""
    said: dict[str, Any] = {}
    first = _first(given, old, writing.today)
    if given.starts_on is None:
        told = "A strategy has a first day. Give it, or leave it out."
        writing.refuse(UserErrorCode.REQUIRED, told, "startsOn")
    if given.starts_on is not KEEP or given.id is None:
        said["startsOn"] = first
    stands = old.get("reviewOn") if old else None
    review = stands if given.review_on is KEEP else given.review_on
    ending = given.status in ENDED
    if review is not None and given.review_on is not KEEP and ending:
        told = "A strategy that ends is not reviewed again. Leave this out."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "reviewOn")
    elif review is not None and review <= first and not ending:
        told = f"It starts on {first.isoformat()}. Give a later day of review, or an earlier start."
        writing.refuse(UserErrorCode.INTERVAL_CONFLICT, told, "reviewOn")
    said["reviewOn"] = None if ending else review  # what orders strategies is derived from it
    if ending:
        said["endedOn"] = writing.today
    return said


def _measures(writing: Writing, given: Given[tuple[Measure, ...]]) -> list[str]:
    """The measures as they are kept."""
    wanted = given if isinstance(given, tuple) else ()
    if len(wanted) > MEASURES:
        texts.counted(writing, len(wanted), MEASURES, "measures")
    found = []
    for at, each in enumerate(wanted[:MEASURES]):
        path = ("measures", at)
        title = texts.text(writing, each.title, texts.NAME, *path, "title", required=True)
        code = discipline(writing, each.discipline, *path, "discipline")
        if each.done_on is not None:
            texts.not_future(writing, each.done_on, *path, "doneOn")
        told = {"title": title, "discipline": code, "dueOn": each.due_on, "doneOn": each.done_on}
        kept = {name: value for name, value in told.items() if value is not None}
        found.append(orjson.dumps(kept).decode())
    return found


async def _segment(writing: Writing, given: StrategyGiven) -> dict[str, Any]:
    """The segment it is for; noted if there is none such."""
    if given.segment is KEEP or given.segment is None:
        return {} if given.segment is KEEP else {"segment": None}
    key = writing.key(given.segment, ("RiskSegment",), "segmentId")
    if key is not None and key not in {each.key for each in await stored(writing)}:
        told = "There is no such segment. Take an id from 'riskSegments'."
        writing.refuse(UserErrorCode.NOT_FOUND, told, "segmentId")
    return {"segment": key.partition(":")[2] if key else None}


def _open(writing: Writing, accounts: Ends, links: Sequence[Standing]) -> None:
    """Note accounts that are not there, or closed before it was for them."""
    there = {e.end for e in links if e.type == "CONCERNS" and e.get("validTo") is None}
    for key, path in accounts.items():
        account = writing.thing(key, *path)
        if account is not None and key not in there:
            is_open(writing, account, *path)


def _handled(
    writing: Writing,
    key: str,
    given: StrategyGiven,
    leader: str | None,
    links: Sequence[Standing],
    since: date | None,
) -> list[Step]:
    """Who leads it, and which disciplines are involved."""
    first: Ends = {leader: ("leaderId",)} if leader else {}
    others = disciplines(writing, given.disciplines, "disciplines")
    steps: list[Step] = []
    for part, value, wanted in (
        ("LEAD", given.leader, first),
        ("INVOLVED", given.disciplines, others),
    ):
        if value is not KEEP:
            mine = [each for each in links if each.get("part") == part]
            steps += replaced(writing, "HANDLED_BY", key, wanted, mine, part, since)
    return steps
