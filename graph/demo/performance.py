"""Three years of monthly figures of every active importer, by chapter and origin."""

import json
from datetime import date
from random import Random

from graph.demo.days import months, months_after
from graph.demo.world import Account, World

FROM, THROUGH = date(2023, 11, 1), date(2026, 10, 1)
LONGER = {"A-1001": date(2021, 10, 1)}  # five years, as an operation asks for
ORIGINS = ("CN", "VN", "MX", "CA", "DE", "IN", "BD", "IT", "JP", "KR", "TW", "TH", "TR", "BR", "PT")
PORTS = ("2704", "2709", "4601", "1001", "1703", "5301", "3901", "2304", "3801", "0901", "5201",
         "3001", "1401", "2809")  # fmt: skip
DISCREPANCIES = ("CLASSIFICATION", "VALUE", "ORIGIN", "QUANTITY", "MARKING", "TRADE_AGREEMENT")
RATES = (0, 2, 3, 5, 8, 12, 16)  # duty, percent
AD_CVD = {"64", "72", "73", "76", "94", "39", "40"}  # chapters whose lines may owe such duty


def write(world: World) -> None:
    """Write the figures, and which account they measure."""
    for account in world.importers:
        if account.status == "ACTIVE":
            _account(world, account)


def _account(world: World, account: Account) -> None:
    random = Random(f"{account.id} performance")
    size = random.lognormvariate(2.6, 0.8) * (4 if account.national else 1)
    faults = random.choice((0.01, 0.02, 0.03, 0.04, 0.06, 0.1, 0.18))
    origins = random.sample(ORIGINS, random.randint(2, 5))
    ports = random.sample(PORTS, random.randint(1, 3))
    first = max(LONGER.get(account.id, FROM), months_after(account.since, 1))
    for month in months(first, THROUGH):
        season = 1 + 0.2 * ((month.month % 12) in (8, 9, 10, 11))
        pairs: set[tuple[str, str]] = set()
        wanted = min(random.choices((1, 2, 3), (2, 3, 7))[0], len(account.chapters) * len(origins))
        while len(pairs) < wanted:
            pairs.add((_chapter(random, account), random.choice(origins)))
        for chapter, origin in sorted(pairs):
            _row(world, random, account, (month, chapter, origin, random.choice(ports)),
                 size * season * (2 if chapter == account.chapters[0] else 1), faults)  # fmt: skip


def _chapter(random: Random, account: Account) -> str:
    weights = [6, 3, 2, 1][: len(account.chapters)]
    return random.choices(account.chapters, weights)[0]


def _row(
    world: World, random: Random, account: Account, cell: tuple[date, str, str, str],
    size: float, faults: float,
) -> None:  # fmt: skip
    month, chapter, origin, port = cell
    entries = max(1, round(size * random.uniform(0.6, 1.4)))
    lines = round(entries * random.uniform(1.2, 4.5))
    value = lines * random.randint(120_000, 2_400_000)
    known = months_after(month, 1)
    key = world.book.thing(
        "PerformancePeriod", f"{account.id}-{month:%Y%m}-{chapter}-{origin}-{port}",
        ("PerformancePeriod",), known,
        month=month, chapter=chapter, origin=origin, port=port,
        filerCode=_filer(world, random, account, month), entrySummaries=entries, lines=lines,
        enteredValue=value, dutiesTaxesFees=value * random.choice(RATES) // 100 + lines * 2_500,
        currency="USD", examinations=_some(random, entries, 0.03),
        adCvdLines=_some(random, lines, 0.1) if chapter in AD_CVD else 0,
        **_sample(random, lines, faults), **_dealings(random, entries, faults),
    )  # fmt: skip
    world.measures.append((key, account.key, known))


def _sample(random: Random, lines: int, faults: float) -> dict[str, int | float | list[str] | None]:
    """The lines that were sampled, most months few or none, and what was wrong with them."""
    sampled = min(lines, random.choices((0, 1, 2, 4, 8), (40, 20, 20, 14, 6))[0])
    discrepant = _some(random, sampled, faults)
    found: dict[str, int] = {}
    for _ in range(discrepant):
        code = random.choice(DISCREPANCIES)
        found[code] = found.get(code, 0) + 1
    weighted = sampled and random.random() < 0.25
    return {
        "sampledLines": sampled,
        "discrepantLines": discrepant,
        "majorDiscrepantLines": _some(random, discrepant, 0.4),
        "sampleWeight": round(random.uniform(0.5, 6), 2) if weighted else None,
        "discrepancies": [
            json.dumps({"code": code, "lines": found[code]}) for code in sorted(found)
        ],
    }


def _dealings(random: Random, entries: int, faults: float) -> dict[str, int]:
    return {
        "postSummaryCorrections": _some(random, entries, 0.02),
        "requestsForInformation": _some(random, entries, faults / 4),
        "noticesOfAction": _some(random, entries, faults / 8),
        "protests": _some(random, entries, 0.004),
        "penalties": int(random.random() < faults / 30),
    }


def _some(random: Random, count: int, chance: float) -> int:
    """About this part of a count, by one throw."""
    return min(count, int(count * chance + random.random()))


def _filer(world: World, random: Random, account: Account, month: date) -> str | None:
    """Who filed: the account itself, or a broker with a power in force.

    A broker whose power lapsed goes on filing where there is no other: a warning's case.
    """
    if account.codes and random.random() < 0.7:
        return account.codes[0].partition(":")[2]
    able = [stay for stay in account.brokers if stay.since <= month and _open(stay.until, month)]
    stay = random.choice(able or account.brokers[:1] or [None])
    return world.broker(stay.key[8:]).codes[0].partition(":")[2] if stay else None


def _open(until: date | None, month: date) -> bool:
    return until is None or months_after(month, 1) <= until
