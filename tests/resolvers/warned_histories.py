"""What random histories say of numbers, shares, flags and figures, and of the rules of segments."""

from random import Random
from typing import Any

from tests.resolvers.sayings import Saying, joined, maybe, month, one, retracted
from tests.resolvers.side_by_side import SIDES, Version, centers, claim, day_of, own, thing
from tests.resolvers.warned_things import (
    ACCOUNTS,
    NUMBERS,
    cells,
    chapters,
    code,
    figures,
    flag,
    measured,
    rule,
)
from tests.resolvers.work_histories import participates, participation
from tests.resolvers.work_things import NAMES, account

MOST = 24  # that is said in a history after its beginning
FIRMS = ["Party:O-1", "Party:O-2", "Party:O-3"]
MANAGERS = ["AccountManager:M-1", "AccountManager:M-2"]
SHARES = [(40, 40), (60, 60), (100, 100), (20, 50)]
RULES: list[dict[str, Any]] = [
    {"warnings": ["CENTER_MISMATCH", "NUMBER_NOT_ACTIVE"]},
    {"warnings": ["ISA_PENDING_MANAGER"]},
    {"isaStatuses": ["ACTIVE", "SUSPENDED"]},
    {"flagKinds": ["PENALTY"]},
    {"hasPrimaryManager": False},
    {"statuses": ["SUSPENDED"]},
    {"minEnteredValue": "30.00"},
    {"chapters": [chapters(side)[1] for side in SIDES]},
    {"centers": [centers(side)[1].partition(":")[2] for side in SIDES]},
    {"not": {"statuses": ["ACTIVE"]}, "kinds": ["IMPORTER"]},
]


def _called(chance: Random, turn: int, side: int) -> Version:
    told = account(chance.choice(NAMES)) | {"status": chance.choice(["ACTIVE", "SUSPENDED"])}
    return thing(turn, one(chance, side, *ACCOUNTS), **told)


def _numbered(chance: Random, turn: int, side: int) -> Version:
    status = chance.choice(["ACTIVE", "INACTIVE", "VOIDED"])
    return thing(turn, one(chance, side, *NUMBERS), status=status)


def _flagged(chance: Random, turn: int, side: int) -> Version:
    raised = chance.randint(-8, 8)
    told = flag(chance.choice(["PENALTY", "PENALTY", "IPR"]), raised, maybe(chance, raised))
    return thing(turn, one(chance, side, "RiskFlag:F-1", "RiskFlag:F-2"), **told)


def _flags(chance: Random, turn: int, side: int) -> Version:
    subjects = [*NUMBERS, *ACCOUNTS, "Party:O-1"]
    ends = one(chance, side, "RiskFlag:F-1", "RiskFlag:F-2"), one(chance, side, *subjects)
    return retracted(chance, claim(turn, "FLAGS", *ends))


def _filed(chance: Random, turn: int, side: int) -> Version:
    cell, lines = chance.choice(cells(side)), chance.choice([0, 10, 20, 30])
    return thing(turn, cell, **figures(cell, lines, chance.randint(0, lines // 10)))


def _measured(chance: Random, turn: int, side: int) -> Version:
    return retracted(chance, measured(turn, chance.choice(cells(side))))


def _owned(chance: Random, turn: int, side: int) -> Version:
    low, high = chance.choice(SHARES)
    shares = {"minShare": low * 10**7, "maxShare": high * 10**7}
    source = chance.choice(["Register", "Register", "Filing"])
    saying = joined(
        "OWNS", FIRMS, FIRMS[:2], {"interest": "SHAREHOLDING", "source": source, **shares}
    )
    return saying(chance, turn, side)


def _filing(chance: Random, turn: int, side: int) -> Version:
    first = month(chance, 8)
    ends = f"FilerCode:{code(side)}", own("Account:B-1", side)
    return retracted(chance, claim(turn, "IDENTIFIES", *ends, first, maybe(chance, first + 1)))


def _scoped(chance: Random, turn: int, side: int) -> Version:
    """The other Center of a chapter, which goes before its own one."""
    which, first = chance.randint(0, 1), month(chance, 8)
    ends = f"HtsChapter:{chapters(side)[which]}", centers(side)[1 - which]
    last = maybe(chance, first + 1)
    return retracted(chance, claim(turn, "SCOPE_OF", *ends, first, last, precedence=3))


SAYINGS: list[Saying] = [
    _called,
    _numbered,
    _numbered,
    _flagged,
    _flags,
    *[_filed] * 3,
    *[_measured] * 3,
    *[_owned] * 5,
    _filing,
    _scoped,
    participation,
    participates,
    joined("MANAGED_BY", ACCOUNTS, MANAGERS, {"role": "PRIMARY"}, {"role": "BACKUP"}),
    joined("MEMBER_OF", MANAGERS, ("0", "1")),
    *[joined("ASSIGNED_TO", ACCOUNTS, ("0", "1"), {"basis": "APPEAL"})] * 2,
    *[joined("GRANTED_POA", ACCOUNTS, ("Account:B-1",))] * 2,
    *[joined("IDENTIFIES", NUMBERS, [*ACCOUNTS, "Account:B-1"])] * 3,
    joined("HOLDS", FIRMS[:2], NUMBERS),
    *[joined("SUCCESSOR_OF", NUMBERS[::2], NUMBERS[1:2])] * 2,
]


def published(chance: Random) -> list[Version]:
    """Segments defined and defined anew: each definition ends the one before on its first day."""
    said = [_version(0, "Care", 1, 0, 1, RULES[0]), _version(0, "Watch", 1, 0, 2, RULES[4])]
    last = {"Care": said[0], "Watch": said[1]}
    for turn in sorted(chance.randint(1, 12) for _ in range(5)):
        name = chance.choice(["Care", "Watch"])
        before, since = last[name], turn + chance.randint(0, 2)
        if before.told["validFrom"] < day_of(since):
            made = (before.told["number"] + 1, since, chance.randint(1, 2), chance.choice(RULES))
            said.append(thing(turn, before.of[0], **before.told | {"validTo": day_of(since)}))
            last[name] = _version(turn, name, *made)
            said.append(last[name])
    return said


def _version(
    turn: int, name: str, number: int, since: int, precedence: int, given: dict[str, Any]
) -> Version:
    return thing(
        turn, f"RiskSegment:{name.lower()}.{number}", name=name, number=number, treatment="Care",
        precedence=precedence, filter=rule(**given), validFrom=day_of(since), validTo=None,
    )  # fmt: skip
