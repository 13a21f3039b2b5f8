"""The program that the cells are asked of: the same family of things in each of six places.

A place is an account of `tests.graph.cedar`, as the caller stands to it, with a broker that stands
alike and one of everything that hangs on accounts. Nothing joins one place with another, so that
who sees a place is told of it what everybody is told who sees it.
"""

from collections.abc import Iterator
from datetime import timedelta

from graph.identifiers import IdentifierKey
from graph.reference.policy import policy
from graph.reference.tables import FOLDER
from tests import days, worlds
from tests.graph.cedar import ACCOUNTS, DISCIPLINES, NORTH, SOUTH
from tests.reach.random_world import FLAG, MONTHS, thing
from tests.worlds import Row, claim

ME, SECOND = "P-1", "P-2"  # a manager and a specialist; a specialist of the second discipline
PLACES = ("own", "here", "issue", "served", "else", "nowhere")
"""Managed, of the Center, with an issue of the discipline, served; another Center's, and none's."""
WORDS = dict(zip(PLACES, ("Heron", "Gannet", "Pelican", "Plover", "Avocet", "Dunlin"), strict=True))
NUMBERS = {place: f"{21 + n}-3456789AA" for n, place in enumerate(PLACES)}
CODES = {place: f"Q{n}7" for n, place in enumerate(PLACES)}
OTHERS = "Z-1"  # who works with what is not the caller's
LEGAL = "LEGAL"  # a discipline that reaches nothing here


def rows(key: IdentifierKey) -> list[Row]:
    """All of it, around a caller at NORTH: a manager, or a specialist of either discipline."""
    return [*_staff(), *_reference()] + [
        row for place in PLACES for row in (*_accounts(place), *_hung(place, key))
    ]


def _staff() -> Iterator[Row]:
    yield worlds.center(NORTH, "North", "Northern")
    yield worlds.center(SOUTH, "South", "Southern")
    for code in (*DISCIPLINES, LEGAL):
        yield thing("Discipline", code, code=code, name=code.title(), reportsTo="Somebody")
    for id_, center in ((ME, NORTH), (SECOND, NORTH), (OTHERS, SOUTH)):
        told: dict[str, object] = {"email": f"{id_.lower()}@cbp.example", "phone": "1-555-0100"}
        yield worlds.NodeRow("AccountManager", id_, ("AccountManager",), {
            "name": f"Manager {id_}", "active": True, "national": True, **told})  # fmt: skip
        yield thing("Specialist", id_, name=f"Specialist {id_}", active=True, **told)
        for kind in ("AccountManager", "Specialist"):
            yield claim(f"{kind}:{id_}", "MEMBER_OF", f"Center:{center}")
    for id_, code in zip((ME, SECOND, OTHERS), (*DISCIPLINES, LEGAL), strict=True):
        yield claim(f"Specialist:{id_}", "PRACTISES", f"Discipline:{code}")


def _reference() -> Iterator[Row]:
    yield policy(FOLDER / "risk_policy.json")
    yield thing("Port", "2704", code="2704", name="Los Angeles")
    yield thing("HtsChapter", "61", code="61", title="Knitted apparel")
    yield claim("HtsChapter:61", "SCOPE_OF", f"Center:{NORTH}", precedence=1)
    yield thing("RiskSegment", "high.1", name="High", number=1, precedence=1, treatment="Care",
                filter='{"minRisk": 0.1}', validFrom=worlds.SINCE)  # fmt: skip
    for vocabulary, code in (
        ("RISK_FLAG_KIND", "PENALTY"),
        ("POWER_OF_ATTORNEY_SCOPE", "ENTRY"),
        ("TOPIC", "61"),
    ):
        yield thing("Term", f"{vocabulary}.{code}", vocabulary=vocabulary, code=code,
                    label=code.title())  # fmt: skip


def _accounts(place: str) -> Iterator[Row]:
    """The importer and the broker, and how they stand to the caller."""
    said = ACCOUNTS[f"A-{place}"]
    yield worlds.account(f"A-{place}", f"{WORDS[place]} Mill")
    yield worlds.account(f"B-{place}", f"{WORDS[place]} Brokers", "Broker", licenseNumber="L-1")
    for id_ in (f"A-{place}", f"B-{place}"):
        about = f"Account:{id_}"
        if said["center"]:
            yield claim(about, "ASSIGNED_TO", f"Center:{said['center']}", basis="APPEAL")
        manager = f"AccountManager:{ME if said.get('managed') else OTHERS}"
        if said["center"]:
            yield claim(about, "MANAGED_BY", manager, role="PRIMARY", reason="Agreed")
        for one in (ME, SECOND) if said.get("served") else (OTHERS,):
            yield claim(f"Specialist:{one}", "SERVES", about, topic="61")
        issue = f"Issue:I-{id_}"
        yield thing("Issue", f"I-{id_}", purpose="ADVICE", title=f"{WORDS[place]} issue {id_[0]}",
                    status="OPEN", openedOn=worlds.SINCE, dueOn=worlds.SINCE, shared=True,
                    description="Late", flagIds=[f"F-{id_}"])  # fmt: skip
        yield claim(issue, "CONCERNS", about)
        lead, involved = DISCIPLINES if said.get("issue") else (LEGAL, None)
        yield claim(issue, "HANDLED_BY", f"Discipline:{lead}", part="LEAD")
        if involved:
            yield claim(issue, "HANDLED_BY", f"Discipline:{involved}", part="INVOLVED")
        yield claim(issue, "HANDLED_BY", f"AccountManager:{OTHERS}", part="HANDLER")


def _hung(place: str, key: IdentifierKey) -> Iterator[Row]:
    """What hangs on the two."""
    word = WORDS[place]
    yield worlds.number(key, f"N-{place}", NUMBERS[place])
    yield worlds.number(key, f"M-{place}", NUMBERS[place][:-2] + "AB")
    yield worlds.code(CODES[place])
    yield worlds.organization(f"O-{place}", f"{word} Holding", country="NL", aliases=[f"{word}s"])
    yield worlds.organization(f"D-{place}", f"{word} Works")
    yield worlds.person(f"P-{place}", f"{word} Fenwick")
    yield worlds.unspecified(f"U-{place}", "PARTY_EXEMPT")
    organization, person = f"Party:O-{place}", f"Party:P-{place}"
    yield worlds.owns(person, organization, 60)
    yield worlds.owns(f"Party:U-{place}", organization, 10)
    yield worlds.owns(organization, f"Party:D-{place}", 80)
    yield worlds.owns(f"Party:D-{place}", organization, 5)  # a cycle
    for held in (f"ImporterNumber:N-{place}", f"ImporterNumber:M-{place}"):
        yield claim(organization, "HOLDS", held)
        yield claim(held, "IDENTIFIES", f"Account:A-{place}")
    code = f"FilerCode:{CODES[place]}"
    yield claim(organization, "HOLDS", code)
    yield claim(code, "IDENTIFIES", f"Account:B-{place}")
    yield claim(f"Account:A-{place}", "GRANTED_POA", f"Account:B-{place}", scope="ENTRY")
    yield thing("SharedAttribute", f"S-{place}", kind="ADDRESS", hash=place)
    yield claim(organization, "SHARES", f"SharedAttribute:S-{place}")
    for id_ in (f"A-{place}", f"B-{place}"):
        yield from _work(place, id_)
    for id_, subject in ((f"N-{place}", "ImporterNumber"), (CODES[place], "FilerCode"),
                         (f"O-{place}", "Party"), (f"P-{place}", "Party"),
                         (f"U-{place}", "Party")):  # fmt: skip
        yield thing("RiskFlag", f"F-{id_}", **FLAG)
        yield claim(f"RiskFlag:F-{id_}", "FLAGS", f"{subject}:{id_}")


def _work(place: str, id_: str) -> Iterator[Row]:
    about, today = f"Account:{id_}", days.today()
    yield thing("RiskFlag", f"F-{id_}", **{**FLAG, "note": "Seen"})
    yield claim(f"RiskFlag:F-{id_}", "FLAGS", about)
    due = today + timedelta(days=20)
    yield thing("IsaParticipation", f"Y-{id_}", status="ACTIVE", appliedOn=worlds.SINCE,
                acceptedOn=worlds.SINCE, nextNotificationDue=due)  # fmt: skip
    yield claim(about, "PARTICIPATES_IN", f"IsaParticipation:Y-{id_}")
    yield claim(f"IsaParticipation:Y-{id_}", "COVERS", f"ImporterNumber:N-{place}")
    yield thing("AnnualNotification", f"T-{id_}", participation=f"Y-{id_}",
                dueOn=due, receivedOn=worlds.SINCE,
                requirementsConfirmed=True, businessChanges="None.",
                selfTestResults="Sent.")  # fmt: skip
    yield thing("CenterChangeRequest", f"R-{id_}", account=id_, fromCenter=SOUTH, toCenter=NORTH,
                state="REQUESTED", basis="APPEAL", statement="It moves.",
                requestedOn=worlds.SINCE, requestedBy=OTHERS)  # fmt: skip
    measure = '{"title": "Train", "discipline": "LEGAL", "dueOn": "2027-01-01"}'
    yield thing("Strategy", f"ST-{id_}", title=f"{WORDS[place]} plan", objective="Fewer",
                status="ACTIVE", startsOn=worlds.SINCE, reviewOn=today, segmentId="high.1",
                measures=[measure])  # fmt: skip
    yield claim(f"Strategy:ST-{id_}", "CONCERNS", about)
    yield claim(f"Strategy:ST-{id_}", "ADDRESSES", f"Issue:I-{id_}")
    yield thing("PerformancePeriod", f"PP-{id_}", month=MONTHS[0], chapter="61", origin="VN",
                port="2704", importerNumber=f"N-{place}", filerCode=CODES[place], currency="USD",
                entrySummaries=10, lines=20, enteredValue=900)  # fmt: skip
    yield claim(f"PerformancePeriod:PP-{id_}", "MEASURES", about)
