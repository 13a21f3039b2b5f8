"""A program in which some is hidden from most callers, and what may be hidden there besides.

The places of `tests.matrix`, joined: what is seen already has a neighbor that is not, so that one
more of them changes no mark of redaction either.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.identifiers import IdentifierKey
from tests import worlds
from tests.graph.cedar import DISCIPLINES, NORTH, SOUTH
from tests.matrix import program
from tests.matrix.program import NUMBERS, OTHERS
from tests.reach.random_world import FLAG, MONTHS, thing
from tests.worlds import Row, claim

OWN, FAR, NOWHERE = "Account:A-own", "Account:A-else", "Account:A-nowhere"
Rows = Callable[[IdentifierKey], Iterable[Row]]


def rows(key: IdentifierKey) -> list[Row]:
    """All of it."""
    return [*program.rows(key), *_joined(key)]


def _joined(key: IdentifierKey) -> Iterable[Row]:
    yield worlds.number(key, "X-0", f"{NUMBERS['own'][:-2]}XA")
    yield claim("ImporterNumber:X-0", "IDENTIFIES", FAR)
    for place in program.PLACES:
        yield claim(f"Party:O-{place}", "HOLDS", "ImporterNumber:X-0")
        yield claim("ImporterNumber:M-else", "SHARES", f"SharedAttribute:S-{place}")
        yield claim("ImporterNumber:M-else", "SUCCESSOR_OF", f"ImporterNumber:N-{place}")
        yield claim(NOWHERE, "GRANTED_POA", f"Account:B-{place}", scope="ENTRY")
    yield claim("Issue:I-A-own", "CONCERNS", FAR)
    yield claim("Strategy:ST-A-own", "CONCERNS", FAR)
    yield from _handled("X-0", "Heron issue of nobody's", NOWHERE)


def _handled(id_: str, title: str, account: str) -> Iterable[Row]:
    """An issue of an account that every discipline has a part in."""
    yield thing("Issue", id_, purpose="ADVICE", title=title, status="OPEN",
                openedOn=worlds.SINCE, dueOn=worlds.SINCE)  # fmt: skip
    yield claim(f"Issue:{id_}", "CONCERNS", account)
    for part, code in zip(("LEAD", "INVOLVED"), DISCIPLINES, strict=True):
        yield claim(f"Issue:{id_}", "HANDLED_BY", f"Discipline:{code}", part=part)


def _flag(id_: str, subject: str) -> Iterable[Row]:
    yield thing("RiskFlag", id_, **FLAG)
    yield claim(f"RiskFlag:{id_}", "FLAGS", subject)


def _account(key: IdentifierKey) -> Iterable[Row]:
    yield worlds.account("X-1", "Heron Mill Shadow")
    yield claim("Account:X-1", "ASSIGNED_TO", f"Center:{SOUTH}", basis="APPEAL")
    yield worlds.number(key, "X-1", f"{NUMBERS['own'][:-2]}XB")
    yield claim("ImporterNumber:X-1", "IDENTIFIES", "Account:X-1")
    yield claim("Party:O-own", "HOLDS", "ImporterNumber:X-1")


def _broker(key: IdentifierKey) -> Iterable[Row]:
    yield worlds.account("X-2", "Heron Brokers Shadow", "Broker", licenseNumber="L-2")
    yield worlds.code("X27")
    yield claim("FilerCode:X27", "IDENTIFIES", "Account:X-2")
    yield claim("Party:O-own", "HOLDS", "FilerCode:X27")


def _number(key: IdentifierKey) -> Iterable[Row]:
    yield worlds.number(key, "X-4", f"{NUMBERS['own'][:-2]}XC")
    yield claim("ImporterNumber:X-4", "IDENTIFIES", NOWHERE)
    yield claim("Party:O-own", "HOLDS", "ImporterNumber:X-4")


def _request(key: IdentifierKey) -> Iterable[Row]:
    yield thing("CenterChangeRequest", "X-5", account="A-nowhere", fromCenter=SOUTH,
                toCenter=NORTH, state="REQUESTED", basis="APPEAL", statement="It moves too.",
                requestedOn=worlds.SINCE, requestedBy=OTHERS)  # fmt: skip


def _notification(key: IdentifierKey) -> Iterable[Row]:
    yield thing("AnnualNotification", "X-6", participation="Y-A-else", dueOn=worlds.SINCE)


def _figures(key: IdentifierKey) -> Iterable[Row]:
    for id_, value in (("PP-A-else", 90_000), ("PP-X", 7)):
        yield thing("PerformancePeriod", id_, month=MONTHS[0], chapter="61", origin="VN",
                    port="2704", importerNumber="N-else", filerCode="Q47", currency="USD",
                    entrySummaries=10, lines=2_000, enteredValue=value)  # fmt: skip
        yield claim(f"PerformancePeriod:{id_}", "MEASURES", FAR)


def _strategy(key: IdentifierKey) -> Iterable[Row]:
    yield thing("Strategy", "X-7", title="Heron plan of another", objective="More",
                status="ACTIVE", startsOn=worlds.SINCE, reviewOn=worlds.SINCE,
                segmentId="high.1", measures=[])  # fmt: skip
    yield claim("Strategy:X-7", "CONCERNS", FAR)
    yield claim("Strategy:X-7", "ADDRESSES", "Issue:I-A-own")
    yield claim("Strategy:X-7", "HANDLED_BY", f"Discipline:{DISCIPLINES[0]}", part="LEAD")


@dataclass(frozen=True)
class Difference:
    """What one database has besides; `right` is what who sees the accounts lacks, if it is hidden.

    From who sees no account of the places else and nowhere it is hidden anyway, unless it is
    `open`: of parties, which all see.
    """

    name: str
    rows: Rows
    right: str = ""
    open: bool = False


DIFFERENCES = [
    Difference("an account", _account),
    Difference("a broker", _broker),
    Difference("a flag on an account", lambda _: _flag("X-1", FAR), "READ_RISK"),
    Difference("a flag on a number", lambda _: _flag("X-2", "ImporterNumber:N-else"), "READ_RISK"),
    Difference(
        "a note",
        lambda _: [thing("RiskFlag", "F-A-else", **{**FLAG, "severity": 0.9, "note": "Worse"})],
        "READ_RISK",
    ),
    Difference("an issue", lambda _: _handled("X-3", "Heron issue of another", FAR)),
    Difference("a number", _number),
    Difference(
        "an assignment",
        lambda _: [claim(NOWHERE, "MANAGED_BY", f"AccountManager:{OTHERS}", role="PRIMARY")],
    ),
    Difference("a request", _request),
    Difference("a notification", _notification),
    Difference("figures", _figures),
    Difference("a strategy", _strategy),
    Difference(
        "a shared attribute",
        lambda _: [claim("ImporterNumber:N-nowhere", "SHARES", "SharedAttribute:S-own")],
        "READ_RISK",
    ),
    Difference(
        "a power of attorney",
        lambda _: [claim(FAR, "GRANTED_POA", "Account:B-own", scope="ENTRY")],
    ),
    Difference(
        "a succession",
        lambda _: [claim("ImporterNumber:N-nowhere", "SUCCESSOR_OF", "ImporterNumber:N-own")],
    ),
    Difference(
        "another name",
        lambda _: [worlds.account("A-else", "Heron Mill Once", national=True)],
    ),
    Difference(
        "an owner",
        lambda _: [worlds.owns("Party:O-here", "Party:D-own", 5)],
        "READ_OWNERSHIP",
        open=True,
    ),
    Difference("a flag on a party", lambda _: _flag("X-3", "Party:D-own"), "READ_RISK", open=True),
]
"""Each kind of fact that may be hidden. What callers keep for themselves is beside these."""
