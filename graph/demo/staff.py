"""Account managers over the ten Centers, and specialists of all disciplines."""

from dataclasses import dataclass
from datetime import date
from random import Random

from graph.demo.days import between
from graph.demo.sources import STAFFING
from graph.demo.world import World

# Centers by managers of six: M-31 to M-36 belong to CEE004, as the operations have it.
HOMES = ("CEE001", "CEE002", "CEE003", "CEE005", "CEE006", "CEE004", "CEE007", "CEE008", "CEE009",
         "CEE010")  # fmt: skip
CAST = {31: "Nora Fairweather", 32: "Theo Ravenhill", 33: "Petra Holbrooke", 34: "Karin Lockwood"}
SENIOR = (31, 32, 33, 34, 35, 37, 43, 50, 55)  # those whom the cast's accounts know for long
LEFT = {6: 2023, 12: 2024, 18: 2024, 24: 2025, 30: 2025, 48: 2026, 54: 2026}  # manager, year
MOVED = {5: ("CEE008", date(2024, 9, 1)), 62: ("CEE004", date(2025, 2, 1))}
DISCIPLINES = (
    ("IMPORT_SPECIALIST", 20, True),
    ("ENTRY_SPECIALIST", 12, True),
    ("LIQUIDATION_SPECIALIST", 6, True),
    ("REGULATORY_AUDITOR", 8, False),
    ("CBP_OFFICER", 4, False),
    ("AGRICULTURE_SPECIALIST", 3, False),
    ("FPF_OFFICER", 3, False),
    ("SEIZED_PROPERTY_SPECIALIST", 2, False),
    ("SUPPLY_CHAIN_SECURITY_SPECIALIST", 4, False),
    ("INTERNATIONAL_TRADE_SPECIALIST", 4, True),
    ("LABORATORY", 3, False),
    ("DRAWBACK", 2, False),
    ("RULINGS", 2, False),
    ("BROKER_MANAGEMENT", 3, False),
    ("CHIEF_COUNSEL", 2, False),
    ("HSI", 2, False),
)
AREAS = (202, 212, 305, 313, 404, 415, 312, 713, 213, 716, 956)


@dataclass(slots=True)
class Manager:
    """A manager while in service; `until` is None for active ones."""

    key: str
    center: str
    since: date
    until: date | None
    national: bool


def write(world: World) -> None:
    """Write everybody who serves accounts."""
    for number in range(1, 63):
        world.managers.append(_manager(world, number))
    number = 0
    for discipline, count, in_centers in DISCIPLINES:
        for place in range(count):
            number += 1
            center = HOMES[place % 10] if in_centers else None
            _specialist(world, number, discipline, center)


def _contact(name: str, number: int) -> dict[str, str]:
    """An address in a reserved domain and a number in the range reserved for fiction."""
    area = AREAS[number % len(AREAS)]
    email = name.lower().replace(" ", ".") + "@cbp.example"
    return {"email": email, "phone": f"+1{area}55501{number % 100:02d}"}


def _manager(world: World, number: int) -> Manager:
    random = world.random("managers")
    name = CAST.get(number) or world.names.person()
    center = HOMES[(number - 1) // 6] if number <= 60 else ("CEE007", "CEE010")[number - 61]
    since = _began(random, number)
    until = date(LEFT[number], 5 + number % 4, 1) if number in LEFT else None
    national = number % 3 == 1
    key = world.book.thing(
        "AccountManager", f"M-{number}", ("AccountManager",), since, name=name,
        **_contact(name, number), active=True, national=national,
    )  # fmt: skip
    moved = MOVED.get(number)
    stay = moved[1] if moved else until
    world.book.claim("MEMBER_OF", key, f"Center:{center}", STAFFING, since, stay)
    if moved:
        center = moved[0]
        world.book.claim("MEMBER_OF", key, f"Center:{center}", STAFFING, moved[1])
    if until:
        world.book.change(key, until, active=False)
    return Manager(key, center, since, until, national)


def _began(random: Random, number: int) -> date:
    if number in SENIOR:
        return between(random, date(2011, 1, 1), date(2018, 12, 31))
    if number % 6 == 3:
        return between(random, date(2023, 2, 1), date(2025, 10, 1))
    return between(random, date(2011, 1, 1), date(2021, 12, 31))


def _specialist(world: World, number: int, discipline: str, center: str | None) -> None:
    random = world.random("specialists")
    name = world.names.person()
    since = between(random, date(2010, 1, 1), date(2022, 6, 30))
    key = world.book.thing(
        "Specialist",
        f"S-{number}",
        ("Specialist",),
        since,
        name=name,
        **_contact(name, number + 40),
        active=True,
    )
    until = date(2025, 8, 1) if number in (14, 37, 61) else None
    world.book.claim("PRACTISES", key, f"Discipline:{discipline}", STAFFING, since)
    if center:
        world.book.claim("MEMBER_OF", key, f"Center:{center}", STAFFING, since, until)
    if until:
        world.book.change(key, until, active=False)
    else:
        world.specialists.setdefault(discipline, []).append((key, center))
