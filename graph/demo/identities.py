"""Who the accounts are: parties, the numbers and codes they hold, and what those identify."""

from datetime import date, timedelta
from random import Random

from graph.demo.days import between
from graph.demo.numbers import NumberMaker
from graph.demo.sources import ASSIGNMENTS, FORM
from graph.demo.world import Account, World
from graph.terms import ImporterNumberStatus

FIXED = {  # numbers that the operations speak of
    "A-1001": ("12-3456789AB", "12-3456789AC", "12-345678900"),
    "A-1004": ("061234-12345",),
    "A-1005": ("30-064135301", "30-064135302"),
    "A-1006": ("30-0641353AA",),
    "A-1007": ("30-064135300", "30-064135303"),
    "A-1010": ("219-09-9999",),
}
INTO = {"A-1007": "A-1005"}  # closed account: where its numbers went
STATES = (ImporterNumberStatus.ACTIVE,) * 23 + tuple(ImporterNumberStatus)[1:]
SELF_FILERS = (3, 12, 31, 48, 66, 97, 120, 155, 183, 214, 247, 270, 296, 318, 333)
AS_IMPORTERS = (7, 19, 33)  # brokers that hold an importer number
COUNTRIES = ("US",) * 22 + ("CA", "MX", "DE", "JP", "GB", "NL")
SPLIT = (14, 52, 88, 133, 171, 226, 259, 310)  # took their number out of another account


def write(world: World) -> None:
    """Write holders, numbers and codes of all accounts, and what moved between accounts."""
    maker = NumberMaker(world)
    for account in world.importers:
        account.party = _holder(world, account)
        _numbers(world, maker, account)
    for place, account in enumerate(world.brokers, 1):
        account.party = _holder(world, account)
        _broker(world, maker, account, place in AS_IMPORTERS)
    for place in SELF_FILERS:
        if not world.importers[place - 1].until:
            _codes(world, maker, world.importers[place - 1], 1)
    _moves(world)


def _broker(world: World, maker: NumberMaker, account: Account, imports: bool) -> None:
    random = world.random("codes")
    _codes(world, maker, account, 1 + (random.random() < 0.3))
    if imports:
        _attach(world, account, maker.number(random, account.since), account.since)


def _moves(world: World) -> None:
    for account in world.importers:
        if account.until:
            _merge(world, account)
    for place in SPLIT:
        _split(world, world.importers[place - 1])


def _holder(world: World, account: Account) -> str:
    """The party behind an account, under its formal name."""
    random = world.random("holders")
    if account.id == "A-1010":
        return world.book.thing(
            "Party", "P-2010", ("Party", "Person"), account.since, name="Adela Penhallow",
            aliases=[account.name], country="US",
        )  # fmt: skip
    country = random.choice(COUNTRIES) if account.id > "A-1010" else "US"
    form = random.choice(("CORPORATION",) * 5 + ("LLC",) * 4 + ("PARTNERSHIP",))
    also = [world.names.word() + " Trading"] if random.random() < 0.2 else []
    if account.id == "A-1005":
        also = ["Tidegate Shoe Importing", "Tidegate"]
    name = "O-2001" if account.id == "A-1001" else world.next("O", 3001)
    key = world.book.thing(
        "Party", name, ("Party", "Organization"), account.since,
        name=world.names.formal(account.name, country), aliases=also, country=country,
        legalForm=form, lei=NumberMaker.lei(random) if random.random() < 0.4 else None,
        duns=f"000{random.randint(100000, 999999)}" if random.random() < 0.5 else None,
    )  # fmt: skip
    world.organizations.append(key)
    return key


def _numbers(world: World, maker: NumberMaker, account: Account) -> None:
    random = world.random("numbers")
    texts = FIXED.get(account.id) or maker.texts(random)
    for place, text in enumerate(texts):
        since = account.since
        if place and random.random() < 0.4:
            since = between(random, since, account.until or date(2026, 6, 30))
        status = random.choice(STATES) if account.id > "A-1010" else ImporterNumberStatus.ACTIVE
        if text == "30-064135302":
            status = ImporterNumberStatus.INACTIVE
        number = maker.write(random, text, since, status)
        _attach(world, account, number, since, account.until)


def _attach(
    world: World, account: Account, number: str, since: date, until: date | None = None
) -> None:
    """The account's party holds the number, and the number identifies the account."""
    world.book.claim("HOLDS", account.party, number, FORM, since, until)
    world.book.claim(
        "IDENTIFIES", number, account.key, ASSIGNMENTS, since, until,
        reason="Account closed" if until else None,
    )  # fmt: skip
    if until is None:
        account.numbers.append(number)
    else:
        world.former.setdefault(account.key, []).append(number)


def _codes(world: World, maker: NumberMaker, account: Account, count: int) -> None:
    for place in range(count):
        own = "B76" if account.id == "A-2001" and not place else None
        kind = "BROKER" if account.id > "A-2000" else "SELF_FILER"
        code = maker.code(world.random("codes"), account.since, kind, own)
        world.book.claim("HOLDS", account.party, code, FORM, account.since, account.until)
        world.book.claim("IDENTIFIES", code, account.key, ASSIGNMENTS, account.since, account.until)
        if not account.until:
            account.codes.append(code)


def _merge(world: World, account: Account) -> None:
    """Most closed accounts went into another: their numbers identify that one from then on."""
    random = world.random("merges")
    peers = [
        one for one in world.importers
        if one.status == "ACTIVE" and one.since < date(2022, 1, 1) and one.id > "A-1010"
    ]  # fmt: skip
    into = world.importer(INTO[account.id]) if account.id in INTO else random.choice(peers)
    assert account.until
    if account.id not in INTO and random.random() < 0.35:
        return
    for number in world.former.get(account.key, []):
        world.book.claim("HOLDS", into.party, number, FORM, account.until)
        world.book.claim(
            "IDENTIFIES", number, into.key, ASSIGNMENTS, account.until,
            reason=f"{account.name} merged into {into.name}",
        )  # fmt: skip
        into.numbers.append(number)
    world.merged[account.key] = into.key


def _split(world: World, account: Account) -> None:
    """One more number of the account, which identified an older account before."""
    random = world.random("splits")
    if account.status != "ACTIVE":
        return
    maker = NumberMaker(world)
    older = _elder(world, random, account)
    on = max(
        account.since + timedelta(days=30), between(random, date(2023, 5, 1), date(2026, 5, 1))
    )
    number = maker.number(random, older.since)
    world.book.claim("HOLDS", older.party, number, FORM, older.since, on)
    world.book.claim(
        "IDENTIFIES", number, older.key, ASSIGNMENTS, older.since, on, reason="Division sold"
    )
    world.book.claim("HOLDS", account.party, number, FORM, on)
    world.book.claim("IDENTIFIES", number, account.key, ASSIGNMENTS, on, reason="Division bought")
    account.numbers.append(number)


def _elder(world: World, random: Random, account: Account) -> Account:
    return random.choice([
        one for one in world.importers
        if one.status == "ACTIVE" and one.since < date(2021, 1, 1) and one is not account
    ])  # fmt: skip
