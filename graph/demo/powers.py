"""Powers of attorney: which brokers act for which importers, and since when."""

from datetime import date

from graph.demo.days import WORLD_DAY, between
from graph.demo.sources import POWERS
from graph.demo.world import Account, Stay, World

SCOPES = ("CUSTOMS_BUSINESS", "CUSTOMS_BUSINESS", "ENTRY", "DRAWBACK")
WITHOUT = range(47, 61)  # brokers A-2047 to A-2060 have no client
HUB = "A-2001"  # serves about half of all importers
LAPSED = (8, 41, 74, 118, 163, 236)  # their broker still files, without a power in force
FORMER_CLIENTS = 0.12


def write(world: World) -> None:
    """Write every importer's powers of attorney."""
    for place, account in enumerate(world.importers, 1):
        if account.status != "PROSPECT":
            _importer(world, account, place)


def _importer(world: World, account: Account, place: int) -> None:
    random = world.random("powers")
    open_brokers = [
        one for one in world.brokers
        if one.status == "ACTIVE" and int(one.id[2:]) - 2000 not in WITHOUT
    ]  # fmt: skip
    chosen = []
    if random.random() < 0.55 or place <= 8:
        chosen.append(world.broker(HUB))
    weights = [1 / (rank + 1) for rank in range(len(open_brokers) - 1)]
    others = random.choices(open_brokers[1:], weights, k=random.choice((0, 1, 1, 2)))
    chosen += [one for rank, one in enumerate(others) if one not in others[:rank]]
    if place == 8:
        chosen = [world.broker("A-2002")]
    if not chosen and not account.codes:
        chosen = [open_brokers[1 + place % (len(open_brokers) - 1)]]
    for rank, broker in enumerate(chosen):
        _grant(world, account, broker, place, rank)


def _grant(world: World, account: Account, broker: Account, place: int, rank: int) -> None:
    """The first broker has been there all along; of the others some are new, some former."""
    random = world.random("powers")
    since = max(account.since, broker.since)
    until = account.until
    if rank:
        since = max(since, between(random, date(2021, 1, 1), date(2026, 8, 1)))
        if random.random() < FORMER_CLIENTS:
            until = until or between(random, since, WORLD_DAY)
    elif until is None and place in LAPSED:
        until = date(2026, 4, 1)
    elif until is None and random.random() < 0.06:  # a partnership's power ends after two years
        since, until = max(since, date(2025, 1, 15)), date(2027, 1, 15)
    if until and since >= until:
        return
    world.book.claim(
        "GRANTED_POA", account.key, broker.key, POWERS, since, until, scope=random.choice(SCOPES)
    )
    account.brokers.append(Stay(broker.key, since, until))
