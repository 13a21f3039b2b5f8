"""Who serves the accounts: managers and their predecessors, backups, specialists."""

from datetime import date, timedelta
from random import Random

from graph.demo.days import between
from graph.demo.sources import ASSIGNMENTS
from graph.demo.staff import Manager
from graph.demo.world import Account, Stay, World
from graph.terms import ManagerRole

BEGINNING = date(2019, 1, 7)  # of the assignments we have a list of
DESK = (9, 17, 29, 63, 85, 107, 122, 150, 176, 205, 231, 263)  # served by the Center's desk
BACKUP_ONLY = (29, 63, 85, 107, 150, 205)
FOREIGN = (3, 26, 59, 91, 140, 187, 222, 279, 321)  # managed from another Center
CAST = {  # account: managers in turn, each with the first day; the last one still is
    "A-1001": (("M-33", BEGINNING), ("M-31", date(2023, 5, 1))),
    "A-1002": (("M-34", date(2020, 2, 3)), ("M-31", date(2025, 1, 6))),
    "A-1003": (("M-31", date(2021, 9, 1)),),
    "A-1004": (("M-55", date(2019, 6, 3)), ("M-37", date(2025, 9, 1))),
    "A-1005": (("M-31", date(2022, 4, 4)),),
    "A-1006": (("M-43", date(2021, 1, 4)),),
    "A-1008": (("M-35", date(2019, 3, 4)), ("M-31", date(2024, 7, 15))),
    "A-1010": (("M-50", date(2022, 3, 1)),),
    "A-2001": (("M-32", date(2020, 1, 6)),),
    "A-2002": (("M-31", date(2022, 9, 1)),),
}
BACKUPS = {"A-1001": "M-34", "A-1003": "M-35", "A-2001": "M-31", "A-1002": "M-35"}
REASONS = ("Caseload balance", "Center move", "New to the program", "Account's request", None)
TEAM = ("IMPORT_SPECIALIST", "ENTRY_SPECIALIST", "REGULATORY_AUDITOR", "LIQUIDATION_SPECIALIST",
        "SUPPLY_CHAIN_SECURITY_SPECIALIST", "CBP_OFFICER", "INTERNATIONAL_TRADE_SPECIALIST",
        "AGRICULTURE_SPECIALIST", "FPF_OFFICER", "DRAWBACK", "RULINGS")  # fmt: skip
TOPICS = ("CLASSIFICATION", "VALUATION", "ORIGIN", "TRADE_AGREEMENTS")


def write(world: World) -> None:
    """Write managers, backups and teams of all accounts."""
    for place, account in enumerate(world.importers, 1):
        _account(world, account, place)
    for account in world.brokers:
        _account(world, account, 0)
    _predecessors(world)
    for account in (*world.importers, *world.brokers):
        _stays(world, account)
        if account.managers and account.status == "ACTIVE":
            _team(world, account)


def _account(world: World, account: Account, place: int) -> None:
    """Choose the present primary manager, and the one before, if there is any."""
    random = world.random("assignments")
    if account.id in CAST:
        account.managers = _told(account.id)
        return
    wanted = account.national or random.random() < 0.62
    if place in DESK or account.status == "PROSPECT" or not wanted:
        return
    manager = _choice(world, random, account, place in FOREIGN)
    since = max(account.since, BEGINNING, manager.since)
    if account.until and since >= account.until:
        return
    account.managers.append(Stay(manager.key, since, account.until))
    last = account.until or date(2026, 10, 31)
    day = between(random, max(since, date(2021, 1, 1)), last)
    later = _choice(world, random, account, place in FOREIGN, account.national)
    able = later is not manager and later.since <= day
    if random.random() < 0.35 and since < day < last and able:
        account.managers[-1].until = day
        account.managers.append(Stay(later.key, day, account.until))


def _told(name: str) -> list[Stay]:
    """The managers of one of the cast, in turn."""
    turns = CAST[name]
    ends = [*(day for _, day in turns[1:]), None]
    return [
        Stay(f"AccountManager:{manager}", first, end)
        for (manager, first), end in zip(turns, ends, strict=True)
    ]


def _choice(
    world: World, random: Random, account: Account, foreign: bool, national: bool = False
) -> Manager:
    """An active manager of the account's Center, or of another if that is wanted."""
    active = [one for one in world.managers if one.until is None]
    near = [one for one in active if (one.center == account.center) is not foreign]
    able = [one for one in near if one.national] if national else near
    return random.choice(able or near or active)


def _predecessors(world: World) -> None:
    """Managers who left handed some accounts over on their last day."""
    random = world.random("predecessors")
    for manager in world.managers:
        if manager.until is None:
            continue
        handed = [
            one for one in (*world.importers, *world.brokers)
            if len(one.managers) == 1 and one.center == manager.center and one.id not in CAST
            and one.managers[0].since < manager.until < (one.until or date.max)
            and one.managers[0].since > manager.since
        ]  # fmt: skip
        for account in random.sample(handed, min(4, len(handed))):
            first = account.managers[0]
            account.managers.insert(0, Stay(manager.key, first.since, manager.until))
            first.since = manager.until


def _stays(world: World, account: Account) -> None:
    random = world.random("stays")
    for stay in account.managers:
        world.book.claim(
            "MANAGED_BY", account.key, stay.key, ASSIGNMENTS, stay.since, stay.until,
            role=str(ManagerRole.PRIMARY), reason=random.choice(REASONS),
        )  # fmt: skip
    served = account.manager or account.id in {f"A-{place + 1000}" for place in BACKUP_ONLY}
    wanted = account.id in BACKUPS or not account.manager or random.random() < 0.45
    if served and wanted and account.status != "CLOSED":
        _backup(world, random, account)


def _backup(world: World, random: Random, account: Account) -> None:
    past = {stay.key for stay in account.managers}
    able = [
        one.key for one in world.managers
        if one.until is None and one.center == account.center and one.key not in past
    ]  # fmt: skip
    named = BACKUPS.get(account.id)
    backup = f"AccountManager:{named}" if named else random.choice(able or ["AccountManager:M-62"])
    start = next(one.since for one in world.managers if one.key == backup)
    since = max(start, account.since, BEGINNING, date(2022, 2, 1))
    role = str(ManagerRole.BACKUP)
    other = random.choice(able) if able else backup
    day = between(random, date(2024, 1, 1), date(2026, 10, 1))
    began = next(one.since for one in world.managers if one.key == other)
    if other != backup and since < day and began <= since and random.random() < 0.3:
        world.book.claim("MANAGED_BY", account.key, other, ASSIGNMENTS, since, day, role=role)
        since = day
    world.book.claim("MANAGED_BY", account.key, backup, ASSIGNMENTS, since, role=role)


def _team(world: World, account: Account) -> None:
    """Specialists who serve the account, those of its Center where there are some."""
    random = world.random("teams")
    wanted = random.sample(TEAM, random.randint(1, 4))
    if account.id in ("A-1001", "A-2001"):
        wanted = list(TEAM[:6])
    for discipline in wanted:
        people = world.specialists[discipline]
        near = [key for key, center in people if center == account.center]
        chosen = random.choice(near or [key for key, _ in people])
        since = max(account.since, between(random, date(2022, 7, 1), date(2026, 6, 30)))
        topic = random.choice(TOPICS)
        world.book.claim("SERVES", chosen, account.key, ASSIGNMENTS, since, topic=topic)
        if random.random() < 0.1 and since > date(2023, 8, 1):
            former = random.choice([key for key, _ in people])
            world.book.claim(
                "SERVES", former, account.key, ASSIGNMENTS, since - timedelta(days=300), since,
                topic=topic,
            )  # fmt: skip
