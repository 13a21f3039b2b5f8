"""Values as people write them: checked, and told exactly how to write them if they are wrong."""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from graph.identifiers import masked
from graph.secrecy import LIKE_A_NUMBER, hidden

Convert = Callable[[str, str], object]
"""A value and its column to what it means."""

PARTS = Decimal(10_000_000)  # parts per billion in one percent
ID = re.compile(r"[A-Za-z0-9._-]{1,80}")
NUMBER = re.compile(r"\d+(\.\d+)?|\.\d+", re.ASCII)
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}.*)?", re.ASCII)
WORDS = {
    **dict.fromkeys(("true", "yes", "y", "t", "1"), True),
    **dict.fromkeys(("false", "no", "n", "f", "0"), False),
}


class Bad(Exception):
    """A value that cannot be taken; becomes the refusal of its row."""

    def __init__(self, code: str, column: str, value: str, reason: str, remedy: str) -> None:
        """Told as a refusal without its line; the value is masked here."""
        super().__init__(reason)
        self.told = (column, shown(value), code, reason, remedy)


class Share(NamedTuple):
    """A percentage in parts per billion: the least and most it can be, and as it was written."""

    low: int
    high: int
    text: str | None = None


def shown(value: str) -> str:
    """A value as a refusal may repeat it: what looks like an importer number is masked."""
    told = hidden(value)
    return told if len(told) <= 80 else told[:79] + "…"


def share(text: str, column: str) -> Share:
    """`100`, `100.0` or `100%`: exact to a billionth, else the two parts it lies between."""
    written = text.strip().removesuffix("%").strip()
    if NUMBER.fullmatch(written) is None:
        raise Bad("INVALID_FORMAT", column, text, *PERCENT)
    exact = Decimal(written) * PARTS
    if exact > 100 * PARTS:
        raise Bad("OUT_OF_RANGE", column, text, *TOO_MUCH)
    low = int(exact.to_integral_value(ROUND_FLOOR))
    high = int(exact.to_integral_value(ROUND_CEILING))
    return Share(low, high, None if low == high else written)


def day(text: str, column: str) -> date:
    """A day, YYYY-MM-DD; the time of an instant is left away."""
    found = DAY.fullmatch(text.strip())
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise Bad("INVALID_FORMAT", column, text, *NO_DAY) from None


def month(text: str, column: str) -> date:
    """A month, YYYY-MM or any day of it: its first day."""
    written = text.strip()
    return day(f"{written}-01" if len(written) == 7 else written, column).replace(day=1)


def flag(text: str, column: str) -> bool:
    """Yes or no, in the usual spellings."""
    found = WORDS.get(text.strip().casefold())
    if found is None:
        raise Bad("INVALID_FORMAT", column, text, *NO_FLAG)
    return found


def count(text: str, column: str) -> int:
    """A whole number that is not negative; 12.0 is 12."""
    found = NUMBER.fullmatch(text.strip().replace(",", ""))
    if found is None or Decimal(found[0]) % 1:
        raise Bad("INVALID_FORMAT", column, text, *NO_COUNT)
    return int(Decimal(found[0]))


def cents(text: str, column: str) -> int:
    """An amount of money with at most two decimals, in cents."""
    found = NUMBER.fullmatch(text.strip().removeprefix("$").replace(",", ""))
    if found is None or Decimal(found[0]) * 100 % 1:
        raise Bad("INVALID_FORMAT", column, text, *NO_MONEY)
    return int(Decimal(found[0]) * 100)


def fraction(text: str, column: str) -> float:
    """A number between 0 and 1."""
    found = NUMBER.fullmatch(text.strip())
    if found is None or not 0 <= Decimal(found[0]) <= 1:
        raise Bad("OUT_OF_RANGE", column, text, *NO_FRACTION)
    return float(found[0])


def identity(text: str, column: str) -> str:
    """A business key; never an importer number, which must not be readable in an id."""
    written = text.strip()
    if ID.fullmatch(written) is None:
        raise Bad("INVALID_FORMAT", column, text, *NO_ID)
    if LIKE_A_NUMBER.fullmatch(written):
        raise Bad("INVALID_FORMAT", column, masked(written), *NUMBER_AS_ID)
    return written


PERCENT = (
    "This is no percentage.",
    "Write digits with a decimal point, such as 33.3, with or without a percent sign.",
)
TOO_MUCH = ("A share is at most 100 percent.", "Correct it; a part of 0.5 is written 50.")
NO_DAY = ("This is no day.", "Write year, month and day as 2024-03-01.")
NO_FLAG = ("This is neither yes nor no.", "Write true or false.")
NO_COUNT = ("This is no whole number.", "Write digits only.")
NO_MONEY = ("This is no amount of money.", "Write dollars with at most two decimals: 1250.75.")
NO_FRACTION = ("This does not lie between 0 and 1.", "Write a number such as 0.8.")
NO_ID = (
    "An id has 1 to 80 letters, digits, dots, hyphens or underscores.",
    "Give the id that your own system uses, without spaces.",
)
NUMBER_AS_ID = (
    "This could be an importer number, which cannot be an id: ids are shown, numbers are not.",
    "Give another id.",
)
