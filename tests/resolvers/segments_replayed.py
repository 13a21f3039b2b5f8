"""Which segment an account is in at a moment: the definitions and the claims replayed."""

import json
from collections.abc import Callable
from typing import Any

from tests.resolvers.figures_replayed import cells, span, value
from tests.resolvers.warned_replayed import Warned

Said = dict[str, Any]


def segments(warned: Warned) -> list[Said]:
    """The versions in force, by precedence and then by id."""
    found = [
        (said["precedence"], key, said)
        for key, said in warned.kind("RiskSegment").items()
        if said["validFrom"] <= warned.day and not warned.past(said["validTo"])
    ]
    return [said for _, _, said in sorted(found, key=lambda each: each[:2])]


def segment(warned: Warned, account: str) -> tuple[str, int] | None:
    """The first whose rule the account matches: its name and version."""
    for said in segments(warned):
        if matches(warned, account, json.loads(said["filter"])):
            return said["name"], said["number"]
    return None


def matches(warned: Warned, account: str, rule: Said) -> bool:
    """Whether all fields of a rule hold; of a list, any one element."""
    return all(FIELDS[name](warned, account, given) for name, given in rule.items())


def flags(warned: Warned, account: str) -> set[str]:
    """The kinds of open flags on the account, its identifiers or their holders."""
    numbers = warned.starts("IDENTIFIES", account)
    holders = set().union(*(warned.starts("HOLDS", each) for each in numbers))
    found = set().union(
        *(warned.starts("FLAGS", subject) for subject in {account} | numbers | holders)
    )
    said = [warned.things[each] for each in found]
    return {
        each["kind"]
        for each in said
        if warned.past(each["raisedOn"]) and not warned.past(each["resolvedOn"])
    }


def _isa(warned: Warned, account: str, given: list[str]) -> bool:
    present = warned.present(account)
    return present is not None and present[1] in given


def _chapters(warned: Warned, account: str, given: list[str]) -> bool:
    inside = cells(warned, account, span(warned.day))
    return any(each["chapter"] in given for each in inside)


def _kinds(_warned: Warned, account: str, given: list[str]) -> bool:
    return ("BROKER" if account.startswith("Account:B") else "IMPORTER") in given


FIELDS: dict[str, Callable[[Warned, str, Any], bool]] = {
    "warnings": lambda w, of, given: bool({code for code, _ in w.warnings(of)} & set(given)),
    "isaStatuses": _isa,
    "flagKinds": lambda w, of, given: bool(flags(w, of) & set(given)),
    "hasPrimaryManager": lambda w, of, given: (w.primary(of) is not None) is given,
    "statuses": lambda w, of, given: w.things[of]["status"] in given,
    "minEnteredValue": lambda w, of, given: value(w, of) >= round(float(given) * 100),
    "chapters": _chapters,
    "centers": lambda w, of, given: (w.center(of) or ":").partition(":")[2] in given,
    "kinds": _kinds,
    "not": lambda w, of, given: not matches(w, of, given),
}
