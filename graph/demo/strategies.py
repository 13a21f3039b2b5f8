"""Plans to manage risk: for one account or several of a manager, with measures by discipline."""

import json
from datetime import date, timedelta
from random import Random

from graph.demo.days import WORLD_DAY, between
from graph.demo.issues import GOODS
from graph.demo.sources import CASES
from graph.demo.world import Account, World
from graph.terms import StrategyStatus

STRATEGIES = 40
OBJECTIVES = (
    "Bring the letter-of-law rate above 95 percent.",
    "Halve late corrections.",
    "Clear every open request within 30 days.",
    "Prove the origin of each supplier.",
)
MEASURES = ("Supplier visits", "Training for entry writers", "Sample of 100 lines", "Joint review")
PARTNERS = ("AGRICULTURE_SPECIALIST", "BROKER_MANAGEMENT", "CBP_OFFICER", "ENTRY_SPECIALIST",
            "LABORATORY", "REGULATORY_AUDITOR", "REGULATORY_AUDITOR", "RULINGS")  # fmt: skip
OVER = (StrategyStatus.COMPLETED, StrategyStatus.ABANDONED)


def write(world: World) -> None:
    """Write strategies ST-1 on; the first three are for Harbor Textiles."""
    random = world.random("strategies")
    for place in range(STRATEGIES):
        leader, accounts = _led(world, random, place)
        first = between(random, date(2025, 2, 1), date(2026, 9, 1))
        starts = max(first, *(one.since for one in accounts))
        partners = sorted(set(random.sample(PARTNERS, 1 + place % 2)))
        disciplines = ["IMPORT_SPECIALIST", *partners]
        key = _plan(world, random, place, starts, disciplines)
        world.book.claim("HANDLED_BY", key, leader, CASES, starts, part="LEAD")
        for code in disciplines:
            world.book.claim(
                "HANDLED_BY", key, f"Discipline:{code}", CASES, starts, part="INVOLVED"
            )
        for account in accounts:
            _concern(world, key, account, starts)


def _plan(world: World, random: Random, place: int, starts: date, disciplines: list[str]) -> str:
    """Write one; answers its key."""
    running = place % 5 < 3
    status = StrategyStatus.ACTIVE if running else list(StrategyStatus)[place % 4]
    ended = starts + timedelta(days=60) if status in OVER else None
    return world.book.thing(
        "Strategy", world.next("ST"), ("Strategy",), starts,
        title=f"{random.choice(GOODS).capitalize()} plan {place + 1}", status=str(status),
        objective=random.choice(OBJECTIVES), startsOn=starts, endedOn=ended,
        measures=[_measure(random, starts, discipline) for discipline in disciplines],
        reviewOn=None if ended else WORLD_DAY + timedelta(days=random.randint(-20, 150)),
        segment="elevated-review.1" if place % 3 == 0 else None,
    )  # fmt: skip


def _measure(random: Random, starts: date, discipline: str) -> str:
    done = str(starts + timedelta(days=70)) if random.random() < 0.4 else None
    title, due = random.choice(MEASURES), str(starts + timedelta(days=120))
    return json.dumps({"title": title, "discipline": discipline, "dueOn": due, "doneOn": done})


def _concern(world: World, key: str, account: Account, starts: date) -> None:
    world.book.claim("CONCERNS", key, account.key, CASES, starts)
    for issue, opened in world.issues.get(account.key, [])[:2]:
        world.book.claim("ADDRESSES", key, issue, CASES, max(starts, opened))


def _led(world: World, random: Random, place: int) -> tuple[str, list[Account]]:
    """A manager, and some of the manager's accounts; the first three strategies are M-31's."""
    active = [one for one in (*world.importers, *world.brokers) if one.status == "ACTIVE"]
    with_issue = [one for one in active if one.manager and one.key in world.issues]
    first = world.importer("A-1001") if place < 3 else random.choice(with_issue)
    assert first.manager
    same = [one for one in active if one.manager == first.manager and one is not first]
    return first.manager, [first, *random.sample(same, min(random.randint(0, 2), len(same)))]
