"""An invented program of any size, the same every time: accounts, owners, hub brokers, history.

Names sort alike by code point and folded, so that both sides of a comparison page in one order.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from random import Random

from graph import identifiers
from graph.demo.numbers import PREFIXES
from graph.identifiers import IdentifierKey
from graph.load.rows import ClaimRow, NodeRow, Source

SINCE, NOW = date(2016, 1, 1), date(2026, 10, 1)
RECORDED = datetime(2026, 11, 1, tzinfo=UTC)
SOURCE = Source("Invented for benchmarks", "Run 1", None, None)
WHOLE = 1_000_000_000
FIRST = ("Alder", "Birch", "Cedar", "Dorset", "Elm", "Fallow", "Garnet", "Hazel", "Iris", "Juniper",
         "Kestrel", "Larch", "Maple", "Nettle", "Osier", "Pine", "Quill", "Rowan", "Sorrel",
         "Thistle", "Umber", "Vetch", "Willow", "Yarrow")  # fmt: skip
SECOND = ("Bay", "Brook", "Cliff", "Dale", "Field", "Gate", "Harbor", "Hill", "Lake", "Mill",
          "Point", "Reach", "Ridge", "Shore", "Spring", "Stone", "Vale", "Wharf")  # fmt: skip
TRADE = ("Apparel", "Ceramics", "Fasteners", "Foods", "Footwear", "Furniture", "Glass",
         "Instruments", "Lighting", "Metals", "Optics", "Packaging", "Pumps", "Textiles", "Tools",
         "Toys")  # fmt: skip
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
CENTERS = [f"Center:CEE{number:03d}" for number in range(1, 11)]
DISCIPLINES = ("REGULATORY_AUDITOR", "IMPORT_SPECIALIST", "RULINGS")
BROKERS = 50  # one account in so many is a broker's
PORTFOLIO = 100  # accounts of one manager
CHAIN = 8  # levels of owners above the deepest party
HUB_PART = 0.2  # of all importers are clients of the biggest broker
MEASURED = 25  # one account in so many has figures
MONTHS = 12


class World:
    """The rows of a program with so many accounts."""

    def __init__(self, accounts: int, key: IdentifierKey) -> None:
        """A world of a size; importer numbers are hashed with the key the server will use."""
        self.size = accounts
        self._key = key

    def rows(self) -> Iterator[list[NodeRow | ClaimRow]]:
        """Things before what is claimed about them, in the order in which they can be written."""
        yield [*self._staff()]
        yield [*self._accounts()]
        yield [*self._parties()]
        yield [*self._numbers()]
        yield [*self._flags_and_figures()]
        yield [*self._assignments()]
        yield [*self._identities()]
        yield [*self._ownership()]
        yield [*self._powers()]

    @cached_property
    def brokers(self) -> list[str]:
        """Keys of the brokers' accounts; the first is the hub."""
        return [account_key(place) for place in range(self.size) if broker(place)]

    @property
    def managers(self) -> int:
        """How many there are."""
        return max(20, self.size // PORTFOLIO)

    def number(self, place: int) -> str:
        """The importer number of the account at this place, as an importer writes it."""
        root = (place * 7919) % (len(PREFIXES) * 10_000_000)
        prefix, rest = divmod(root, 10_000_000)
        return f"{PREFIXES[prefix]}-{rest:07d}00"

    def lookup(self, place: int) -> str:
        """What the store keeps of the number; a server without our key is told it."""
        parsed = identifiers.parse_number(self.number(place), fakes=frozenset())
        return self._key.lookup(parsed.canonical)

    def _staff(self) -> Iterator[NodeRow | ClaimRow]:
        for place in range(self.managers):
            key = f"AccountManager:M-{place}"
            yield _person("AccountManager", f"M-{place}", place)
            yield _claim("MEMBER_OF", key, CENTERS[place % 10], SINCE)
        for place in range(max(30, self.size // 200)):
            key = f"Specialist:S-{place}"
            yield _person("Specialist", f"S-{place}", place + 5)
            yield _claim("MEMBER_OF", key, CENTERS[place % 10], SINCE)
            yield _claim("PRACTISES", key, f"Discipline:{DISCIPLINES[place % 3]}", SINCE)

    def _accounts(self) -> Iterator[NodeRow]:
        for place in range(self.size):
            random = Random(f"account {place}")
            status = random.choices(("ACTIVE", "SUSPENDED", "PROSPECT"), (90, 6, 4))[0]
            kind = "Broker" if broker(place) else "Importer"
            yield NodeRow(
                "Account", account_id(place), ("Account", kind),
                {"name": name(place), "status": status, "national": place % 9 == 0,
                 "openedOn": SINCE + timedelta(days=random.randrange(3000)),
                 "centerEligibility": "ELIGIBLE"},
            )  # fmt: skip

    def _parties(self) -> Iterator[NodeRow]:
        for place in range(self.size):
            yield _organization(f"O-{place}", f"{name(place)} Incorporated")
        for place in range(self._holdings):
            yield _organization(f"H-{place}", f"{name(place * 31 + 7)} Holding")

    @property
    def _holdings(self) -> int:
        return max(CHAIN * 4, self.size // 5)

    def _numbers(self) -> Iterator[NodeRow]:
        for place in range(self.size):
            parsed = identifiers.parse_number(self.number(place), fakes=frozenset())
            yield NodeRow(
                "ImporterNumber", f"N-{place}", ("ImporterNumber",),
                {"lookup": self.lookup(place), "keyId": self._key.key_id, "type": str(parsed.type),
                 "display": parsed.display, "root": parsed.root, "suffix": parsed.suffix,
                 "status": "ACTIVE", "continuousBond": place % 3 > 0},
            )  # fmt: skip
        for rank in range(min(len(self.brokers), 9 * len(LETTERS) ** 2)):
            code = _code(rank)
            values = {"code": code, "holderKind": "BROKER"}
            yield NodeRow("FilerCode", code, ("FilerCode",), dict(values))

    def _flags_and_figures(self) -> Iterator[NodeRow | ClaimRow]:
        for place in range(0, self.size, 50):
            flag = NodeRow(
                "RiskFlag", f"F-{place}", ("RiskFlag",),
                {"kind": ("PENALTY", "UNDERVALUATION", "IPR")[place % 3], "severity": 0.3,
                 "raisedOn": date(2026, 1, 5), "note": "Invented.", "evidence": [],
                 "priorityTradeIssues": []},
            )  # fmt: skip
            yield flag
            yield _claim("FLAGS", flag.key, account_key(place), date(2026, 1, 5))
        for place in range(3, self.size, MEASURED):
            for month in range(MONTHS):
                yield from _figures(place, month)

    def _assignments(self) -> Iterator[ClaimRow]:
        for place in range(self.size):
            random = Random(f"assignment {place}")
            since = date(2019, 1, 1) + timedelta(days=random.randrange(1500))
            account, manager = account_key(place), place // PORTFOLIO % self.managers
            center = CENTERS[place * 7 // 10 % 10]
            if place % 5 == 0:
                former = f"AccountManager:M-{(manager + 1) % self.managers}"
                yield _claim("MANAGED_BY", account, former, SINCE, since, role="PRIMARY")
                yield _claim("ASSIGNED_TO", account, CENTERS[place % 10], SINCE, since, basis=BASIS)
            own = f"AccountManager:M-{manager}"
            yield _claim("MANAGED_BY", account, own, since, role="PRIMARY")
            yield _claim("ASSIGNED_TO", account, center, since, basis=BASIS)
            if place % 3 == 0:
                backup = f"AccountManager:M-{(manager + 2) % self.managers}"
                yield _claim("MANAGED_BY", account, backup, since, role="BACKUP")
                specialist = f"Specialist:S-{place % max(30, self.size // 200)}"
                yield _claim("SERVES", specialist, account, since, topic="Classification")

    def _identities(self) -> Iterator[ClaimRow]:
        for place in range(self.size):
            number = f"ImporterNumber:N-{place}"
            yield _claim("HOLDS", f"Party:O-{place}", number, SINCE)
            other = place - 1 if place % 10 == 9 and not broker(place - 1) else place
            yield _claim("IDENTIFIES", number, account_key(other), SINCE)
        for rank, key in enumerate(self.brokers[: 9 * len(LETTERS) ** 2]):
            yield _claim("IDENTIFIES", f"FilerCode:{_code(rank)}", key, SINCE)

    def _ownership(self) -> Iterator[ClaimRow]:
        """Holdings in chains of eight; each owns some operating companies, a few have two."""
        for place in range(self._holdings):
            if place % CHAIN:
                yield _owns(f"Party:H-{place - 1}", f"Party:H-{place}", 60 + place % 40)
            if place % 11 == 5:
                yield _owns(f"Party:H-{place * 3 // 4}", f"Party:H-{place}", 20)
        for place in range(self.size):
            holding = (place * 13) % self._holdings
            yield _owns(f"Party:H-{holding}", f"Party:O-{place}", 51 + place % 49)
            if place % 4 == 0:
                other = (holding + self._holdings // 2) % self._holdings
                yield _owns(f"Party:H-{other}", f"Party:O-{place}", 10)

    def _powers(self) -> Iterator[ClaimRow]:
        for place in range(self.size):
            if broker(place):
                continue
            random = Random(f"power {place}")
            chosen = {self.brokers[random.randrange(1, len(self.brokers))]}
            if random.random() < HUB_PART:
                chosen.add(self.brokers[0])
            for one in sorted(chosen):
                yield _claim("GRANTED_POA", account_key(place), one, date(2022, 1, 1),
                             scope="CUSTOMS_BUSINESS")  # fmt: skip
            if place % 6 == 0:
                yield _claim("GRANTED_POA", account_key(place), self.brokers[-1], SINCE,
                             date(2022, 1, 1), scope="ENTRY")  # fmt: skip


BASIS = "PREDOMINANT_NUMBER"


def broker(place: int) -> bool:
    """Whether the account at this place is a broker's."""
    return place % BROKERS == 1


def account_id(place: int) -> str:
    """The id of the account at a place: in the order of places."""
    return f"A-{place:07d}"


def account_key(place: int) -> str:
    """The key of the account at a place."""
    return f"Account:{account_id(place)}"


def name(place: int) -> str:
    """The name of the account at a place; none is given twice below a million."""
    words = Random(f"name {place}")
    return f"{words.choice(FIRST)} {words.choice(SECOND)} {words.choice(TRADE)} {place:06d}"


def _code(rank: int) -> str:
    head, rest = divmod(rank, len(LETTERS) ** 2)
    return f"{head + 1}{LETTERS[rest // len(LETTERS)]}{LETTERS[rest % len(LETTERS)]}"


def _person(kind: str, own: str, place: int) -> NodeRow:
    values = {"name": f"{FIRST[place % 24]} {SECOND[place // 24 % 18]} {place}", "active": True,
              "email": f"{own.lower()}@cbp.example", "phone": "+1 202 555 0100",
              "national": kind == "AccountManager"}  # fmt: skip
    return NodeRow(kind, own, (kind,), dict(values))


def _organization(own: str, called: str) -> NodeRow:
    values: dict[str, object] = {"name": called, "aliases": [], "country": "US"}
    return NodeRow("Party", own, ("Party", "Organization"), values)


def _owns(owner: str, owned: str, percent: int) -> ClaimRow:
    share = percent * (WHOLE // 100)
    return _claim("OWNS", owner, owned, SINCE, interest="SHAREHOLDING", minShare=share,
                  maxShare=share, disclosed=True)  # fmt: skip


def _claim(
    kind: str, start: str, end: str, since: date, until: date | None = None, **values: object
) -> ClaimRow:
    return ClaimRow(kind, start, end, SOURCE, since, until, dict(values))


def _figures(place: int, month: int) -> Iterator[NodeRow | ClaimRow]:
    year, rest = divmod(2025 * 12 + 9 + month, 12)
    first = date(year, rest + 1, 1)
    lines = 40 + place % 60
    row = NodeRow(
        "PerformancePeriod", f"{account_id(place)}-{first:%Y%m}", ("PerformancePeriod",),
        {"month": first, "chapter": f"{61 + place % 4}", "origin": "VN", "port": "2704",
         "entrySummaries": lines // 3, "lines": lines, "enteredValue": lines * 900_000,
         "dutiesTaxesFees": lines * 60_000, "currency": "USD", "examinations": 1,
         "adCvdLines": 0, "sampledLines": 4, "discrepantLines": place % 2,
         "majorDiscrepantLines": 0, "discrepancies": [], "postSummaryCorrections": 0,
         "requestsForInformation": 0, "noticesOfAction": 0, "protests": 0, "penalties": 0},
    )  # fmt: skip
    yield row
    yield _claim("MEASURES", row.key, account_key(place), first)
