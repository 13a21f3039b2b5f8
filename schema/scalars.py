"""Scalars: how days, instants, shares and severities look to a client, and what is refused."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import strawberry
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.types.scalar import ScalarDefinition

from graph.records.moment import instant_text
from resolvers.scalars import Json as Json
from resolvers.scalars import Percent as Percent
from resolvers.scalars import Score as Score
from resolvers.scalars import Url as Url

AMOUNT = re.compile(r"-?\d{1,18}(\.\d{1,6})?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})")


def _refused(form: str) -> StrawberryInputCoercionError:
    """What a value of another form meets; the value itself is not repeated."""
    return StrawberryInputCoercionError(f"Expected {form}.")


def parse_day(value: object) -> date:
    """A calendar day, RFC 3339 `full-date`."""
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _refused("a day such as 2026-03-31")


def parse_instant(value: object) -> datetime:
    """An instant, RFC 3339 with offset."""
    if isinstance(value, str) and INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise _refused("an instant with offset such as 2026-03-31T17:05:09Z")


def parse_score(value: object) -> float:
    """A number from 0 to 1."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise _refused("a number from 0 to 1")


def parse_percent(value: object) -> int:
    """A percentage as whole parts per billion."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100:
        parts = Decimal(repr(value)) * 10_000_000
        if parts == int(parts):
            return int(parts)
    raise _refused("a number from 0 to 100 with at most 7 decimals")


def parse_decimal(value: object) -> Decimal:
    """An exact decimal number as text, or a whole one."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if AMOUNT.fullmatch(text):
        return Decimal(text)
    raise _refused('an exact decimal number as text, such as "1204500.75"')


def percent(parts: int) -> int | float:
    """Percent from whole parts per billion."""
    whole, rest = divmod(parts, 10_000_000)
    return whole if not rest else parts / 10_000_000


def _scalar(name: str, description: str, **more: object) -> ScalarDefinition:
    made: ScalarDefinition = strawberry.scalar(name=name, description=description, **more)  # type: ignore[call-overload]
    return made


SCALARS: dict[object, ScalarDefinition] = {
    date: _scalar(
        "Date",
        "Calendar day, RFC 3339 `full-date`, for example `2026-03-31`. Valid time is kept in days.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=date.isoformat,
        parse_value=parse_day,
    ),
    datetime: _scalar(
        "DateTime",
        "Instant, RFC 3339 with offset, answered in UTC with microseconds, for example"
        " `2026-03-31T17:05:09.000000Z`. Record time is kept in instants.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=instant_text,
        parse_value=parse_instant,
    ),
    Percent: _scalar(
        "Percent",
        "Percent of a whole, a number from 0 to 100 with at most 7 decimals. Exact: kept as whole"
        " parts per billion, so that 25 and 50 compare without rounding.",
        serialize=percent,
        parse_value=parse_percent,
    ),
    Score: _scalar(
        "Score",
        "Strength of a risk, of a severity or of an attenuation: a number from 0 (none) to 1.",
        serialize=float,
        parse_value=parse_score,
    ),
    Url: _scalar(
        "URL",
        "Absolute URL, WHATWG.",
        specified_by_url="https://url.spec.whatwg.org/",
        serialize=str,
    ),
    Decimal: _scalar(
        "Decimal",
        "Exact decimal number as text, at most 18 digits before and 6 after the point, for example"
        ' `"1204500.75"`.',
        serialize=str,
        parse_value=parse_decimal,
    ),
    Json: _scalar(
        "JSON",
        "Any JSON value, RFC 8259. Used only where the shape belongs to the client: query"
        " variables, layouts, stored filters.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc8259",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    ),
}
