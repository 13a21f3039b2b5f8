"""Warnings about accounts: each code where it is due, and not where it only seems so."""

from dataclasses import replace
from datetime import UTC, date, datetime

from graph.identifiers import IdentifierKey
from graph.moments import months
from graph.session import Graph
from graph.terms import WarningCode
from graph.warning_words import SENTENCES
from tests import worlds
from tests.graph.warned import DAY, MOMENT, made, told
from tests.worlds import account, claim, number


def figures(whose: str, month: date, lines: int, chapter: str, code: str = "") -> list[worlds.Row]:
    id_ = f"{whose}-{month:%Y%m}-{chapter}-{code}"
    properties: dict[str, object] = {"month": month, "chapter": chapter, "lines": lines}
    if code:
        properties["filerCode"] = code
    period = worlds.NodeRow("PerformancePeriod", id_, ("PerformancePeriod",), properties)
    return [period, claim(period.key, "MEASURES", f"Account:{whose}", month)]


def participation(id_: str, whose: str, accepted: date) -> list[worlds.Row]:
    properties: dict[str, object] = {
        "status": "ACCEPTED_PENDING_MANAGER",
        "acceptedOn": accepted,
        "pendingSince": accepted,
    }
    node = worlds.NodeRow("IsaParticipation", id_, ("IsaParticipation",), properties)
    return [node, claim(f"Account:{whose}", "PARTICIPATES_IN", node.key)]


async def test_centers(graph: Graph) -> None:
    """MIS and FIT are managed from CEE004; of PRE and TIE the figures tell what they import."""
    november, long_ago = date(2025, 11, 1), date(2024, 12, 1)
    chapters = [
        worlds.NodeRow("HtsChapter", code, ("HtsChapter",), {"code": code, "title": code})
        for code in ("62", "85")
    ]
    await made(
        graph,
        worlds.center("CEE004", "Apparel"),
        worlds.center("CEE007", "Electronics"),
        *(account(id_, id_) for id_ in ("MIS", "FIT", "PRE", "TIE")),
        worlds.manager("M-1", "R. Alder"),
        worlds.manager("M-2", "S. Birch"),
        claim("AccountManager:M-1", "MEMBER_OF", "Center:CEE004"),
        claim("AccountManager:M-2", "MEMBER_OF", "Center:CEE007"),
        claim("Account:MIS", "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"),
        claim("Account:FIT", "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"),
        claim("Account:FIT", "MANAGED_BY", "AccountManager:M-2", role="BACKUP"),
        claim("Account:MIS", "ASSIGNED_TO", "Center:CEE007"),
        *(claim(f"Account:{id_}", "ASSIGNED_TO", "Center:CEE004") for id_ in ("FIT", "PRE", "TIE")),
        *chapters,
        claim("HtsChapter:62", "SCOPE_OF", "Center:CEE004", precedence=5),
        claim("HtsChapter:62", "SCOPE_OF", "Center:CEE007", precedence=8),
        claim("HtsChapter:85", "SCOPE_OF", "Center:CEE007", precedence=5),
        *figures("PRE", november, 10, "62"),
        *figures("PRE", november, 1030, "85"),
        *figures("PRE", long_ago, 5000, "62"),
        *figures("TIE", november, 10, "62"),
        *figures("TIE", november, 10, "85"),
    )

    assert await told(graph, "MIS", "FIT", "PRE", "TIE") == [
        [
            "CENTER_MISMATCH: Its Center is Electronics, but its primary manager R. Alder belongs"
            " to Apparel."
        ],
        [],
        [
            "CENTER_NOT_PREDOMINANT: Its Center is Apparel, but 1,030 of its 1,040 lines of the"
            " last 12 whole months belong to Electronics."
        ],
        [],
    ]
    assert graph.statements == 3
    before = replace(MOMENT, as_of=date(2019, 1, 1))
    unknown = replace(MOMENT, known_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert await told(graph, "MIS", moment=before) == [[]]
    assert await told(graph, "MIS", moment=unknown) == [[]]


async def test_participants_who_wait(graph: Graph) -> None:
    """LONG waits for 30 days, NEW for less; HAS got a manager meanwhile."""
    await made(
        graph,
        *(account(id_, id_) for id_ in ("LONG", "NEW", "HAS")),
        *participation("I-1", "LONG", date(2026, 1, 1)),
        *participation("I-2", "NEW", date(2026, 1, 2)),
        *participation("I-3", "HAS", date(2025, 1, 1)),
        worlds.manager("M-1", "R. Alder"),
        claim("Account:HAS", "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"),
    )

    sentence = "Its ISA participation I-1 was accepted on 2026-01-01 and still has no manager."
    assert await told(graph, "LONG", "NEW", "HAS") == [[f"ISA_PENDING_MANAGER: {sentence}"], [], []]


async def test_numbers(graph: Graph, key: IdentifierKey) -> None:
    """
    A: 12-3456789AA (old, inactive), ...AB; B: ...AC; C had an inactive one
    D: 11-1111111AA after 11-1111111AB, E: 22-2222222AA after 22-2222222AB, a day too late
    """
    penalty: dict[str, object] = {"kind": "PENALTY", "severity": 0.5, "raisedOn": date(2024, 1, 1)}
    texts = {
        "1": ("12-3456789AA", "INACTIVE"),
        "2": ("12-3456789AB", "ACTIVE"),
        "3": ("12-3456789AC", "ACTIVE"),
        "4": ("13-3456789AC", "VOIDED"),
        "5": ("11-1111111AA", "ACTIVE"),
        "6": ("11-1111111AB", "ACTIVE"),
        "7": ("22-2222222AA", "ACTIVE"),
        "8": ("22-2222222AB", "ACTIVE"),
        "9": ("219-09-9999", "INACTIVE"),
    }
    held = {"1": "A", "2": "A", "3": "B", "5": "D", "7": "E", "9": "F"}
    flags = [worlds.NodeRow("RiskFlag", f"F-{n}", ("RiskFlag",), penalty) for n in "68"]
    await made(
        graph,
        *(account(id_, id_) for id_ in "ABCDEF"),
        *(number(key, f"N-{n}", *text) for n, text in texts.items()),
        *(claim(f"ImporterNumber:N-{n}", "IDENTIFIES", f"Account:{a}") for n, a in held.items()),
        claim("ImporterNumber:N-4", "IDENTIFIES", "Account:C", until=date(2024, 1, 1)),
        *flags,
        claim("RiskFlag:F-6", "FLAGS", "ImporterNumber:N-6", until=date(2024, 6, 1)),
        claim("RiskFlag:F-8", "FLAGS", "ImporterNumber:N-8"),
        claim("ImporterNumber:N-5", "SUCCESSOR_OF", "ImporterNumber:N-6", date(2025, 1, 1)),
        claim("ImporterNumber:N-7", "SUCCESSOR_OF", "ImporterNumber:N-8", date(2025, 1, 2)),
    )

    assert await told(graph, *"ABCDEF") == [
        [
            "NUMBER_NOT_ACTIVE: Its importer number 12-3456789AA is inactive.",
            "SPLIT_TAXPAYER: The IRS root 12-3456789 of its numbers also identifies another"
            " account: B.",
        ],
        [
            "SPLIT_TAXPAYER: The IRS root 12-3456789 of its numbers also identifies another"
            " account: A."
        ],
        [],
        [
            "NUMBER_SUCCESSION: Its number 11-1111111AA replaced 11-1111111AB on 2025-01-01,"
            " within 12 months of the penalty flag of 2024-01-01."
        ],
        [],
        ["NUMBER_NOT_ACTIVE: Its importer number ***-**-9999 is inactive."],
    ]


async def test_brokers(graph: Graph, key: IdentifierKey) -> None:
    """B files for LATE after its power ended, for ENDING in the month its power ends."""
    november = date(2025, 11, 1)
    await made(
        graph,
        account("B", "Pelican Point", "Broker"),
        worlds.code("B76"),
        claim("FilerCode:B76", "IDENTIFIES", "Account:B"),
        number(key, "N-1", "12-3456789AA"),
        claim("ImporterNumber:N-1", "IDENTIFIES", "Account:B"),
        account("LATE", "LATE"),
        account("ENDING", "ENDING"),
        claim("Account:LATE", "GRANTED_POA", "Account:B", until=november),
        claim("Account:ENDING", "GRANTED_POA", "Account:B", until=date(2025, 11, 2)),
        *figures("LATE", november, 1, "62", "B76"),
        *figures("LATE", date(2025, 10, 1), 1, "62", "B76"),
        *figures("ENDING", november, 1, "62", "B76"),
        *figures("B", november, 1, "62", "B76"),
    )

    assert await told(graph, "B", "LATE", "ENDING") == [
        ["BROKER_AS_IMPORTER: A broker account, it holds the importer number 12-3456789AA."],
        [
            "NO_POWER_OF_ATTORNEY: Pelican Point filed for it in 1 month without a power of"
            " attorney in force, last in 2025-11."
        ],
        [],
    ]


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(WarningCode)


def test_the_months_of_the_first_year_are_still_days() -> None:
    assert months(date(1, 5, 3)) == (date(1, 5, 1), date(1, 5, 1))
    assert months(DAY) == (date(2025, 1, 1), date(2026, 1, 1))
