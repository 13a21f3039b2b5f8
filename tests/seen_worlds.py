"""Random worlds of accounts, parties and flags, of which an account manager reaches a part."""

import random
from collections.abc import Iterable
from datetime import date
from typing import Any

from graph.identifiers import IdentifierKey
from graph.reach import Reached
from tests import worlds

ENDED = date(2022, 1, 1)
KINDS = ("PENALTY", "UNDERVALUATION", "SANCTIONED_OWNER", "SHELL_COMPANY")
VIEWER = "M-1"
WALKS: list[dict[str, Any]] = [
    {},
    {"direction": "OUT"},
    {"maxDegree": 4},
    {"includeFormer": True},
    {"relationshipTypes": ["HOLDS", "IDENTIFIES", "SHARES"]},
]


def world(chance: random.Random, n: int, key: IdentifierKey) -> list[worlds.Row]:
    """Accounts with numbers, their holders and what joins these; about a third is in reach.

    Everything has a name of its own, by which it would be found wherever it is told.
    """
    accounts = [f"Account:A-{n}-{at}" for at in range(5)]
    numbers = [f"ImporterNumber:N-{n}-{at}" for at in range(6)]
    parties = [f"Party:P-{n}-{at}" for at in range(7)]
    shared = [f"SharedAttribute:S-{n}-{at}" for at in range(2)]
    made: list[worlds.Row] = [
        *(
            worlds.account(one[8:], f"Tally {one[8:]}", ("Importer", "Broker")[at == 4])
            for at, one in enumerate(accounts)
        ),
        *(
            worlds.number(key, one.partition(":")[2], f"{n:02}-{at:07}XA")
            for at, one in enumerate(numbers)
        ),
        *(
            worlds.person(one[6:], f"Poll {one[6:]}")
            if at > 4
            else worlds.organization(one[6:], f"Orris {one[6:]}")
            for at, one in enumerate(parties)
        ),
        *(
            worlds.NodeRow(
                "SharedAttribute", one.partition(":")[2], ("SharedAttribute",),
                {"kind": "ADDRESS", "hash": one},
            )
            for one in shared
        ),
    ]  # fmt: skip
    for one in accounts:
        who = f"AccountManager:{VIEWER if chance.random() < 0.4 else 'M-2'}"
        made.append(worlds.claim(one, "MANAGED_BY", who, role="PRIMARY"))
        made.append(worlds.claim(one, "ASSIGNED_TO", "Center:CEE004", basis="APPEAL"))
    made += _joined(chance, accounts, numbers, parties, shared)
    for at, subject in enumerate(chance.sample(accounts + numbers + parties, 6)):
        made += _flag(chance, f"F-{n}-{at}", subject)
    return made


def _joined(
    chance: random.Random,
    accounts: list[str],
    numbers: list[str],
    parties: list[str],
    shared: list[str],
) -> Iterable[worlds.Row]:
    organizations = parties[:5]
    for one in numbers:
        yield _claim(chance, one, "IDENTIFIES", chance.choice(accounts[:4]))
        yield _claim(chance, chance.choice(parties), "HOLDS", one)
    for one in chance.sample(accounts[:4], 3):
        yield _claim(chance, one, "GRANTED_POA", accounts[4])
    first, second = chance.sample(numbers, 2)
    yield _claim(chance, first, "SUCCESSOR_OF", second)
    for one in chance.sample(parties, 5):
        yield _claim(chance, one, "SHARES", chance.choice(shared))
    for one in organizations:
        owner = chance.choice([each for each in parties if each != one])
        low = chance.randint(10, 90)
        yield worlds.owns(owner, one, low)
    owner, one = chance.sample(organizations, 2)
    yield _claim(chance, owner, "CONTROLS", one)
    yield _claim(chance, parties[5], "OFFICER_OF", chance.choice(organizations))


def _claim(chance: random.Random, start: str, type_: str, end: str) -> worlds.ClaimRow:
    return worlds.claim(start, type_, end, until=ENDED if chance.random() < 0.1 else None)


def _flag(chance: random.Random, id_: str, subject: str) -> list[worlds.Row]:
    kind, severity = chance.choice(KINDS), chance.choice([0.2, 0.5, 0.9])
    told = {"kind": kind, "severity": severity, "raisedOn": date(2024, 1, 1), "evidence": []}
    row = worlds.NodeRow("RiskFlag", id_, ("RiskFlag",), told)
    return [row, worlds.claim(f"RiskFlag:{id_}", "FLAGS", subject)]


def seen_of(rows: Iterable[worlds.Row], reached: Reached) -> list[worlds.Row]:
    """What is visible of these rows."""
    return [
        row
        for row in rows
        if all(map(reached.sees, keys_of(row)))
        if isinstance(row, worlds.NodeRow) or row.type not in reached.types
    ]


def keys_of(row: worlds.Row) -> list[str]:
    """What a row is about."""
    return [row.key] if isinstance(row, worlds.NodeRow) else [row.start, row.end]


def unmarked(answer: Any) -> Any:
    """An answer as it would be without its marks of redaction."""
    if isinstance(answer, list):
        return [unmarked(each) for each in answer if not redacted(each)]
    if not isinstance(answer, dict):
        return answer
    if answer.get("state") == "REDACTED":
        return {**answer, "state": "COMPLETE", "reason": None}
    told = {name: unmarked(value) for name, value in answer.items()}
    marked = (answer.get("completeness") or {}).get("state") == "REDACTED"
    if marked and answer.get("connected") == "UNDETERMINED":
        told["connected"] = "NO"
    return told


def redacted(node: Any) -> bool:
    """Whether a node of a neighborhood stands for what is hidden."""
    return isinstance(node, dict) and node.get("entity", {}).get("__typename") == "RedactedNode"
