"""Warnings about who owns an account: each where it is due, and not where it only seems so."""

from dataclasses import replace

import pytest

from graph import warnings
from graph.identifiers import IdentifierKey
from graph.load.rows import Source
from graph.policy import DEVELOPMENT
from graph.queries import query
from graph.session import Graph
from graph.terms import Permission, WarningCode
from tests import worlds
from tests.graph.warned import DAY, MOMENT, made, told
from tests.plans import operators, plan
from tests.worlds import account, claim, number, organization, owns, person

OTHER = Source("Filing", "row 1", "https://filing.example/1")


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
P, Q = "Party:P", "Party:Q"
O1, O2, O3 = "Party:O-1", "Party:O-2", "Party:O-3"
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


async def test_a_ring_of_two_holders_is_told_once(graph: Graph, key: IdentifierKey) -> None:
    await made(
        graph,
        *owned(key, 0, owns(O1, O2, 100), owns(O2, O1, 100), owns(O1, O1, 0)),
        claim("Party:O-2-0", "HOLDS", "ImporterNumber:N-0"),
    )

    assert await told(graph, "A-0") == [[RING[0].format("Mill 1 and Mill 2"), *OWN]]


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
