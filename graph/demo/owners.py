"""Who owns the other businesses: ordinary parents, people, officers, changes over time."""

from datetime import date
from random import Random

from graph.demo.days import between
from graph.demo.parties import filed, organization, owns, person, unspecified
from graph.demo.sources import ACCOUNTS, REGISTER, REPORT
from graph.demo.world import World
from graph.terms import Interest, UnspecifiedReason

COUNTRIES = ("US",) * 8 + ("CA", "MX", "DE", "NL", "GB", "LU", "JP", "KR", "VN", "CN", "HK", "PA")
SHARES = (100, 100, 100, 80, 75, 66.6666667, 60, 51, 50, 33.3333333, 25, 10)
RANGES = ((25, 50), (50, 75), (75, 100), (0, 25))
ROLES = ("Director", "President", "Treasurer", "Secretary", "Managing director")
GROUPS = 64


def write(world: World) -> None:
    """Write holding groups, and people behind many of the rest."""
    random = world.random("owners")
    own = {account.party for account in world.importers[:60]}  # told in `harbor` and `cases`
    rest = [key for key in world.organizations if key not in own]
    random.shuffle(rest)
    tops = [_group(world, random) for _ in range(GROUPS)]
    for key in rest[:150]:
        _owned(world, random, key, random.choice(tops))
    for key in rest[150:200]:
        since = between(random, date(2016, 1, 1), date(2022, 6, 1))
        owns(world, person(world), key, random.choice((100, 60, 50, 51, 40)), since)
    _tops(world, random, tops)
    _officers(world, random, [*tops, *rest])
    _consolidated(world, random, tops)


def _group(world: World, random: Random) -> str:
    country = random.choice(COUNTRIES)
    return organization(world, world.names.formal(world.names.holding(), country), country)


def _owned(world: World, random: Random, key: str, top: str) -> None:
    """One parent, and something about the rest: another owner, an unknown one, or nothing."""
    since = between(random, date(2012, 1, 1), date(2022, 6, 1))
    share = random.choice(RANGES) if random.random() < 0.15 else random.choice(SHARES)
    sold = between(random, date(2023, 6, 1), date(2026, 9, 30)) if random.random() < 0.12 else None
    before = owns(world, top, key, share, since, sold)
    low = share if isinstance(share, int | float) else share[1]
    if sold:
        owns(world, person(world), key, share, sold)
    elif random.random() < 0.04:
        less = round(low * 5_000_000)
        on = between(random, date(2024, 1, 1), date(2026, 9, 1))
        world.book.correct(before, on, "Typing error in the filing", minShare=less, maxShare=less)
    if low >= 90 or random.random() < 0.4:
        return
    if random.random() < 0.25:
        nobody = unspecified(world, random.choice(list(UnspecifiedReason)))
        owns(world, nobody, key, None, since)
    else:
        owns(world, person(world), key, max(1, int((100 - low) / 2)), since)


def _tops(world: World, random: Random, tops: list[str]) -> None:
    """Chains: half of the holdings belong to a later one, the others to people."""
    for place, key in enumerate(tops):
        since = between(random, date(2010, 1, 1), date(2021, 1, 1))
        if place < GROUPS // 2:
            above = tops[random.randint(place + 1, GROUPS - 1)]
            owns(world, above, key, random.choice((100, 70, 55, 40)), since)
        elif place % 7 == 0:
            owns(world, unspecified(world, list(UnspecifiedReason)[place % 6]), key, None, since)
        else:
            for share in random.choice(((60, 40), (100,), (34, 33, 33), (50, 50), (90,))):
                owns(world, person(world, country=random.choice(COUNTRIES)), key, share, since)


def _officers(world: World, random: Random, companies: list[str]) -> None:
    """Some people are officers of several companies."""
    people = [person(world) for _ in range(50)]
    for key in random.sample(companies, 130):
        since = between(random, date(2015, 1, 1), date(2025, 1, 1))
        until = between(random, since, date(2026, 10, 1)) if random.random() < 0.15 else None
        until = until if until and until > since else None
        world.book.claim(
            "OFFICER_OF", random.choice(people), key, filed(world, REGISTER, since), since, until,
            officerRole=random.choice(ROLES),
        )  # fmt: skip


def _consolidated(world: World, random: Random, tops: list[str]) -> None:
    for place in random.sample(range(GROUPS // 2), 25):
        since = between(random, date(2018, 1, 1), date(2023, 1, 1))
        world.book.claim(
            "CONTROLS", tops[place + GROUPS // 2], tops[place], filed(world, ACCOUNTS, since),
            since, interest=str(Interest.ACCOUNTING_CONSOLIDATION),
        )  # fmt: skip
    for place in range(6):
        source = filed(world, REPORT, date(2021, 3, 1))
        owns(world, tops[-1 - place], tops[place], (5, 25), date(2020, 1, 1), source=source,
             interest=Interest.VOTING_RIGHTS)  # fmt: skip
