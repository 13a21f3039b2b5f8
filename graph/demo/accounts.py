"""The accounts, their lives and their Centers."""

from datetime import date
from random import Random
from typing import TypedDict

from graph.demo.days import between
from graph.demo.sources import CENTERS
from graph.demo.staff import HOMES
from graph.demo.world import Account, World
from graph.terms import CenterBasis

IMPORTERS = 340
BROKERS = 60
CHAPTERS = {
    "CEE001": ("28", "29", "30", "34", "38", "32"),
    "CEE002": ("03", "08", "09", "16", "20", "22"),
    "CEE003": ("87", "88", "86", "89"),
    "CEE004": ("61", "62", "63", "64", "42", "52"),
    "CEE005": ("72", "73", "76", "74", "83"),
    "CEE006": ("27", "25", "26"),
    "CEE007": ("85", "90"),
    "CEE008": ("94", "95", "96", "91", "92"),
    "CEE009": ("39", "40", "48", "70", "68"),
    "CEE010": ("84", "82"),
}
STATUSES = ("ACTIVE", "PROSPECT", "SUSPENDED", "CLOSED")
NOT_ELIGIBLE = (23, 57, 111, 190, 266, 301)  # importers that no Center takes
PENDING = (44, 129, 208)  # active ones still waiting for one
ELSEWHERE = (4, 38, 77, 101, 142, 199, 240, 288)  # volumes point to another Center
STEADY = frozenset((  # active for long: other parts of the world count on them
    *NOT_ELIGIBLE, *PENDING, *ELSEWHERE, 3, *range(11, 57), 63, 66, 74, 85, 88, 97, 107, 118, 120,
    122, 133, 150, 155, 163, 171, 176, 183, 205, 214, 226, 231, 236, 247, 259, 263, 270, 296, 310,
    318, 333,
))  # fmt: skip
BASES = (CenterBasis.PREDOMINANT_NUMBER,) * 6 + tuple(CenterBasis)[1:4]


class Part(TypedDict, total=False):
    """What an operation needs to be so, in place of chance."""

    name: str
    center: str
    status: str
    since: date
    until: date
    national: bool
    chapters: tuple[str, ...]


CAST: dict[int, Part] = {
    1: {"name": "Harbor Textiles", "since": date(2009, 4, 1), "national": True,
        "chapters": ("61", "62", "63", "64")},
    2: {"name": "Saltmarsh Apparel", "since": date(2013, 9, 16), "chapters": ("62", "61")},
    3: {"name": "Harbor Homewares", "since": date(2018, 2, 5), "center": "CEE008",
        "chapters": ("94", "63")},
    4: {"name": "Copperline Instruments", "since": date(2011, 6, 1), "center": "CEE007",
        "chapters": ("84", "85")},
    5: {"name": "Tidegate Footwear", "since": date(2012, 3, 1), "chapters": ("64", "42")},
    6: {"name": "Tidegate Outdoor", "since": date(2020, 10, 1), "center": "CEE008",
        "chapters": ("95", "64")},
    7: {"name": "Tidegate Shoe Importing", "since": date(2006, 5, 1), "status": "CLOSED",
        "until": date(2024, 5, 1), "chapters": ("64",)},
    8: {"name": "Merlbrook Garments", "since": date(2015, 1, 12), "chapters": ("61", "62")},
    9: {"name": "Greenholt Weaving", "since": date(2016, 7, 1), "chapters": ("52", "63")},
    10: {"name": "Adela Penhallow Ceramics", "since": date(2019, 3, 4), "center": "CEE009",
         "chapters": ("70",)},
}  # fmt: skip
BROKER_CAST: dict[int, Part] = {
    1: {"name": "Pelican Point Customs Brokers", "since": date(1999, 2, 1), "national": True},
    2: {"name": "Gannet Row Brokerage", "since": date(2008, 8, 1)},
}


def write(world: World) -> None:
    """Write 340 importers, A-1001 on, and 60 brokers, A-2001 on, with their Centers."""
    for place in range(1, IMPORTERS + 1):
        world.importers.append(_importer(world, place))
    for place in range(1, BROKERS + 1):
        world.brokers.append(_broker(world, place))
    _harbor(world)


def _importer(world: World, place: int) -> Account:
    random = world.random("importers")
    center = random.choice((*HOMES, "CEE004", "CEE004"))
    lines = random.sample(CHAPTERS[center], min(random.randint(1, 4), len(CHAPTERS[center])))
    status = random.choices(STATUSES, (86, 5, 4, 5))[0]
    part: Part = {}
    if place in STEADY:
        part = {"status": "ACTIVE", "since": between(random, date(1999, 1, 1), date(2019, 12, 31))}
    if place in CAST:
        part = {"center": "CEE004", "status": "ACTIVE", **CAST[place]}
    center = part.get("center", center)
    account = _account(world, random, place + 1000, part, status, center)
    account.chapters = part.get("chapters", tuple(lines))
    if place in ELSEWHERE and place not in CAST:
        account.chapters = (CHAPTERS[random.choice(HOMES)][0], *lines[:2])
    _place(world, random, account, place)
    return account


def _broker(world: World, place: int) -> Account:
    random = world.random("brokers")
    status = random.choices(STATUSES, (88, 3, 4, 5))[0]
    part: Part = {"status": "ACTIVE", "center": "CEE004"} if place in BROKER_CAST else {}
    part |= BROKER_CAST.get(place, {})
    center = part.get("center", random.choice(HOMES))
    account = _account(world, random, place + 2000, part, status, center)
    _place(world, random, account, 0 if place % 3 else NOT_ELIGIBLE[0])
    return account


def _account(
    world: World, random: Random, number: int, part: Part, status: str, center: str
) -> Account:
    status = part.get("status", status)
    since = part.get("since", _opened(random, status))
    until = part.get("until", between(random, date(2023, 3, 1), date(2026, 8, 31)))
    broker = number > 2000
    name = part.get("name") or (world.names.brokerage() if broker else world.names.business(center))
    national = part.get("national", random.random() < 0.13 and status == "ACTIVE")
    license_number = f"{random.randint(10000, 39999)}" if broker else None
    key = world.book.thing(
        "Account", f"A-{number}", ("Account", "Broker" if broker else "Importer"), since,
        name=name, status="PROSPECT" if status == "PROSPECT" else "ACTIVE",
        national=national, openedOn=since, licenseNumber=license_number,
    )  # fmt: skip
    return Account(key, name, status, since, until if status == "CLOSED" else None, national,
                   center, ())  # fmt: skip


def _opened(random: Random, status: str) -> date:
    """Prospects are new, some active accounts are recent, the others have been there for long."""
    if status == "PROSPECT":
        return between(random, date(2026, 3, 1), date(2026, 10, 31))
    if status == "ACTIVE" and random.random() < 0.12:
        return between(random, date(2023, 7, 1), date(2026, 8, 31))
    return between(random, date(1999, 1, 1), date(2021, 12, 31))


def _place(world: World, random: Random, account: Account, place: int) -> None:
    """Let the account live, and assign it to its Center unless none takes it."""
    book = world.book
    if account.status == "SUSPENDED":
        day = between(random, date(2025, 1, 10), date(2026, 10, 20))
        book.change(account.key, max(day, account.since), status="SUSPENDED")
    if account.until:
        book.change(account.key, account.until, status="CLOSED", closedOn=account.until)
    if place in NOT_ELIGIBLE or place in PENDING or account.status == "PROSPECT":
        state = "NOT_ELIGIBLE" if place in NOT_ELIGIBLE else "PENDING"
        book.change(account.key, account.since, centerEligibility=state)
        account.center = None
        return
    _assign(world, random, account)


def _assign(world: World, random: Random, account: Account) -> None:
    since, last = max(account.since, date(2017, 1, 1)), account.until or date(2026, 10, 31)
    moves = random.random() < 0.12 and last > date(2023, 6, 1) and account.id not in ("A-1001",)
    if account.id == "A-1004":
        moves = False  # its moves are told in `centers`
        return
    if moves:
        day = between(random, max(since, date(2023, 3, 1)), last)
        former = random.choice([center for center in HOMES if center != account.center])
        if since < day:
            world.book.claim(
                "ASSIGNED_TO", account.key, f"Center:{former}", CENTERS, since, day,
                basis=str(random.choice(BASES)), reason="First assignment",
            )  # fmt: skip
            since = day
    if account.until is None or since < account.until:
        world.book.claim(
            "ASSIGNED_TO", account.key, f"Center:{account.center}", CENTERS, since, account.until,
            basis=str(random.choice(BASES)),
            reason="Moved after a review of its tariff lines" if moves else None,
        )  # fmt: skip


def _harbor(world: World) -> None:
    """Harbor Textiles grew into a national account and took a shorter name."""
    key = world.importer("A-1001").key
    world.book.change(key, date(2009, 4, 1), name="Harbor Textile Importing", national=False)
    world.book.change(key, date(2023, 5, 1), national=True)
    world.book.change(key, date(2024, 3, 1), name="Harbor Textiles")
