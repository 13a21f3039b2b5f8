"""Values as callers give them: brought to one spelling, or refused with the remedy."""

import unicodedata
from datetime import date
from urllib.parse import unquote, urlsplit

from graph.commands.writing import Path, Writing
from graph.load.rows import Source
from graph.secrecy import tells_ssn
from graph.terms import UserErrorCode

NAME = 200  # characters
LONG = 4000
SHORT = 500
SSN = (
    "This holds what looks like a social security number, which is never stored in clear."
    " Take it out."
)
DIGITS = (
    "This holds nine digits in a row, which could be a social security number: these are never"
    " stored in clear. Take them out, or write another number with its own hyphens."
)
CONTROL = "This holds control characters. Take them out."


def ssn_told(value: str, *, bare: bool = True) -> str | None:
    """What to say of a text that may tell a social security number; None if it does not."""
    if tells_ssn(value):
        return SSN
    return DIGITS if bare and tells_ssn(value, bare=True) else None


def text(
    writing: Writing,
    value: str | None,
    most: int,
    *path: Path,
    required: bool = False,
    bare: bool = True,
) -> str | None:
    """The text in its one spelling; None, and the reason noted, for what cannot be stored.

    Nine digits in a row are refused too, unless `bare` is False: a register's number may have nine.
    """
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
    elif wrong := ssn_told(found, bare=bare):
        writing.refuse(UserErrorCode.INVALID_FORMAT, wrong, *path)
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
    reference = text(writing, given.reference, SHORT, *path, "reference", bare=False)
    url = _url(writing, given.url, *path, "url")
    read = given.retrieved_at or writing.at
    if read > writing.at:
        told = "It cannot have been read in the future. Correct the instant, or leave it out."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, *path, "retrievedAt")
    return Source(name or "", reference, url, read)


def _url(writing: Writing, value: str | None, *path: Path) -> str | None:
    found = text(writing, value, 2000, *path, bare=False)
    if found is None:
        return None
    if wrong := ssn_told(unquote(found), bare=False):
        writing.refuse(UserErrorCode.INVALID_FORMAT, wrong, *path)
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
