"""Random small programs: two Centers, a few people, accounts and all that hangs on them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from graph.identifiers import IdentifierKey
from graph.reference.policy import policy
from graph.reference.tables import FOLDER
from tests import worlds
from tests.worlds import NodeRow, Row, claim

WORDS = ("Harbor", "Mill", "Textile", "Anchor", "Gannet")
ENDED = date(2023, 1, 1)
RECORDED = datetime.now(UTC) - timedelta(days=1)
MONTHS = [  # the last whole ones
    (RECORDED.date().replace(day=1) - timedelta(days=n)).replace(day=1) for n in (1, 40)
]
BEGUN = date(2020, 1, 1)
FLAG: dict[str, object] = {
    "kind": "PENALTY",
    "severity": 0.5,
    "raisedOn": date(2021, 1, 1),
    "evidence": ['{"name": "Register"}'],
}
MANAGERS = ("M-1", "M-2", "M-3")
SPECIALISTS = ("S-1", "S-2")
DISCIPLINES = ("REGULATORY_AUDITOR", "IMPORT_SPECIALIST")
CENTERS = ("CEE001", "CEE002")


def thing(label: str, id_: str, /, **properties: object) -> NodeRow:
    return NodeRow(label, id_, (label,), properties)


def program(key: IdentifierKey, seed: int) -> list[Row]:
    """Its rows; what breaks a rule, such as a second Center, the writer refuses."""
    random = Random(seed)
    rows: list[Row] = [policy(FOLDER / "risk_policy.json"), *_staff(random)]
    accounts = [f"A-{n}" for n in range(random.randint(3, 6))]
    importers: list[str] = []
    brokers: list[str] = []
    for id_ in accounts:
        kind = "Broker" if random.random() < 0.3 else "Importer"
        (brokers if kind == "Broker" else importers).append(id_)
        name = " ".join(random.sample(WORDS, 2))
        rows.append(worlds.account(id_, name, kind, national=random.random() < 0.5))
        rows += _work(random, id_)
    rows += _parties(random)
    rows += _identifiers(random, key, accounts, brokers)
    for importer in importers:
        for broker in brokers:
            if random.random() < 0.6:
                end = random.choice((None, ENDED, date(2030, 1, 1)))
                rows.append(claim(*_ends(importer, "GRANTED_POA", broker), BEGUN, end, scope="X"))
    rows += _cases(random, accounts)
    return rows


def _ends(start: str, type_: str, end: str) -> tuple[str, str, str]:
    return f"Account:{start}", type_, f"Account:{end}"


def _staff(random: Random) -> Iterator[Row]:
    for code in CENTERS:
        yield worlds.center(code, f"Center {code}")
    for code in DISCIPLINES:
        yield thing("Discipline", code, code=code, name=code.title(), reportsTo="Somebody")
    for id_ in MANAGERS:
        yield worlds.manager(id_, f"Manager {id_}")
        center = f"Center:{random.choice(CENTERS)}"
        yield claim(f"AccountManager:{id_}", "MEMBER_OF", center)
    for id_ in SPECIALISTS:
        yield thing("Specialist", id_, name=f"Specialist {id_}", active=True)
        center, practised = random.choice(CENTERS), random.choice(DISCIPLINES)
        yield claim(f"Specialist:{id_}", "MEMBER_OF", f"Center:{center}")
        yield claim(f"Specialist:{id_}", "PRACTISES", f"Discipline:{practised}")


def _work(random: Random, id_: str) -> Iterator[Row]:
    """Who works with an account, and where; now or once."""
    key = f"Account:{id_}"
    yield from _program(random, id_)
    if random.random() < 0.8:
        end = ENDED if random.random() < 0.3 else None
        yield claim(key, "ASSIGNED_TO", f"Center:{random.choice(CENTERS)}", BEGUN, end)
    for role in ("PRIMARY", "BACKUP"):
        if random.random() < 0.6:
            end = ENDED if random.random() < 0.4 else None
            manager = f"AccountManager:{random.choice(MANAGERS)}"
            yield claim(key, "MANAGED_BY", manager, BEGUN, end, role=role)
    for specialist in SPECIALISTS:
        if random.random() < 0.4:
            end = ENDED if random.random() < 0.4 else None
            yield claim(f"Specialist:{specialist}", "SERVES", key, BEGUN, end)


def _program(random: Random, id_: str) -> Iterator[Row]:
    """What an account has of its own: a participation, a request, figures."""
    key = f"Account:{id_}"
    if random.random() < 0.5:
        yield thing("IsaParticipation", f"P-{id_}", status="ACTIVE", appliedOn=BEGUN,
                    acceptedOn=BEGUN, nextNotificationDue=date(2026, 12, 15))  # fmt: skip
        yield claim(key, "PARTICIPATES_IN", f"IsaParticipation:P-{id_}")
        yield thing("AnnualNotification", f"Y-{id_}", participation=f"P-{id_}",
                    dueOn=date(2026, 12, 20))  # fmt: skip
    if random.random() < 0.3:
        yield thing("CenterChangeRequest", f"R-{id_}", account=id_, fromCenter=CENTERS[0],
                    toCenter=CENTERS[1], state="REQUESTED", basis="BUSINESS_PRACTICE",
                    statement="It moves.", requestedOn=date(2026, 11, 1),
                    requestedBy="M-1")  # fmt: skip
    for month in range(random.randint(0, 2)):
        period = f"PP-{id_}-{month}"
        yield thing("PerformancePeriod", period, month=MONTHS[month], chapter="61",
                    origin="VN", currency="USD", entrySummaries=10, lines=20,
                    enteredValue=100 * random.randint(1, 9),
                    filerCode=random.choice((None, "B00", "B01")))  # fmt: skip
        yield claim(f"PerformancePeriod:{period}", "MEASURES", key)


def _parties(random: Random) -> Iterator[Row]:
    parties = [f"Party:O-{n}" for n in range(3)]
    yield from (worlds.organization(f"O-{n}", f"{WORDS[n]} Holding") for n in range(3))
    yield thing("SharedAttribute", "X-0", kind="ADDRESS", hash="00")
    for one in parties:
        for other in parties:
            if one != other and random.random() < 0.3:
                yield worlds.owns(one, other, 40)
        if random.random() < 0.4:
            yield claim(one, "SHARES", "SharedAttribute:X-0")
        if random.random() < 0.3:
            yield thing("RiskFlag", f"F-{one[6:]}", **FLAG)
            yield claim(f"RiskFlag:F-{one[6:]}", "FLAGS", one)


def _identifiers(
    random: Random, key: IdentifierKey, accounts: list[str], brokers: list[str]
) -> Iterator[Row]:
    numbers = random.randint(2, 6)
    for n in range(numbers):
        id_ = f"N-{n}"
        status = random.choice(("ACTIVE", "INACTIVE"))
        yield worlds.number(key, id_, f"{12 + n % 2}-3456789{'ABCDEF'[n]}A", status)
        mine = f"ImporterNumber:{id_}"
        yield from _flagged(random, mine)
        if random.random() < 0.2:
            yield claim(mine, "IDENTIFIES", f"Account:{random.choice(accounts)}", BEGUN, ENDED)
        if random.random() < 0.8:
            yield claim(mine, "IDENTIFIES", f"Account:{random.choice(accounts)}", ENDED)
        if random.random() < 0.8:
            yield claim(f"Party:O-{random.randrange(3)}", "HOLDS", mine)
        if n and random.random() < 0.3:
            yield claim(mine, "SUCCESSOR_OF", f"ImporterNumber:N-{n - 1}", date(2021, 6, 1))
        if random.random() < 0.3:
            covering = random.choice(accounts)
            yield claim(f"IsaParticipation:P-{covering}", "COVERS", mine)
    for n, broker in enumerate(brokers):
        yield worlds.code(f"B{n:02}")
        yield claim(f"FilerCode:B{n:02}", "IDENTIFIES", f"Account:{broker}")
        yield claim(f"Party:O-{random.randrange(3)}", "HOLDS", f"FilerCode:B{n:02}")


def _flagged(random: Random, number: str) -> Iterator[Row]:
    """What is said of a number beside whose it is."""
    if random.random() < 0.3:
        yield claim(number, "SHARES", "SharedAttribute:X-0")
    if random.random() < 0.4:
        flag = f"F-{number.partition(':')[2]}"
        yield thing("RiskFlag", flag, **FLAG)
        yield claim(f"RiskFlag:{flag}", "FLAGS", number)


def _cases(random: Random, accounts: list[str]) -> Iterator[Row]:
    subjects = [f"Account:{id_}" for id_ in accounts]
    subjects += ["Party:O-0", "ImporterNumber:N-0", "ImporterNumber:N-1"]
    for n in range(3):
        closed = {"status": "RESOLVED", "closedOn": ENDED} if random.random() < 0.3 else {}
        yield thing("Issue", f"I-{n}", purpose="ADVICE", title=f"{random.choice(WORDS)} issue",
                    openedOn=BEGUN, dueOn=date(2026, 12, 1), shared=(n + len(accounts)) % 2 == 0,
                    **{"status": "OPEN", **closed})  # fmt: skip
        for subject in random.sample(subjects, random.randint(1, 2)):
            yield claim(f"Issue:I-{n}", "CONCERNS", subject)
        handlers = [f"Specialist:{random.choice(SPECIALISTS)}", "AccountManager:M-2"]
        yield claim(f"Issue:I-{n}", "HANDLED_BY", random.choice(handlers), part="HANDLER")
        practised = random.choice(DISCIPLINES)
        yield claim(f"Issue:I-{n}", "HANDLED_BY", f"Discipline:{practised}", part="LEAD")
    for n in range(2):
        measure = '{"title": "Visit", "discipline": "IMPORT_SPECIALIST", "dueOn": "2026-12-10"}'
        yield thing("Strategy", f"T-{n}", title=f"{random.choice(WORDS)} plan", objective="Less",
                    status="ACTIVE", startsOn=BEGUN, reviewOn=date(2026, 12, 1),
                    measures=[measure])  # fmt: skip
        for account in random.sample(accounts, random.randint(1, 2)):
            yield claim(f"Strategy:T-{n}", "CONCERNS", f"Account:{account}")
        if random.random() < 0.5:
            yield claim(f"Strategy:T-{n}", "ADDRESSES", f"Issue:I-{random.randrange(3)}")
    for account in accounts:
        if random.random() < 0.3:
            yield thing("RiskFlag", f"F-{account}", **FLAG)
            yield claim(f"RiskFlag:F-{account}", "FLAGS", f"Account:{account}")
