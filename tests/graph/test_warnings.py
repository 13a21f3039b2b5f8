"""Warnings about accounts: each code where it is due, and not where it only seems so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from graph import warnings
from graph.identifiers import IdentifierKey
from graph.load.rows import Source
from graph.load.write import write
from graph.moments import months
from graph.policy import DEVELOPMENT
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import Permission, WarningCode
from graph.warning_words import SENTENCES
from tests import worlds
from tests.plans import operators, plan
from tests.worlds import account, claim, number, organization, owns, person

DAY = date(2026, 1, 31)
MOMENT = Moment(DAY, datetime(2026, 2, 1, tzinfo=UTC))
OTHER = Source("Filing", "row 1", "https://filing.example/1")


async def made(graph: Graph, *rows: worlds.Row) -> None:
    outcome = await write(graph, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    graph.statements = 0


async def told(graph: Graph, *ids: str, moment: Moment = MOMENT) -> list[list[str]]:
    keys = [f"Account:{id_}" for id_ in ids]
    found = await warnings.warnings(graph, DEVELOPMENT, moment, keys)
    return [[f"{each.code}: {each.message}" for each in warned] for warned in found]


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


def owned(key: IdentifierKey, place: int, *claims: worlds.ClaimRow) -> list[worlds.Row]:
    """Account A-<place>, whose number O-1 holds; O-1 to O-3, P and Q of its own own like this."""
    root = f"{place + 10}-3456789AA"
    rows: list[worlds.Row] = [
        account(f"A-{place}", "Mill"),
        number(key, f"N-{place}", root),
        claim(f"ImporterNumber:N-{place}", "IDENTIFIES", f"Account:A-{place}"),
        *(organization(f"O-{n}-{place}", f"Mill {n}") for n in (1, 2, 3)),
        person(f"P-{place}", "Iris"),
        person(f"Q-{place}", "Otto"),
        claim(f"Party:O-1-{place}", "HOLDS", f"ImporterNumber:N-{place}"),
    ]
    own = [replace(c, start=f"{c.start}-{place}", end=f"{c.end}-{place}") for c in claims]
    return rows + own


def said(owner: str, share: int, most: int | None = None) -> worlds.ClaimRow:
    """The share of O-1 that another source gives."""
    return replace(owns(owner, "Party:O-1", share, most), source=OTHER)


ASKED = {"keys": [], "codes": [], "most": 1, "asOf": DAY, "knownAt": MOMENT.known_at}
P, Q, O1, O2, O3 = "Party:P", "Party:Q", "Party:O-1", "Party:O-2", "Party:O-3"
OVER = ["OVERSUBSCRIBED: The stated shares in Mill 1 (shareholding) sum to 140 percent."]
RING = ["OWNERLESS_RING: {} own one another completely; no owner stands outside the ring."]
OWN = ["TREASURY_SHARES: Mill 1 holds shares of its own; they carry no vote and no dividend."]
CONFLICT = [
    "CONFLICTING_CLAIMS: Filing and Register contradict one another on what Iris owns of Mill 1"
    " (shareholding)."
]
CASES: dict[str, tuple[list[worlds.ClaimRow], list[str]]] = {
    "too much": ([owns(P, O1, 80), owns(Q, O1, 60)], OVER),
    "all": ([owns(P, O1, 80), owns(Q, O1, 20)], []),
    "of two kinds": ([owns(P, O1, 80), owns(Q, O1, 60, interest="VOTING_RIGHTS")], []),
    "a range": ([owns(P, O1, 80), owns(Q, O1, 50, 75)], []),
    "indirect": ([owns(P, O1, 80), owns(Q, O1, 60, directOrIndirect="indirect")], []),
    "said twice": ([owns(P, O1, 80), said(P, 80)], []),
    "contradicted": ([owns(P, O1, 40), said(P, 60)], CONFLICT),
    "told more exactly": ([owns(P, O1, 25, 50), said(P, 40)], []),
    "own shares": ([owns(O1, O1, 20), owns(P, O1, 80)], OWN),
    "two": ([owns(O1, O2, 100), owns(O2, O1, 100)], [RING[0].format("Mill 1 and Mill 2")]),
    "two, nearly": ([owns(O1, O2, 100), owns(O2, O1, 99), owns(P, O1, 1)], []),
    "two, not all known": ([owns(O1, O2, 100), owns(O2, O1, 99)], []),
    "below a ring": ([owns(O2, O3, 100), owns(O3, O2, 100), owns(O2, O1, 100)], []),
    "in parts": (
        [
            *(owns(O1, O2, 50), owns(O3, O2, 50)),
            *(owns(O2, O1, 50), owns(O3, O1, 50)),
            *(owns(O1, O3, 50), owns(O2, O3, 50)),
        ],
        [RING[0].format("Mill 1, Mill 2 and Mill 3")],
    ),
}


async def test_owners(graph: Graph, key: IdentifierKey) -> None:
    places = range(len(CASES))
    cases = [claims for claims, _ in CASES.values()]
    worlds_ = [owned(key, place, *claims) for place, claims in zip(places, cases, strict=True)]
    await made(graph, *(row for world in worlds_ for row in world))

    found = await told(graph, *(f"A-{place}" for place in places))

    assert dict(zip(CASES, found, strict=True)) == {name: due for name, (_, due) in CASES.items()}
    assert graph.statements == 3


async def test_a_dense_ring_is_looked_through_once(graph: Graph, key: IdentifierKey) -> None:
    """Ten mills hold a ninth of each other: 9 * 9 * 9 * 9 * 9 ways lead up from the first one."""
    mills = range(1, 11)
    whole, more = divmod(1_000_000_000, 9)
    shares = [
        (a, b, whole + (more if a == (1 if b > 1 else 2) else 0))
        for a in mills for b in mills if a != b
    ]  # fmt: skip
    await made(
        graph,
        *owned(key, 0),
        *(organization(f"O-{n}-0", f"Mill {n}") for n in mills if n > 3),
        *(
            claim(
                f"Party:O-{a}-0",
                "OWNS",
                f"Party:O-{b}-0",
                interest="SHAREHOLDING",
                disclosed=True,
                minShare=low,
                maxShare=low,
            )
            for a, b, low in shares
        ),
    )

    assert await told(graph, "A-0") == [[RING[0].format("Mill 1, Mill 10, Mill 2 and 7 more")]]

    found = operators(await plan(graph, query("warning/ownership").text, ASKED))
    assert "VarLengthExpand(Pruning,BFS,All)" in found


async def test_who_may_not_read_ownership_is_not_told(graph: Graph, key: IdentifierKey) -> None:
    await made(graph, *owned(key, 0, owns(O1, O1, 20)))
    known = tuple(p for p in Permission if p is not Permission.READ_OWNERSHIP)
    viewer = replace(DEVELOPMENT, permissions=known)

    assert await warnings.warnings(graph, viewer, MOMENT, ["Account:A-0"]) == [[]]
    assert graph.statements == 2
    codes = [WarningCode.TREASURY_SHARES]
    assert (await warnings.warned(graph, viewer, MOMENT, codes)).keys == []
    assert (await warnings.warned(graph, DEVELOPMENT, MOMENT, codes)).keys == ["Account:A-0"]
    assert (await warnings.warned(graph, DEVELOPMENT, MOMENT, codes, ["Account:B"])).keys == []


async def test_what_is_not_all_looked_at_says_so(
    graph: Graph, key: IdentifierKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made(
        graph,
        *(account(f"A-{n}", "Mill") for n in range(3)),
        *(number(key, f"N-{n}", f"12-345678{n}AA", "VOIDED") for n in range(3)),
        *(claim(f"ImporterNumber:N-{n}", "IDENTIFIES", f"Account:A-{n}") for n in range(3)),
    )
    monkeypatch.setattr(warnings, "AT_ONCE", 1)
    codes = [WarningCode.NUMBER_NOT_ACTIVE]

    whole = await warnings.warned(graph, DEVELOPMENT, MOMENT, codes)
    monkeypatch.setattr(warnings, "CANDIDATES", 2)
    cut = await warnings.warned(graph, DEVELOPMENT, MOMENT, codes)

    assert (whole.keys, whole.complete) == ([f"Account:A-{n}" for n in range(3)], True)
    assert (cut.keys, cut.complete) == ([f"Account:A-{n}" for n in range(2)], False)


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(WarningCode)


def test_the_months_of_the_first_year_are_still_days() -> None:
    assert months(date(1, 5, 3)) == (date(1, 5, 1), date(1, 5, 1))
    assert months(DAY) == (date(2025, 1, 1), date(2026, 1, 1))
