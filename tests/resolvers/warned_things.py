"""What the histories of warnings, segments and figures begin with."""

import json
from datetime import date
from typing import Any

from graph.identifiers import IdentifierKey
from tests import worlds
from tests.resolvers.side_by_side import SIDES, Version, centers, claim, day_of, own, thing
from tests.resolvers.work_things import PARTS, account, part

MONTHS = [date(2021, 8, 1), date(2022, 1, 1), date(2022, 5, 1), date(2022, 9, 1)]
ACCOUNTS = ["Account:A-1", "Account:A-2"]
NUMBERS = ["ImporterNumber:N-1", "ImporterNumber:N-2", "ImporterNumber:N-3"]
WHOLE: dict[str, Any] = {"minShare": 10**9, "maxShare": 10**9}
WHOLE |= {"interest": "SHAREHOLDING", "source": "Register"}
ROOTS = {"N-1": 1, "N-2": 1, "N-3": 2}  # the first two are of one taxpayer


def code(side: int) -> str:
    """The filer code of the broker of a history."""
    return f"AB{side}"


def chapters(side: int) -> list[str]:
    """The two chapters that a history imports in, each at home in one of its Centers."""
    return [f"{side}1", f"{side}2"]


def root(number: str) -> str:
    """What tells the taxpayer of a number."""
    _, name, which, side = number.replace(":", "-").split("-")
    return f"{ROOTS[f'{name}-{which}']}-{side}"


def things(key: IdentifierKey) -> list[worlds.Row]:
    """What is there from the beginning; numbers and accounts change later."""
    term = {"vocabulary": "RISK_FLAG_KIND", "code": "PENALTY", "label": "Penalty"}
    made: list[worlds.Row] = [worlds.NodeRow("Term", "RISK_FLAG_KIND.PENALTY", ("Term",), {**term})]
    for side in SIDES:
        made += [
            *(worlds.center(each.partition(":")[2], each) for each in centers(side)),
            *(worlds.manager(own(f"M-{n}", side), f"Manager {n}") for n in (1, 2)),
            worlds.code(code(side)),
            *(_number(key, name, side) for name in ROOTS),
            *(worlds.organization(own(f"O-{n}", side), f"Firm {n}") for n in (1, 2, 3)),
            *(
                worlds.NodeRow("HtsChapter", each, ("HtsChapter",), {"code": each, "title": each})
                for each in chapters(side)
            ),
        ]
    return made


def _number(key: IdentifierKey, name: str, side: int) -> worlds.NodeRow:
    suffix = "AC" if name == "N-2" else "AB"
    return worlds.number(key, own(name, side), f"12-34567{side}{ROOTS[name]}{suffix}")


def begun(side: int) -> list[Version]:
    """How each history begins: the first account has everything, the second a number."""
    first, second = (own(each, side) for each in ACCOUNTS)
    one, two, three = (own(each, side) for each in NUMBERS)
    holder, firm = own("Party:O-1", side), own("Party:O-2", side)
    managers = [own(f"AccountManager:M-{n}", side) for n in (1, 2)]
    here, there = centers(side)
    parts = [own(f"IsaParticipation:{each}", side) for each in PARTS]
    return [
        *(thing(0, each, **account("Copper Works")) for each in (first, second)),
        thing(0, own("Account:B-1", side), **account("Broker")),
        *(thing(0, each, status="ACTIVE") for each in (one, two, three)),
        thing(0, parts[0], **part("ACTIVE", 0, 3, 0)),
        *(thing(0, each, **part("ACCEPTED_PENDING_MANAGER", 0, 2, 0)) for each in parts[1:]),
        thing(0, own("RiskFlag:F-1", side), **flag("PENALTY", 1, None)),
        *(thing(0, each, **figures(each, 10)) for each in cells(side)),
        *(measured(0, each) for each in cells(side)[:4]),
        claim(0, "IDENTIFIES", one, first),
        claim(0, "IDENTIFIES", three, second),
        claim(0, "IDENTIFIES", f"FilerCode:{code(side)}", own("Account:B-1", side)),
        claim(0, "HOLDS", holder, one),
        claim(0, "MANAGED_BY", first, managers[0], role="PRIMARY"),
        claim(0, "MANAGED_BY", second, managers[1], 6, role="PRIMARY"),
        claim(0, "MEMBER_OF", managers[0], here),
        claim(0, "MEMBER_OF", managers[1], there),
        claim(0, "OWNS", holder, firm, **WHOLE),
        claim(0, "OWNS", firm, holder, 2, 9, **WHOLE),
        *(claim(0, "ASSIGNED_TO", each, here, basis="APPEAL") for each in (first, second)),
        *(claim(0, "PARTICIPATES_IN", *each) for each in ((first, parts[0]), (second, parts[1]))),
        claim(0, "FLAGS", own("RiskFlag:F-1", side), two),
        *(
            claim(0, "SCOPE_OF", f"HtsChapter:{chapter}", center, precedence=5)
            for chapter, center in zip(chapters(side), (here, there), strict=True)
        ),
    ]


def flag(kind: str, raised: int, resolved: int | None) -> dict[str, Any]:
    """What a flag says, by its days."""
    return {
        "kind": kind,
        "severity": 0.5,
        "raisedOn": day_of(raised),
        "resolvedOn": None if resolved is None else day_of(resolved),
    }


def cells(side: int) -> list[str]:
    """The cells of figures: an account's month and chapter, in the order of months."""
    return [
        f"PerformancePeriod:{own(which, side)}-{month:%Y%m}-{chapter}"
        for which in ("A-1", "A-2")
        for month in MONTHS
        for chapter in chapters(side)
    ]


def figures(cell: str, lines: int, wrong: int = 0) -> dict[str, Any]:
    """What a cell says; in the first chapter the broker files, with a dollar for each line."""
    _, _, side, month, chapter = cell.partition(":")[2].split("-")
    return {
        "month": date(int(month[:4]), int(month[4:]), 1),
        "chapter": chapter,
        "filerCode": code(int(side)) if chapter.endswith("1") else None,
        "lines": lines,
        "entrySummaries": lines // 2,
        "enteredValue": lines * 100,
        "currency": "USD",
        "sampledLines": lines,
        "discrepantLines": wrong,
    }


def measured(turn: int, cell: str) -> Version:
    """That a cell measures its account."""
    which, number, side, *_ = cell.partition(":")[2].split("-")
    return claim(turn, "MEASURES", cell, f"Account:{which}-{number}-{side}")


def rule(**given: Any) -> str:
    """A rule of a segment as it is stored."""
    return json.dumps(given)
