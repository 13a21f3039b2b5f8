"""Matters to resolve with or about accounts."""

from datetime import date, timedelta
from random import Random

from graph.demo.days import WORLD_DAY, between
from graph.demo.sources import CASES
from graph.demo.world import Account, World
from graph.terms import IssuePurpose, IssueStatus

TITLES = {
    IssuePurpose.ADVICE: ("Classification of {}", "Rulings on {}", "Marking rules for {}"),
    IssuePurpose.COMPLIANCE: ("Origin claims of {}", "Valuation of {}", "Record keeping for {}"),
    IssuePurpose.FACILITATION: ("Held shipments of {}", "Bond for {}", "Late release of {}"),
    IssuePurpose.ENFORCEMENT: ("Evasion in {}", "Counterfeit {}", "Forced labor in {}"),
}
GOODS = ("knitwear", "steel fasteners", "footwear", "wiring", "furniture", "bearings", "cotton",
         "frozen fish", "pumps", "glassware", "polymers", "displays")  # fmt: skip
LEADS = ("IMPORT_SPECIALIST",) * 6 + ("ENTRY_SPECIALIST", "REGULATORY_AUDITOR", "CBP_OFFICER",
         "LIQUIDATION_SPECIALIST", "FPF_OFFICER", "LABORATORY", "HSI", "CHIEF_COUNSEL",
         "AGRICULTURE_SPECIALIST", "RULINGS", "DRAWBACK", "BROKER_MANAGEMENT")  # fmt: skip
PRIORITIES = ("AD_CVD", "TEXTILES", "REVENUE", "IPR", "TRADE_AGREEMENTS", "FORCED_LABOR")
CLOSED = (IssueStatus.RESOLVED, IssueStatus.CANCELLED)
OPEN = (IssueStatus.OPEN, IssueStatus.IN_PROGRESS, IssueStatus.WAITING)
ISSUES = 185


def write(world: World) -> None:
    """Write issues, those of the cast first."""
    random = world.random("issues")
    for name, count in (("A-1001", 5), ("A-1002", 2), ("A-1003", 1), ("A-1005", 2), ("A-2001", 2)):
        account = world.broker(name) if name > "A-2000" else world.importer(name)
        for place in range(count):
            _issue(world, random, account, place)
    served = [one for one in (*world.importers, *world.brokers) if one.status == "ACTIVE"]
    home = [one for one in served if one.center == "CEE004"]
    for place in range(12, ISSUES):
        _issue(world, random, random.choice(home if place % 6 == 0 else served), place)


def _issue(world: World, random: Random, account: Account, place: int) -> None:
    purpose = list(IssuePurpose)[place % 4]
    status = OPEN[place % 3] if place % 2 else random.choice((*CLOSED, *OPEN))
    opened = max(account.since, between(random, date(2025, 1, 10), WORLD_DAY - timedelta(days=8)))
    if status in CLOSED:
        opened = max(account.since, between(random, date(2023, 3, 1), date(2026, 9, 1)))
    if (account.id, place) == ("A-1001", 1):
        opened = date(2026, 11, 20)  # for the manager's morning
    due = opened + timedelta(days=random.choice((30, 45, 60, 90, 180)))
    title = random.choice(TITLES[purpose]).format(random.choice(GOODS))
    key = world.book.thing(
        "Issue", world.next("IS"), ("Issue",), opened, purpose=str(purpose), title=title,
        description=f"{title}: raised by {'the account' if place % 2 else 'CBP'}.",
        status="OPEN", openedOn=opened, dueOn=due if place % 9 else None,
        priorityTradeIssues=[random.choice(PRIORITIES)] if place % 3 == 0 else [],
    )  # fmt: skip
    if status is not IssueStatus.OPEN:
        _advance(world, random, key, status, opened)
    world.book.claim("CONCERNS", key, account.key, CASES, opened)
    if place % 4 == 0 and account.numbers:
        world.book.claim("CONCERNS", key, random.choice(account.numbers), CASES, opened)
    if place % 10 == 3:
        world.book.claim("CONCERNS", key, account.party, CASES, opened)
    _handle(world, random, key, account, opened)
    world.issues.setdefault(account.key, []).append((key, opened))


def _advance(world: World, random: Random, key: str, status: IssueStatus, opened: date) -> None:
    day = opened + timedelta(days=random.randint(5, 80))
    if status in CLOSED:
        done = min(day, WORLD_DAY - timedelta(days=2))
        words = "Corrected, and agreed how it is done from now on."
        if status is IssueStatus.CANCELLED:
            words = "Raised in error."
        world.book.change(key, done, status=str(status), closedOn=done, resolution=words)
    else:
        world.book.change(key, min(day, WORLD_DAY), status=str(status))


def _handle(world: World, random: Random, key: str, account: Account, opened: date) -> None:
    """Who owns it, who else is involved, and who in person has it."""
    lead = random.choice(LEADS)
    if random.random() < 0.85:
        world.book.claim("HANDLED_BY", key, f"Discipline:{lead}", CASES, opened, part="LEAD")
        people = world.specialists[lead]
        near = [person for person, center in people if center == account.center]
        handler = random.choice(near or [person for person, _ in people])
        world.book.claim("HANDLED_BY", key, handler, CASES, opened, part="HANDLER")
    elif account.manager:
        world.book.claim("HANDLED_BY", key, account.manager, CASES, opened, part="HANDLER")
    others = {random.choice(LEADS) for _ in range(random.randint(0, 2))} - {lead}
    for other in sorted(others):
        world.book.claim("HANDLED_BY", key, f"Discipline:{other}", CASES, opened, part="INVOLVED")
