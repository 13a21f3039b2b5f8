"""What a cell of reference data may hold; anything else is a row refused, with the remedy."""

import re
from datetime import date

from graph.load.rows import Refusal
from graph.reference.tables import Line
from graph.rows import OPEN_DAY, UNKNOWN_DAY

FORMS = {
    "center": re.compile(r"CEE00[1-9]|CEE010"),
    "chapter": re.compile(r"\d\d"),
    "heading": re.compile(r"\d{4}"),
    "port": re.compile(r"\d{4}"),
    "code": re.compile(r"[A-Z][A-Z0-9_]{0,59}"),
    "country": re.compile(r"[A-Z]{2}"),
}
EXAMPLES = {
    "center": "CEE001 to CEE010",
    "chapter": "two digits, 61",
    "heading": "four digits, 6109",
    "port": "four digits, 2704",
    "code": "a code, IMPORT_SPECIALIST",
    "country": "two capital letters of ISO 3166-1, NL",
}


class Refused(Exception):
    """A row cannot be taken; carries why."""

    def __init__(self, refusal: Refusal) -> None:
        """Wrap the refusal."""
        super().__init__(refusal.reason)
        self.refusal = refusal


def refuse(line: Line, column: str, code: str, reason: str, remedy: str) -> Refused:
    """Why this row is kept out."""
    return Refused(Refusal(line.number, column, line[column], code, reason, remedy))


def coded(line: Line, column: str, form: str) -> str:
    """A cell of this form. Raises Refused."""
    if not FORMS[form].fullmatch(line[column]):
        reason = f"{column} must be {EXAMPLES[form]}."
        raise refuse(line, column, "BAD_CODE", reason, "Correct the code.")
    return line[column]


def filled(line: Line, column: str) -> str:
    """A cell that is not empty. Raises Refused."""
    if not line[column]:
        raise refuse(line, column, "MISSING", f"{column} is empty.", "Fill it in.")
    return line[column]


def days(line: Line) -> tuple[date, date]:
    """The optional columns valid_from and valid_to; open where empty. Raises Refused."""
    first, last = _day(line, "valid_from", UNKNOWN_DAY), _day(line, "valid_to", OPEN_DAY)
    if first >= last:
        reason = "valid_to must come after valid_from: it is the first day it no longer holds."
        raise refuse(line, "valid_to", "BAD_INTERVAL", reason, "Correct one of the days.")
    return first, last


def _day(line: Line, column: str, default: date) -> date:
    if not line[column]:
        return default
    try:
        return date.fromisoformat(line[column])
    except ValueError:
        reason = f"{column} must be a day, 2026-03-31."
        raise refuse(line, column, "BAD_DATE", reason, "Correct the day.") from None
