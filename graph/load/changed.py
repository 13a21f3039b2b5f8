"""Properties before and after, as the change log tells them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from graph.rows import native

# Derived, internal or secret: hashes, folded copies, the parts of a number.
UNTOLD = {"lookup", "keyId", "hash", "searchName", "searchAliases", "digest", "root", "suffix"}
UNTOLD |= {"shareText", "interestText", "disclosed", "broker", "client"}
SHARE = ("minShare", "maxShare")
PERCENT = 10_000_000  # parts per billion in one percent


@dataclass(frozen=True, slots=True)
class Changed:
    """One property, as text; None where it was or is not set."""

    name: str
    before: str | None
    after: str | None

    @property
    def text(self) -> str:
        """As it is stored."""
        return orjson.dumps([self.name, self.before, self.after]).decode()


def properties(
    before: Mapping[str, Any], after: Mapping[str, Any], only: Iterable[str] | None = None
) -> list[Changed]:
    """What differs, by name; of `only` these names if given."""
    names = sorted((set(before) | set(after) if only is None else set(only)) - UNTOLD)
    told = [Changed(name, _text(before.get(name)), _text(after.get(name))) for name in names]
    shares = [each for each in told if each.name in SHARE]
    others = [each for each in told if each.name not in SHARE]
    if shares:
        others.append(Changed("share", _share(before), _share(after)))
    return [each for each in others if each.before != each.after]


def _share(said: Mapping[str, Any]) -> str | None:
    low, high = said.get("minShare"), said.get("maxShare")
    if low is None or high is None:
        return None
    if said.get("disclosed") is False:
        return "undisclosed"
    return f"{low / PERCENT:g}" if low == high else f"{low / PERCENT:g} to {high / PERCENT:g}"


def _text(value: Any) -> str | None:
    """A value as text; an open or unknown end is None."""
    value = native(value)
    if value is None or value == () or value == []:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return orjson.dumps(list(value), default=str).decode()
    return str(value)
