"""Opening issues, and changing, handing over and re-dating them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from graph import policy
from graph.commands import texts
from graph.commands.assigning import is_open
from graph.commands.header import KEEP, Given, Header
from graph.commands.run import run
from graph.commands.work import MOST, Ends, disciplines, keys, replaced
from graph.commands.writing import Held, Standing, Step, Writing
from graph.load.rows import NodeRow
from graph.records import Written
from graph.session import Graph
from graph.terms import IssuePurpose, IssueStatus, Permission, UserErrorCode

SUBJECTS = ("Account", "ImporterNumber", "FilerCode", "Party")
STAFF = ("AccountManager", "Specialist")
CLOSED = (IssueStatus.RESOLVED, IssueStatus.CANCELLED)
NOT_THEIRS = (
    "A specialist opens issues of their own discipline. Let it lead or be involved, or ask the"
    " account manager."
)
ISSUE = "PRIORITY_TRADE_ISSUE"


@dataclass(frozen=True, slots=True)
class IssueGiven:
    """An issue as a caller gives it; without an id it is a new one."""

    id: str | None = None
    account: str | None = None
    purpose: Given[IssuePurpose] = KEEP
    title: Given[str] = KEEP
    description: Given[str] = KEEP
    status: Given[IssueStatus] = KEEP
    concerns: Given[tuple[str, ...]] = KEEP
    lead: Given[str] = KEEP
    others: Given[tuple[str, ...]] = KEEP
    handler: Given[str] = KEEP
    flags: Given[tuple[str, ...]] = KEEP
    priorities: Given[tuple[str, ...]] = KEEP
    due_on: Given[date] = KEEP
    shared: Given[bool] = KEEP


async def save(graph: Graph, header: Header, given: IssueGiven) -> Written:
    """Open an issue, or change, hand over or re-date it."""
    policy.reaching(header.viewer, Permission.WRITE_ISSUES)
    id_ = f"IS-{uuid4().hex[:12]}"

    async def plan(writing: Writing) -> Written:
        return await _save(writing, given, id_)

    return await run(graph, header, plan, Permission.WRITE_ISSUES)


async def _save(writing: Writing, given: IssueGiven, id_: str) -> Written:
    key = writing.key(given.id, ("Issue",), "id") if given.id is not None else None
    account_key = writing.key(given.account, ("Account",), "accountId") if given.account else None
    concerns = keys(writing, given.concerns, SUBJECTS, "concernsIds")
    flags = keys(writing, given.flags, ("RiskFlag",), "flagIds")
    handler = given.handler if isinstance(given.handler, str) else None
    handler_key = writing.key(handler, STAFF, "handlerId") if handler else None
    await writing.hold([key, account_key, handler_key, *concerns, *flags])
    issue = _stands(writing, given, writing.thing(key, "id"))
    account = writing.thing(account_key, "accountId")
    for some in (concerns, flags):
        for each, path in some.items():
            writing.thing(each, *path)
    someone = writing.thing(handler_key, "handlerId")
    if someone is not None and someone.get("active") is False:
        told = f"{someone.get('name')} is not in service. Choose another."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "handlerId")
    said = await _said(writing, given, issue is None and given.id is None)
    if given.flags is not KEEP:
        said["flags"] = [each.partition(":")[2] for each in flags]
    if issue is not None:
        said.setdefault("dueOn", issue.get("dueOn"))  # what orders issues is derived from it
    row = NodeRow("Issue", issue.id if issue else id_, ("Issue",), said)
    links = await writing.links([row.key], outward=["CONCERNS", "HANDLED_BY"])
    await _account(writing, given, account, links)
    _theirs(writing, given, account)
    steps = _concerns(writing, row.key, given, account, concerns, links)
    steps += _handled(writing, row.key, given, handler_key, links)
    await writing.write([Step((row,)), *steps])
    return Written(things=(row.key,))


def _stands(writing: Writing, given: IssueGiven, issue: Held | None) -> Held | None:
    """The issue as it stands; noted if it is closed or has moved on."""
    writing.expect(issue.version if issue else 0)
    if issue is not None and issue.get("status") in CLOSED:
        told = f"It is {issue.get('status')}. Open a new issue."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "id")
    if given.status is not KEEP and given.status in (None, *CLOSED):
        told = "An issue is OPEN, IN_PROGRESS or WAITING here. To close it use resolveIssue."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "status")
    return issue


async def _said(writing: Writing, given: IssueGiven, new: bool) -> dict[str, object]:
    """What is given in its one spelling, checked."""
    said: dict[str, object] = {"status": IssueStatus.OPEN.value, "openedOn": writing.today}
    said = said if new else {}
    if given.title is not KEEP or new:
        title = given.title if given.title is not KEEP else None
        said["title"] = texts.text(writing, title, texts.NAME, "title", required=True)
    if given.description is not KEEP:
        said["description"] = texts.text(writing, given.description, texts.LONG, "description")
    if given.purpose is None or (given.purpose is KEEP and new):
        writing.refuse(UserErrorCode.REQUIRED, "An issue has a purpose. Give it.", "purpose")
    elif given.purpose is not KEEP:
        said["purpose"] = given.purpose.value
    if given.status is not KEEP and given.status is not None:
        said["status"] = given.status.value
    if given.due_on is not KEEP:
        said["dueOn"] = given.due_on
    return said | _shared(given) | await _priorities(writing, given)


def _shared(given: IssueGiven) -> dict[str, object]:
    """Whether the owners of the account may see it: not unless somebody says so."""
    return {} if given.shared is KEEP else {"shared": bool(given.shared)}


async def _priorities(writing: Writing, given: IssueGiven) -> dict[str, object]:
    """The priority trade issues; noted if the vocabulary has none such."""
    if given.priorities is KEEP:
        return {}
    some = (given.priorities or ())[:MOST]
    known = await writing.terms((ISSUE, code) for code in some)
    for at, code in enumerate(some):
        if (ISSUE, code) not in known:
            told = f"There is no such issue. Give a code of the vocabulary {ISSUE}."
            writing.refuse(UserErrorCode.NOT_FOUND, told, "priorityTradeIssues", at)
    return {"priorityTradeIssues": list(dict.fromkeys(some))}


async def _account(
    writing: Writing, given: IssueGiven, account: Held | None, links: Sequence[Standing]
) -> None:
    """Note an issue of no account, of a closed one, or of another than it has."""
    if given.id is None and given.account is None:
        told = "An issue is with an account. Give it."
        writing.refuse(UserErrorCode.REQUIRED, told, "accountId")
    if account is None:
        return
    is_open(writing, account, "accountId")
    if given.id is not None and all(each.end != account.key for each in links):
        told = "An issue stays with its account. Leave this out, or open another issue."
        writing.refuse(UserErrorCode.INVALID_STATE, told, "accountId")


def _theirs(writing: Writing, given: IssueGiven, account: Held | None) -> None:
    """Note a new issue that no discipline of a specialist would handle: it is not theirs."""
    others = given.others if isinstance(given.others, tuple) else ()
    codes = [*others, given.lead] if isinstance(given.lead, str) else others
    handling = frozenset(f"Discipline:{code.strip().upper()}" for code in codes)
    if given.id is None and account is not None and not writing.bounds.lets(account.key, handling):
        writing.refuse(UserErrorCode.NOT_PERMITTED, NOT_THEIRS, "leadDiscipline")


def _concerns(
    writing: Writing,
    key: str,
    given: IssueGiven,
    account: Held | None,
    concerns: Ends,
    links: Sequence[Standing],
) -> list[Step]:
    """What it is about: the account first, and what is named beside it."""
    if given.id is None:
        own: Ends = {account.key: ("accountId",)} if account else {}
        return replaced(writing, "CONCERNS", key, {**own, **concerns}, (), None)
    if given.concerns is KEEP:
        return []
    about = [each for each in links if each.type == "CONCERNS"]
    kept = next((each.end for each in about if each.end.startswith("Account:")), None)
    others = [each for each in about if each.end != kept]
    wanted = {end: path for end, path in concerns.items() if end != kept}
    return replaced(writing, "CONCERNS", key, wanted, others, None)


def _handled(
    writing: Writing, key: str, given: IssueGiven, handler: str | None, links: Sequence[Standing]
) -> list[Step]:
    """Who owns it, who else is involved, and who in person has it."""
    lead = (given.lead,) if isinstance(given.lead, str) else ()
    person: Ends = {handler: ("handlerId",)} if handler else {}
    parts = (
        ("LEAD", given.lead, disciplines(writing, lead, "leadDiscipline", alone=True)),
        ("INVOLVED", given.others, disciplines(writing, given.others, "otherDisciplines")),
        ("HANDLER", given.handler, person),
    )
    steps: list[Step] = []
    for part, value, wanted in parts:
        if value is not KEEP:
            mine = [each for each in links if each.get("part") == part]
            steps += replaced(writing, "HANDLED_BY", key, wanted, mine, part)
    return steps
