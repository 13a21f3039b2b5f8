"""Requests for another Center, and the account that moved by one."""

from datetime import date

from graph.demo.sources import CENTERS
from graph.demo.world import World
from graph.terms import CenterBasis

LINES = "Over 80 percent of our lines are now in its chapters."
USE = "Our goods are parts for the machines that this Center handles."
# account, wanted Center, basis, state, asked on, decided on, request appealed
REQUESTS = (
    ("A-1004", "CEE007", CenterBasis.APPEAL, "GRANTED", date(2025, 5, 12), date(2025, 8, 20), None),
    ("A-1004", "CEE010", CenterBasis.HIGHEST_VALUE, "DENIED", date(2026, 4, 2), date(2026, 6, 15),
     None),
    ("A-1062", "CEE007", CenterBasis.INTENDED_USE, "DENIED", date(2026, 5, 4), date(2026, 7, 30),
     None),
    ("A-1062", "CEE007", CenterBasis.APPEAL, "UNDER_REVIEW", date(2026, 9, 1), None, "CR-3"),
    ("A-1077", "CEE007", CenterBasis.PREDOMINANT_NUMBER, "REQUESTED", date(2026, 11, 3), None,
     None),
    ("A-1101", "CEE007", CenterBasis.PREDOMINANT_NUMBER, "UNDER_REVIEW", date(2026, 10, 5), None,
     None),
    ("A-1014", "CEE002", CenterBasis.BUSINESS_PRACTICE, "WITHDRAWN", date(2026, 2, 9),
     date(2026, 3, 2), None),
    ("A-1142", "CEE001", CenterBasis.PREDOMINANT_NUMBER, "REQUESTED", date(2026, 11, 16), None,
     None),
    ("A-1199", "CEE009", CenterBasis.HIGHEST_VALUE, "UNDER_REVIEW", date(2026, 8, 24), None, None),
    ("A-1240", "CEE005", CenterBasis.PREDOMINANT_NUMBER, "DENIED", date(2025, 3, 10),
     date(2025, 5, 28), None),
    ("A-1288", "CEE003", CenterBasis.INTENDED_USE, "WITHDRAWN", date(2025, 9, 15),
     date(2025, 10, 1), None),
)  # fmt: skip
WORDS = {
    "GRANTED": "The goods are measuring instruments by intended use; moved from September 1.",
    "DENIED": "The tariff lines of the last year do not bear the claim out.",
    "WITHDRAWN": "Withdrawn by the account.",
}


def write(world: World) -> None:
    """Write the moves of Copperline Instruments, then all requests."""
    _moves(world)
    for request in REQUESTS:
        _request(world, *request)


def _moves(world: World) -> None:
    account = world.importer("A-1004")
    turns = (
        ("CEE009", account.since, date(2018, 1, 8), CenterBasis.BUSINESS_PRACTICE,
         "First assignment"),
        ("CEE010", date(2018, 1, 8), date(2025, 9, 1), CenterBasis.PREDOMINANT_NUMBER,
         "Most lines in chapter 84"),
        ("CEE007", date(2025, 9, 1), None, CenterBasis.APPEAL, "Request CR-1 granted"),
    )  # fmt: skip
    for center, since, until, basis, reason in turns:
        world.book.claim(
            "ASSIGNED_TO", account.key, f"Center:{center}", CENTERS, since, until,
            basis=str(basis), reason=reason, by="Karin Lockwood",
        )  # fmt: skip


def _request(
    world: World, name: str, wanted: str, basis: CenterBasis, state: str, asked: date,
    decided: date | None, appeals: str | None,
) -> None:  # fmt: skip
    account = world.importer(name)
    leaving = "CEE010" if state == "GRANTED" else account.center
    key = world.book.thing(
        "CenterChangeRequest", world.next("CR"), ("CenterChangeRequest",), asked,
        account=name, fromCenter=leaving, toCenter=wanted, basis=str(basis), state="REQUESTED",
        statement=USE if basis is CenterBasis.INTENDED_USE else LINES, requestedOn=asked,
        requestedBy=f"{account.name}, customs manager", appeals=appeals,
    )  # fmt: skip
    if state == "UNDER_REVIEW":
        world.book.change(key, asked.replace(day=20), state=state)
    if decided:
        world.book.change(
            key, decided, state=state, decidedOn=decided, decision=WORDS[state],
            decidedBy="Center director's desk",
        )  # fmt: skip
