"""What an account filter names, at any depth: what may be asked, and what to look up before."""

from collections.abc import Iterator, Mapping
from typing import Any

Given = Mapping[str, Any]
BY_RISK = frozenset({"minRisk", "ratings"})
OF_RISK = BY_RISK | {"segmentIds", "flagKinds"}
OF_PERFORMANCE = frozenset({"chapters", "origins", "minEnteredValue"})
OF_MONEY = frozenset({"minEnteredValue"})
OF_OWNERSHIP = frozenset({"controlledBy"})


def mentioned(given: Given) -> frozenset[str]:
    """The names of all fields given, at any depth."""
    return frozenset(given).union(*map(mentioned, _within(given)))


def warning_sets(given: Given) -> set[frozenset[str]]:
    """The sets of warning codes asked for, at any depth."""
    here = {frozenset(map(str, given["warnings"]))} if given.get("warnings") else set()
    return here.union(*map(warning_sets, _within(given)))


def flag_kinds(given: Given, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The kinds of flags asked for, at any depth, each with its path below the filter."""
    for at, kind in enumerate(given.get("flagKinds") or ()):
        yield (*path, "flagKinds", at), str(kind)
    for at, each in enumerate(given.get("anyOf") or ()):
        yield from flag_kinds(each, *path, "anyOf", at)
    if given.get("not"):
        yield from flag_kinds(given["not"], *path, "not")


def names(given: Given) -> list[str]:
    """The words that names are to contain, at any depth."""
    here = [str(given["nameContains"])] if given.get("nameContains") else []
    return here + [name for each in _within(given) for name in names(each)]


def flag_sets(given: Given) -> set[frozenset[str]]:
    """The sets of kinds of flags asked for, at any depth, but for those below a `not`."""
    here = {frozenset(map(str, given["flagKinds"]))} if given.get("flagKinds") else set()
    return here.union(*map(flag_sets, given.get("anyOf") or ()))


def controllers(given: Given) -> set[str]:
    """The ids of parties under whose control a holder is to be, at any depth."""
    here = {str(given["controlledBy"])} if given.get("controlledBy") else set()
    return here.union(*map(controllers, _within(given)))


def thresholds(given: Given) -> set[float]:
    """The least scores asked for, at any depth."""
    here = {float(given["minRisk"])} if given.get("minRisk") is not None else set[float]()
    return here.union(*map(thresholds, _within(given)))


def _within(given: Given) -> list[Given]:
    return [*(given.get("anyOf") or ()), *([given["not"]] if given.get("not") else ())]
