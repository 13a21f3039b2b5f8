"""What wants attention about accounts at a moment: the claims replayed by docs/warnings.md.

Days and thresholds are those of domain.md, section 11; a thing warned of says what was known of it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from tests.resolvers.figures_replayed import cells, span
from tests.resolvers.owned_replayed import owned
from tests.resolvers.side_by_side import Version
from tests.resolvers.warned_things import root
from tests.resolvers.work_replayed import PENDING, Work

PATIENCE = timedelta(days=30)
Warning = tuple[str, tuple[str, ...]]
"""The code, and what it is about."""


class Warned(Work):
    """What was known by a turn to want attention on a day."""

    @cache  # noqa: B019  # for as long as a test looks at one moment
    def warnings(self, account: str) -> list[Warning]:
        """Of an account."""
        return sorted(
            (code, tuple(sorted(about)))
            for found in (*PARTS, owned)
            for code, about in found(self, account)
        )

    def center(self, of: str, type_: str = "ASSIGNED_TO") -> str | None:
        """The Center of an account, or of a manager."""
        return next(iter(self.ends(type_, of)), None)

    def numbers(self, account: str) -> set[str]:
        """The importer numbers that identify an account."""
        found = self.starts("IDENTIFIES", account)
        return {each for each in found if each.startswith("ImporterNumber:")}


Found = Iterator[tuple[str, set[str]]]


def _centers(warned: Warned, account: str) -> Found:
    center, manager = warned.center(account), warned.primary(account)
    other = warned.center(manager, "MEMBER_OF") if manager else None
    if center and manager and other and center != other:
        yield "CENTER_MISMATCH", {center, manager, other}


def _pending(warned: Warned, account: str) -> Found:
    for key, (whose, said) in warned.parts.items():
        waits = whose == account and said["status"] == PENDING and not warned.primary(account)
        if waits and said["acceptedOn"] + PATIENCE <= warned.day:
            yield "ISA_PENDING_MANAGER", {key}


def _numbers(warned: Warned, account: str) -> Found:
    numbers = warned.numbers(account)
    for number in numbers:
        if warned.things[number]["status"] in ("INACTIVE", "VOIDED"):
            yield "NUMBER_NOT_ACTIVE", {number}
    if numbers and account.startswith("Account:B"):
        yield "BROKER_AS_IMPORTER", numbers


def _split(warned: Warned, account: str) -> Found:
    own = warned.numbers(account)
    for taxpayer in {root(each) for each in own}:
        twins = {
            (each.of[1], each.of[2])
            for each in warned.claims("IDENTIFIES")
            if each.of[1].startswith("ImporterNumber:")
            and root(each.of[1]) == taxpayer
            and each.of[2] != account
        }
        if twins:
            mine = {each for each in own if root(each) == taxpayer}
            yield "SPLIT_TAXPAYER", mine.union(*twins)


def _succession(warned: Warned, account: str) -> Found:
    for each in warned.claims("SUCCESSOR_OF"):
        _, new, old = each.of
        flags = [flag for flag in _penalties(warned, old) if _within_a_year(warned, flag, each)]
        if new in warned.numbers(account) and flags:
            latest = max(flags, key=lambda flag: (warned.things[flag]["raisedOn"], _later(flag)))
            yield "NUMBER_SUCCESSION", {new, old, latest}


def _later(flag: str) -> int:
    """Of two flags of one day the one with the lesser key is named."""
    return -int(flag.split("-")[1])


def _penalties(warned: Warned, number: str) -> set[str]:
    flags = {each.of[1] for each in warned.ever("FLAGS") if each.of[2] == number}
    said = {flag: warned.things[flag] for flag in flags}
    return {f for f in flags if said[f]["kind"] == "PENALTY" and warned.past(said[f]["raisedOn"])}


def _within_a_year(warned: Warned, flag: str, succession: Version) -> bool:
    raised, since = warned.things[flag]["raisedOn"], succession.days[0]
    return bool(raised <= since <= raised.replace(year=raised.year + 1))


def _predominant(warned: Warned, account: str) -> Found:
    center, lines = warned.center(account), Counter[str]()
    for cell in cells(warned, account, span(warned.day)):
        scopes = [
            e for e in warned.claims("SCOPE_OF") if e.of[1] == f"HtsChapter:{cell['chapter']}"
        ]
        if scopes:
            home = min(scopes, key=lambda each: each.told["precedence"]).of[2]
            lines[home] += cell["lines"]
    most = max(lines, key=lambda each: lines[each], default=None)
    if center and most and lines[most] > lines[center]:
        yield "CENTER_NOT_PREDOMINANT", {center, most}


def _powerless(warned: Warned, account: str) -> Found:
    filed = {
        (each["filerCode"], each["month"])
        for each in cells(warned, account, span(warned.day))
        if each["filerCode"]
    }
    for each in warned.ever("IDENTIFIES"):
        code, broker = each.of[1].partition(":")[2], each.of[2]
        powers = [e for e in warned.ever("GRANTED_POA") if e.of[1:] == (account, broker)]
        months = {month for by, month in filed if by == code and _meets(each, month)}
        if any(not any(_meets(power, month) for power in powers) for month in months):
            yield "NO_POWER_OF_ATTORNEY", {broker}


def _meets(claim: Version, month: date) -> bool:
    """Whether a claim holds on any day of the month."""
    first, end = claim.days
    after = (month + timedelta(days=31)).replace(day=1)
    return first < after and (end is None or month < end)


PARTS: tuple[Any, ...] = (
    _centers, _pending, _numbers, _split, _succession, _predominant, _powerless,
)  # fmt: skip
