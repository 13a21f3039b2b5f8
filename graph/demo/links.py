"""What numbers and parties have in common: shared attributes, and numbers that replace others."""

from datetime import date

from graph.demo.days import between
from graph.demo.numbers import NumberMaker
from graph.demo.parties import filed
from graph.demo.sources import ASSIGNMENTS, FORM, REGISTER
from graph.demo.world import World
from graph.terms import ImporterNumberStatus

HUB = 120  # companies at the address of one registered agent
HUBS = (("ADDRESS", 16, 8), ("PHONE", 12, 5), ("BANK_ACCOUNT", 7, 4), ("EMAIL", 4, 3))
REPLACED = (70, 96, 135, 168, 201, 233, 268, 305)  # importers whose number replaces an old one
UNUSED = 45  # numbers on file that identify no account


def write(world: World) -> None:
    """Write the hubs, the named ones first, then successions and unused numbers."""
    tidegate = world.importer("A-1005")
    number = next(key for key in tidegate.numbers if world.text(key) == "30-064135300")
    _hub(world, "ADDRESS", ["Party:O-2001", world.importer("A-1002").party, "Party:O-2004"])
    _hub(world, "ADDRESS", [number, world.importer("A-1006").numbers[0], tidegate.party])
    _hub(world, "PHONE", ["Party:P-2003", world.importer("A-1009").party, "Party:O-2008"])
    old = next(key for key in tidegate.numbers if world.text(key) == "30-064135303")
    _succeed(world, number, old, date(2021, 3, 1))
    world.book.change(old, date(2021, 3, 1), status=str(ImporterNumberStatus.VOIDED))
    random = world.random("links")
    _hub(world, "ADDRESS", random.sample(world.organizations[11:], HUB))
    for kind, count, most in HUBS:
        for _ in range(count):
            members = random.sample(world.organizations, random.randint(1, most))
            one = random.choice([account for account in world.importers if account.numbers])
            _hub(world, kind, [*members, random.choice(one.numbers)])
    for place in REPLACED:
        _replace(world, place)
    _unused(world)


def _hub(world: World, kind: str, members: list[str]) -> None:
    """Write an attribute that these share; its value is hashed and forgotten."""
    value = world.names.address()
    key = world.book.thing(
        "SharedAttribute", world.next("SA"), ("SharedAttribute",), date(2020, 1, 1),
        kind=kind, hash=world.key.attribute(kind, value),
    )  # fmt: skip
    random = world.random("shares")
    for member in dict.fromkeys(members):
        since = between(random, date(2018, 1, 1), date(2023, 12, 31))
        world.book.claim("SHARES", member, key, FORM, since)


def _succeed(world: World, new: str, old: str, on: date) -> None:
    world.book.claim("SUCCESSOR_OF", new, old, filed(world, REGISTER, on), on)


def _replace(world: World, place: int) -> None:
    """An old number of the importer was voided; a newer one took its place."""
    account = world.importers[place - 1]
    if account.status != "ACTIVE":
        return
    random = world.random("replaced")
    on = between(random, date(2024, 2, 1), date(2026, 6, 1))
    since = min(account.since, date(2021, 1, 1))
    old = NumberMaker(world).number(random, since)
    world.book.claim("HOLDS", account.party, old, FORM, since)
    if on > account.since:
        world.book.claim("IDENTIFIES", old, account.key, ASSIGNMENTS, account.since, on)
    world.book.change(old, on, status=str(ImporterNumberStatus.VOIDED))
    _succeed(world, account.numbers[0], old, on)
    world.replaced.append((old, on))


def _unused(world: World) -> None:
    """Every party of a transaction registers: a number does not make an importer."""
    random = world.random("unused")
    for key in random.sample(world.organizations, UNUSED):
        number = NumberMaker(world).number(random, date(2020, 1, 1))
        world.book.claim("HOLDS", key, number, FORM, date(2020, 1, 1))
