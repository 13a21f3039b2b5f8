"""What is asked about warnings, segments and figures, and what the claims replayed say of it."""

from datetime import date
from typing import Any

from graph import ids
from graph.terms import WarningCode
from tests.resolvers.figures_replayed import performance
from tests.resolvers.segments_replayed import FIELDS, segment, segments
from tests.resolvers.side_by_side import SIDES, own
from tests.resolvers.warned_replayed import Warned
from tests.resolvers.warned_things import ACCOUNTS

IMPORTERS = [own(key, side) for side in SIDES for key in ACCOUNTS]
EVERY = [own(key, side) for side in SIDES for key in (*ACCOUNTS, "Account:B-1")]
FILTERS: dict[str, dict[str, Any]] = {
    code.value: {"warnings": [code.value]} for code in WarningCode
}
FILTERS |= {
    "either": {"warnings": ["NUMBER_NOT_ACTIVE", "ISA_PENDING_MANAGER"]},
    "flagged": {"flagKinds": ["PENALTY"]},
    "joined": {"isaStatuses": ["ACTIVE"]},
    "worth": {"minEnteredValue": "30.00"},
}


def _each(keys: list[str], selected: str) -> str:
    fields = [
        f'a{n}: account(by: {{id: "{ids.encode(key)}"}}, moment: $m) {{ {selected} }}'
        for n, key in enumerate(keys)
    ]
    return "query ($m: MomentInput) { " + " ".join(fields) + " }"


OWN = _each(EVERY, "warnings { code about { key } } segment { name version }")
FIGURES = _each(
    IMPORTERS,
    "performance { from to loadedThrough total { entrySummaries lines enteredValue { amount }"
    " compliance { rate sampledLines } } trend(step: QUARTER) { from to lines }"
    " breakdown(by: HTS_CHAPTER, limit: 3) { chapter { code } lines } }",
)
LISTS = (
    "query ($m: MomentInput, "
    + ", ".join(f"${name}: AccountFilter" for name in FILTERS)
    + ") { riskSegments(moment: $m) { name version } "
    + " ".join(
        f"{name}: accounts(first: 15, filter: ${name}, moment: $m)"
        " { totalCount { value } nodes { key } }"
        for name in FILTERS
    )
    + " }"
)


def own_told(found: dict[str, Any]) -> dict[str, Any]:
    """What is asked of one account, out of an answer."""
    told = [
        (each["code"], tuple(sorted(ids.decode(about["key"]) for about in each["about"])))
        for each in found["warnings"]
    ]
    place = found["segment"]
    return {
        "warnings": sorted(told),
        "segment": (place["name"], place["version"]) if place else None,
    }


def own_known(warned: Warned, account: str) -> dict[str, Any]:
    """The same out of the claims."""
    return {"warnings": warned.warnings(account), "segment": segment(warned, account)}


def lists_told(found: dict[str, Any]) -> dict[str, Any]:
    """The lists out of an answer."""
    lists = {name: {ids.decode(each["key"]) for each in found[name]["nodes"]} for name in FILTERS}
    counts = {name: found[name]["totalCount"]["value"] for name in FILTERS}
    assert counts == {name: len(keys) for name, keys in lists.items()}
    return lists | {"segments": [(e["name"], e["version"]) for e in found["riskSegments"]]}


def lists_known(warned: Warned) -> dict[str, Any]:
    """The same out of the claims."""

    def those(given: dict[str, Any]) -> set[str]:
        [(name, values)] = given.items()
        return {each for each in EVERY if FIELDS[name](warned, each, values)}

    lists: dict[str, Any] = {name: those(given) for name, given in FILTERS.items()}
    return lists | {"segments": [(e["name"], e["number"]) for e in segments(warned)]}


def figures_told(found: dict[str, Any]) -> dict[str, Any] | None:
    """The figures of an account out of an answer."""
    told = found["performance"]
    if told is None:
        return None
    total, (strict, _) = told["total"], told["total"]["compliance"]
    return {
        "days": (_day(told["from"]), _day(told["to"])),
        "through": _day(told["loadedThrough"]),
        "total": {
            "entrySummaries": total["entrySummaries"],
            "lines": total["lines"],
            "enteredValue": round(float(total["enteredValue"]["amount"]) * 100),
            "sampledLines": strict["sampledLines"],
            "rate": None if strict["rate"] is None else round(strict["rate"], 4),
        },
        "chapters": [(e["chapter"]["code"], e["lines"]) for e in told["breakdown"]],
        "quarters": [(_day(e["from"]), _day(e["to"]), e["lines"]) for e in told["trend"]],
    }


def figures_known(warned: Warned, account: str) -> dict[str, Any] | None:
    """The same out of the claims."""
    return performance(warned, account)


def _day(text: str) -> date:
    return date.fromisoformat(text)
