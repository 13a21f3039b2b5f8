"""The account filter, as GraphQL input or as the stored rule of a segment: read into conditions."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from graph import centers_names, moments
from graph.conditions import Every, Literal, Not, Some, Tree
from graph.errors import BadInput
from graph.filter_fields import Given
from graph.filter_needs import Known
from graph.likeness import words
from graph.terms import (
    AccountKind,
    AccountStatus,
    CenterEligibility,
    IsaStatus,
    RiskRating,
    WarningCode,
)

MOST = 100  # values of one list
DEEPEST = 5  # filters within filters
LONGEST = 200  # characters of text
NEVER = Some(())


def tree(given: Given, known: Known, path: str = "filter", depth: int = 0) -> Tree:
    """The conditions of a filter. Raises BadInput, which names the field by its path."""
    if depth > DEEPEST:
        raise BadInput(f"Field '{path}' lies too deep: at most {DEEPEST} filters within filters.")
    parts: list[Tree] = []
    for name, value in given.items():
        here = f"{path}.{name}"
        if value is None:
            raise BadInput(f"Field '{here}' is null: leave it out for no restriction.")
        if name == "anyOf":
            _filled(value, here)
            each = enumerate(value)
            parts.append(Some(tuple(tree(v, known, f"{here}.{n}", depth + 1) for n, v in each)))
        elif name == "not":
            parts.append(Not(tree(value, known, here, depth + 1)))
        elif name in READERS:
            parts.append(READERS[name](value, known, here))
        else:
            raise BadInput(f"Field '{here}' is no field of an account filter.")
    return Every(tuple(parts))


def segment(key: str, known: Known) -> Tree:
    """Being in a segment: its rule holds, and no rule before it does."""
    before: list[Tree] = []
    for each, rule in known.segments:
        holds = tree(rule, known, "segment")
        if each == key:
            return Every((*before, holds))
        before.append(Not(holds))
    return NEVER


def _filled(values: Sequence[Any], path: str) -> None:
    if not 1 <= len(values) <= MOST:
        raise BadInput(f"Field '{path}' takes 1 to {MOST} values; leave it out for no restriction.")


def _words_of(kind: type[Any], fact: str) -> "Reader":
    def read(values: Any, _known: Known, path: str) -> Tree:
        _filled(values, path)
        try:
            return Literal(fact, values=tuple(sorted({kind(value).value for value in values})))
        except ValueError:
            raise BadInput(f"Field '{path}' holds a value that is none of its enum.") from None

    return read


def _texts(fact: str, form: Callable[[str], bool], told: str) -> "Reader":
    def read(values: Any, _known: Known, path: str) -> Tree:
        _filled(values, path)
        if not all(form(value) for value in values):
            raise BadInput(f"Field '{path}' holds a value of another form. Give {told}.")
        return Literal(fact, values=tuple(sorted(set(values))))

    return read


def _keys(fact: str, kinds: tuple[str, ...]) -> "Reader":
    def read(values: Any, known: Known, path: str) -> Tree:
        listed = [values] if isinstance(values, str) else values
        _filled(listed, path)
        found = set(known.seen.keys(_key(value, kinds, known, path) for value in listed))
        return Literal(fact, values=tuple(sorted(found)))

    return read


def _key(value: str, kinds: tuple[str, ...], known: Known, path: str) -> str:
    found = moments.parse(value, known.now)
    if found is None or found[0].partition(":")[0] not in kinds:
        raise BadInput(f"Field '{path}' takes global ids of {' or '.join(kinds)}.")
    return found[0]


def _flag(fact: str) -> "Reader":
    return lambda value, _known, _path: Literal(fact, values=(bool(value),))


def _name(value: Any, _known: Known, path: str) -> Tree:
    if len(value) > LONGEST:
        raise BadInput(f"Field '{path}' must have at most {LONGEST} characters.")
    found = words(value)
    return Literal("words", prefixes=tuple(found)) if found else NEVER


def _centers(values: Any, _known: Known, path: str) -> Tree:
    _filled(values, path)
    codes = {centers_names.resolve(value) for value in values}
    if None in codes:
        raise BadInput(
            f"Field '{path}' holds a name that no Center has. Give CEE001 to CEE010, or a name"
            " from 'centers'."
        )
    return Literal("center", values=tuple(sorted(code for code in codes if code)))


def _opened(value: Any, _known: Known, path: str) -> Tree:
    first, last = (_day(value.get(name), f"{path}.{name}") for name in ("from", "to"))
    if first is None and last is None:
        raise BadInput(f"Field '{path}' is empty: give 'from', 'to' or both.")
    if first and last and first >= last:
        raise BadInput(f"Field '{path}.to' must be after 'from': the days are half-open.")
    return Literal("opened", least=first, below=last)


def _day(value: Any, path: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadInput(f"Field '{path}' must be a day such as 2026-03-31.") from None


def _value(value: Any, _known: Known, path: str) -> Tree:
    try:
        cents = Decimal(str(value)) * 100
    except InvalidOperation:
        raise BadInput(f"Field '{path}' must be an amount such as 1000000.00.") from None
    if not 0 <= cents < 10**18:
        raise BadInput(f"Field '{path}' must be an amount from 0.")
    return Literal("value", least=int(cents.to_integral_value(rounding="ROUND_CEILING")))


def _segments(values: Any, known: Known, path: str) -> Tree:
    _filled(values, path)
    keys = {_key(value, ("RiskSegment",), known, path) for value in values}
    return Some(tuple(segment(key, known) for key in sorted(keys)))


def _warned(values: Any, known: Known, path: str) -> Tree:
    _filled(values, path)
    try:
        codes = frozenset(WarningCode(value).value for value in values)
    except ValueError:
        raise BadInput(f"Field '{path}' holds a value that is none of its enum.") from None
    return Literal("key", values=known.warned.get(codes, ()))


def _flagged(values: Any, known: Known, path: str) -> Tree:
    _filled(values, path)
    if not all(values):
        raise BadInput(f"Field '{path}' takes codes of the vocabulary RISK_FLAG_KIND.")
    kinds = frozenset(map(str, values))
    return Literal("flag", values=tuple(sorted(kinds)), among=known.flagged.get(kinds))


def _controlled(value: Any, known: Known, path: str) -> Tree:
    return Literal("key", values=known.controlled.get(_key(value, ("Party",), known, path), ()))


def _min_risk(value: Any, known: Known, path: str) -> Tree:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadInput(f"Field '{path}' must be between 0 and 1.")
    assert known.scores
    return Literal("key", values=known.scores.at_least(float(value)))


def _ratings(values: Any, known: Known, path: str) -> Tree:
    _filled(values, path)
    assert known.scores
    return Literal("key", values=known.scores.rated({RiskRating(value) for value in values}))


def _two_digits(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isdigit()


def _two_letters(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()


Reader = Callable[[Any, Known, str], Tree]
READERS: dict[str, Reader] = {
    "kinds": _words_of(AccountKind, "kind"),
    "statuses": _words_of(AccountStatus, "status"),
    "nameContains": _name,
    "national": _flag("national"),
    "centers": _centers,
    "eligibilities": _words_of(CenterEligibility, "unassigned"),
    "managerIds": _keys("manager", ("AccountManager",)),
    "hasPrimaryManager": _flag("primary"),
    "isaStatuses": _words_of(IsaStatus, "isa"),
    "segmentIds": _segments,
    "ratings": _ratings,
    "minRisk": _min_risk,
    "flagKinds": _flagged,
    "hasOpenIssue": _flag("issue"),
    "chapters": _texts("chapter", _two_digits, "two digits, such as 61"),
    "origins": _texts("origin", _two_letters, "ISO 3166-1 alpha-2 codes, such as VN"),
    "minEnteredValue": _value,
    "controlledBy": _controlled,
    "brokerId": _keys("broker", ("Account",)),
    "opened": _opened,
    "warnings": _warned,
}
