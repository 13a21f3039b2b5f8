"""Moments as callers give them: in an argument, or inside an id."""

import re
from datetime import UTC, date, datetime, timedelta

from graph import ids
from graph.errors import BadInput
from graph.records.moment import Moment

SUFFIX = re.compile(r"(\d{4}-\d{2}-\d{2})?/(\d{4}-\d{2}-\d{2}T[0-9:.]+Z)?")
SKEW = timedelta(seconds=5)  # a client's clock may run a little ahead of ours


def moment(as_of: date | None, known_at: datetime | None, now: Moment) -> Moment:
    """The moment a caller names. Raises BadInput for an instant that is still to come."""
    if known_at is not None and known_at.tzinfo is None:
        known_at = known_at.replace(tzinfo=UTC)
    if known_at is not None and known_at > now.known_at + SKEW:
        raise BadInput(
            "Argument 'moment.knownAt' lies in the future: nobody knows yet what will be known"
            " then. Give an instant up to now, or leave it out."
        )
    return Moment.given(as_of, known_at, now)


def parse(global_id: str, now: Moment) -> tuple[str, Moment] | None:
    """The stored key and the moment an id carries (`now` if none); None for what is no id."""
    try:
        key, at, suffix = ids.decode(global_id).partition("@")
        if not ids.KEY.fullmatch(key):
            return None
        return (key, _carried(suffix, now)) if at else (key, now)
    except ValueError:
        return None


def _carried(suffix: str, now: Moment) -> Moment:
    """The moment spelled after `@`; ValueError if it is none."""
    found = SUFFIX.fullmatch(suffix)
    if not found or not any(found.groups()):
        raise ValueError(suffix)
    day, instant = found.groups()
    as_of = date.fromisoformat(day) if day else None
    known_at = datetime.fromisoformat(instant) if instant else None
    moment = Moment.given(as_of, known_at, now)
    if moment.suffix != f"@{suffix}" or moment.known_at > now.known_at + SKEW:
        raise ValueError(suffix)
    return moment


def months(day: date) -> tuple[date, date]:
    """The last 12 whole months before a day: their first day, and the first one after them."""
    end = day.replace(day=1)
    return end.replace(year=max(1, end.year - 1)), end


def year(day: date) -> dict[str, date]:
    """The last 12 whole months before a day, as the statements are asked with them."""
    first, end = months(day)
    return {"yearFrom": first, "yearTo": end}


def months_after(day: date, months: int) -> date:
    """The same day of a later month, at most the 28th."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, min(day.day, 28))
