"""Values as callers give them: brought to one spelling, or refused with the remedy."""

import re
import unicodedata
from datetime import date
from urllib.parse import urlsplit

from graph.commands.writing import Path, Writing
from graph.load.rows import Source
from graph.terms import UserErrorCode

NAME = 200  # characters
LONG = 4000
SHORT = 500
SSN_LIKE = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)", re.ASCII)
SSN = (
    "This holds what looks like a social security number, which is never stored in clear."
    " Take it out."
)
CONTROL = "This holds control characters. Take them out."


def holds_ssn(value: str) -> bool:
    """Whether a text may tell a social security number."""
    return SSN_LIKE.search(value) is not None


def text(
    writing: Writing, value: str | None, most: int, *path: Path, required: bool = False
) -> str | None:
    """The text in its one spelling; None, and the reason noted, for what cannot be stored."""
    if value is None and not required:
        return None
    found = unicodedata.normalize("NFC", value or "").strip()
    if not found:
        told = "This is empty. Fill it in" + (", or leave it out." if not required else ".")
        writing.refuse(UserErrorCode.REQUIRED, told, *path)
    elif len(found) > most:
        told = f"This has more than {most} characters. Shorten it."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, *path)
    elif any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in found):
        writing.refuse(UserErrorCode.INVALID_FORMAT, CONTROL, *path)
    elif holds_ssn(found):
        writing.refuse(UserErrorCode.INVALID_FORMAT, SSN, *path)
    else:
        return found
    return None


def source(writing: Writing, given: Source | None, *path: Path) -> Source | None:
    """Who says so; noted if it is missing."""
    if given is None:
        told = "A claim needs a source. Say who says so, at least by name."
        writing.refuse(UserErrorCode.REQUIRED, told, *path)
        return None
    name = text(writing, given.name, NAME, *path, "name", required=True)
    reference = text(writing, given.reference, SHORT, *path, "reference")
    url = _url(writing, given.url, *path, "url")
    read = given.retrieved_at or writing.at
    if read > writing.at:
        told = "It cannot have been read in the future. Correct the instant, or leave it out."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, *path, "retrievedAt")
    return Source(name or "", reference, url, read)


def _url(writing: Writing, value: str | None, *path: Path) -> str | None:
    found = text(writing, value, 2000, *path)
    if found is None:
        return None
    try:
        parts = urlsplit(found)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in found
    except ValueError:
        good = False
    if not good:
        told = "This is no absolute URL. Write one such as https://example.org/page."
        writing.refuse(UserErrorCode.INVALID_FORMAT, told, *path)
        return None
    return found


def not_future(writing: Writing, day: date | None, *path: Path) -> date:
    """The day, today if none is given; noted if it is still to come."""
    found = day or writing.today
    if found > writing.today:
        told = "This day is still to come. Give today or an earlier one."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, *path)
    return found


def counted(writing: Writing, given: int, most: int, *path: Path) -> None:
    """Note a list that is empty or too long."""
    if not 1 <= given <= most:
        told = f"This takes 1 to {most} values. Give fewer at once, or at least one."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, *path)
