"""Findings: flags of all kinds on accounts, numbers, codes and parties; and risk segments."""

import json
from datetime import date, timedelta
from random import Random

from graph.demo.book import Value
from graph.demo.days import WORLD_DAY, between
from graph.demo.sources import CASES
from graph.demo.world import World

SEVERITY = {  # by kind, between these
    "AD_CVD_EVASION": (0.5, 0.9), "TRANSSHIPMENT": (0.4, 0.8), "FORCED_LABOR": (0.6, 0.95),
    "SANCTIONED_OWNER": (0.8, 0.95), "NOMINEE_IMPORTER": (0.4, 0.8), "NEW_IOR": (0.05, 0.2),
    "IOR_SUCCESSION": (0.2, 0.6), "SHELL_COMPANY": (0.3, 0.7), "UNDERVALUATION": (0.2, 0.6),
    "MISCLASSIFICATION": (0.1, 0.4), "IPR": (0.2, 0.6), "PENALTY": (0.2, 0.7),
    "LIQUIDATED_DAMAGES": (0.1, 0.3), "IDENTITY_MISUSE": (0.5, 0.9),
}  # fmt: skip
ISSUES = {  # priority trade issues by kind
    "AD_CVD_EVASION": ["AD_CVD"], "TRANSSHIPMENT": ["TEXTILES", "TRADE_AGREEMENTS"],
    "FORCED_LABOR": ["FORCED_LABOR"], "IPR": ["IPR"], "UNDERVALUATION": ["REVENUE"],
    "MISCLASSIFICATION": ["REVENUE"],
}  # fmt: skip
EVIDENCE = ("Examination report", "Audit report", "Laboratory report", "Complaint", "Notice")
CAST = (  # id, subject, kind, severity, raised on, note
    ("Party:P-2003", "SANCTIONED_OWNER", 0.9, date(2025, 9, 8), "Invented list, entry 7."),
    ("Party:O-2001", "TRANSSHIPMENT", 0.7, date(2026, 2, 16), "Origin claims in chapter 61."),
    ("Party:O-2002", "SHELL_COMPANY", 0.8, date(2024, 11, 4), "No staff at the address given."),
    ("Account:A-1001", "UNDERVALUATION", 0.3, date(2026, 5, 11), None),
    ("Account:A-1005", "PENALTY", 0.4, date(2025, 1, 20), None),
    ("Account:A-2002", "LIQUIDATED_DAMAGES", 0.15, date(2026, 4, 20), None),
    ("Account:A-1008", "MISCLASSIFICATION", 0.25, date(2026, 11, 23), "Raised yesterday."),
)
SEGMENTS: tuple[tuple[str, int, int, dict[str, object], str, date, date | None], ...] = (
    ("Trusted partners", 1, 1, {"isaStatuses": ["ACTIVE"]},
     "Yearly talk", date(2023, 1, 1), date(2025, 1, 1)),
    ("Trusted partners", 2, 1, {"isaStatuses": ["ACTIVE"], "not": {"minRisk": 0.5}},
     "Yearly talk; self-testing instead of audit", date(2025, 1, 1), None),
    ("Elevated review", 1, 2, {"minRisk": 0.5},
     "Quarterly review with regulatory audit", date(2023, 1, 1), None),
    ("New importers", 1, 3, {"kinds": ["IMPORTER"], "opened": {"from": "2025-11-25"}},
     "Welcome talk; classification help in the first year", date(2024, 1, 1), None),
    ("Large volumes", 1, 4, {"national": True}, "Two reviews a year", date(2023, 1, 1), None),
    ("Everybody else", 1, 5, {}, "Standard care", date(2023, 1, 1), None),
)  # fmt: skip


def write(world: World) -> None:
    """Write the cast's flags, some of every kind by chance, and the segments."""
    random = world.random("flags")
    number = next(key for key, text in world.texts.items() if text == "30-064135300")
    for subject, kind, severity, raised, note in CAST:
        _flag(world, random, subject, kind, raised, severity=severity, note=note)
    _flag(world, random, number, "IOR_SUCCESSION", date(2024, 6, 3), severity=0.5)
    _flag(world, random, "Account:A-1001", "MISCLASSIFICATION", date(2024, 2, 5), date(2024, 9, 2))
    for old, on in world.replaced:
        _flag(world, random, old, "PENALTY", on - timedelta(days=120))
    _flag(world, random, world.nominees[1], "NOMINEE_IMPORTER", date(2026, 1, 12))
    for place, kind in enumerate(list(SEVERITY) * 9):
        if kind != "SANCTIONED_OWNER" or place < len(SEVERITY) * 2:
            _chance(world, random, place, kind)
    for name, version, precedence, rule, treatment, since, until in SEGMENTS:
        slug = name.lower().replace(" ", "-")
        world.book.thing(
            "RiskSegment", f"{slug}.{version}", ("RiskSegment",), since, name=name,
            number=version, precedence=precedence, filter=json.dumps(rule), treatment=treatment,
            validFrom=since, validTo=until,
        )  # fmt: skip


def _chance(world: World, random: Random, place: int, kind: str) -> None:
    account = random.choice([one for one in world.importers[10:] if one.numbers])
    party = random.choice(world.organizations[11:])
    subject = (account.key, random.choice(account.numbers), party)[place % 3]
    if place % 17 == 0:
        subject = random.choice([one for one in world.brokers if one.codes]).codes[0]
    raised = max(between(random, date(2023, 2, 1), WORLD_DAY - timedelta(days=10)), account.since)
    done = between(random, raised, WORLD_DAY) if random.random() < 0.3 else None
    _flag(world, random, subject, kind, raised, done if done and done > raised else None)


def _flag(
    world: World, random: Random, subject: str, kind: str, raised: date, done: date | None = None,
    **values: Value,
) -> None:  # fmt: skip
    flag = world.next("F")
    low, high = SEVERITY[kind]
    name = random.choice(EVIDENCE)
    number = f"{random.randint(1, 99999):05d}"
    evidence = {
        "name": name,
        "reference": f"Demo {number}",
        "url": f"https://records.example/{number}",
        "retrievedAt": f"{raised}T12:00:00Z",
    }
    given: dict[str, Value] = {"severity": round(random.uniform(low, high), 2), **values}
    key = world.book.thing(
        "RiskFlag", flag, ("RiskFlag",), raised, kind=kind, raisedOn=raised,
        evidence=[json.dumps(evidence)], priorityTradeIssues=ISSUES.get(kind, []), **given,
    )  # fmt: skip
    world.book.claim("FLAGS", key, subject, CASES, raised)
    if done:
        world.book.change(key, done, resolvedOn=done, resolution="Explained by documents sent in.")
