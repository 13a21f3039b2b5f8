"""An invented program of any size, the same every time: accounts, owners, hub brokers, history.

Names sort alike by code point and folded, so that both sides of a comparison page in one order.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from random import Random

from benchmarks.rows import (
    SINCE,
    account_id,
    account_key,
    broker,
    claim,
    figures,
    name,
    organization,
    owns,
    person,
)
from graph import identifiers
from graph.demo.numbers import PREFIXES
from graph.identifiers import IdentifierKey
from graph.load.rows import ClaimRow, NodeRow

RECORDED = datetime(2026, 11, 1, tzinfo=UTC)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
CENTERS = [f"Center:CEE{number:03d}" for number in range(1, 11)]
DISCIPLINES = ("REGULATORY_AUDITOR", "IMPORT_SPECIALIST", "RULINGS")
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

    @property
    def specialists(self) -> int:
        """How many there are."""
        return max(30, self.size // 200)

    @cached_property
    def _filers(self) -> list[tuple[str, str]]:
        """Filer codes, as far as there are any, and the brokers' accounts they identify."""
        codes = (
            f"{number}{letter}{other}"
            for number in range(1, 10)
            for letter in LETTERS
            for other in LETTERS
        )
        return list(zip(codes, self.brokers, strict=False))

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
            yield person("AccountManager", f"M-{place}", place)
            yield claim("MEMBER_OF", key, CENTERS[place % 10], SINCE)
        for place in range(self.specialists):
            key = f"Specialist:S-{place}"
            yield person("Specialist", f"S-{place}", place + 5)
            yield claim("MEMBER_OF", key, CENTERS[place % 10], SINCE)
            yield claim("PRACTISES", key, f"Discipline:{DISCIPLINES[place % 3]}", SINCE)

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
            yield organization(f"O-{place}", f"{name(place)} Incorporated")
        for place in range(self.holdings):
            yield organization(f"H-{place}", f"{name(place * 31 + 7)} Holding")

    @property
    def holdings(self) -> int:
        """How many holding companies there are."""
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
        for code, _ in self._filers:
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
            yield claim("FLAGS", flag.key, account_key(place), date(2026, 1, 5))
        for place in range(3, self.size, MEASURED):
            for month in range(MONTHS):
                yield from figures(place, month)

    def _assignments(self) -> Iterator[ClaimRow]:
        for place in range(self.size):
            random = Random(f"assignment {place}")
            since = date(2019, 1, 1) + timedelta(days=random.randrange(1500))
            account, manager = account_key(place), place // PORTFOLIO % self.managers
            center = CENTERS[place * 7 // 10 % 10]
            if place % 5 == 0:
                former = f"AccountManager:M-{(manager + 1) % self.managers}"
                yield claim("MANAGED_BY", account, former, SINCE, since, role="PRIMARY")
                yield claim(
                    "ASSIGNED_TO",
                    account,
                    CENTERS[place % 10],
                    SINCE,
                    since,
                    basis="PREDOMINANT_NUMBER",
                )
            own = f"AccountManager:M-{manager}"
            yield claim("MANAGED_BY", account, own, since, role="PRIMARY")
            yield claim("ASSIGNED_TO", account, center, since, basis="PREDOMINANT_NUMBER")
            if place % 3 == 0:
                backup = f"AccountManager:M-{(manager + 2) % self.managers}"
                yield claim("MANAGED_BY", account, backup, since, role="BACKUP")
                specialist = f"Specialist:S-{place % self.specialists}"
                yield claim("SERVES", specialist, account, since, topic="Classification")

    def _identities(self) -> Iterator[ClaimRow]:
        for place in range(self.size):
            number = f"ImporterNumber:N-{place}"
            yield claim("HOLDS", f"Party:O-{place}", number, SINCE)
            other = place - 1 if place % 10 == 9 and not broker(place - 1) else place
            yield claim("IDENTIFIES", number, account_key(other), SINCE)
        for code, key in self._filers:
            yield claim("IDENTIFIES", f"FilerCode:{code}", key, SINCE)

    def _ownership(self) -> Iterator[ClaimRow]:
        """Holdings in chains of eight; each owns some operating companies, a few have two."""
        for place in range(self.holdings):
            if place % CHAIN:
                yield owns(f"Party:H-{place - 1}", f"Party:H-{place}", 60 + place % 40)
            if place % 11 == 5:
                yield owns(f"Party:H-{place * 3 // 4}", f"Party:H-{place}", 20)
        for place in range(self.size):
            holding = (place * 13) % self.holdings
            yield owns(f"Party:H-{holding}", f"Party:O-{place}", 51 + place % 49)
            if place % 4 == 0:
                other = (holding + self.holdings // 2) % self.holdings
                yield owns(f"Party:H-{other}", f"Party:O-{place}", 10)

    def _powers(self) -> Iterator[ClaimRow]:
        for place in range(self.size):
            if broker(place):
                continue
            random = Random(f"power {place}")
            chosen = {self.brokers[random.randrange(1, len(self.brokers))]}
            if random.random() < HUB_PART:
                chosen.add(self.brokers[0])
            for one in sorted(chosen):
                yield claim("GRANTED_POA", account_key(place), one, date(2022, 1, 1),
                             scope="CUSTOMS_BUSINESS")  # fmt: skip
            if place % 6 == 0:
                yield claim("GRANTED_POA", account_key(place), self.brokers[-1], SINCE,
                             date(2022, 1, 1), scope="ENTRY")  # fmt: skip
