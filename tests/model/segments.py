"""Risk segments: versions of rules, tried in turn: an account is in the first that holds."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from random import Random
from typing import Any

from tests.days import today, tomorrow
from tests.model.state import DAYS, Draft, Given, State

RULES: list[Given] = [
    {}, {"statuses": ["ACTIVE"]}, {"national": True}, {"hasPrimaryManager": True},
    {"kinds": ["BROKER"]}, {"not": {"national": True}},
    {"anyOf": [{"national": True}, {"statuses": ["CLOSED", "SUSPENDED"]}]},
]  # fmt: skip
WRONG: dict[str, tuple[Given, str, str]] = {
    "circle": ({"segmentIds": ["RiskSegment:SG-0"]}, "INVALID_STATE", "filter.segmentIds"),
    "no such kind": ({"flagKinds": ["NOTHING"]}, "NOT_FOUND", "filter.flagKinds.0"),
    "no value": ({"statuses": []}, "INVALID_FORMAT", "filter.statuses"),
}


def defining(random: Random, _state: State) -> Given:
    given: Given = {
        "name": random.choice(["First", "Second", "second", "Third", "Third", ""]),
        "filter": random.choice(RULES),
        "precedence": random.choice([1, 2, 2, 3, 1000]) if random.random() < 0.95 else 0,
        "treatment": random.choice(["Care", "Look", "Wait", "Care", "Look", ""]),
    }
    if random.random() < 0.1:
        given["filter"] = random.choice([wrong for wrong, _, _ in WRONG.values()])
    if random.random() < 0.3:
        given["validFrom"] = random.choice([today(), today(), tomorrow(), DAYS[1]])
    return given


def define_risk_segment(draft: Draft, given: Given) -> None:
    _faults(draft, given)
    day = given.get("validFrom") or draft.today
    if day < draft.today:
        draft.refuse("OUT_OF_RANGE", "validFrom")
    last = _last(draft.state, given["name"])
    if last and draft.get(last, "validFrom") > day:
        draft.refuse("INTERVAL_CONFLICT", "validFrom")
    draft.check()
    number = draft.get(last, "version") + 1 if last else 1
    if last and (draft.get(last, "validTo") or date.max) > day:
        draft.things[last] = {"validTo": day}
    key = f"RiskSegment:SG-{sha256(given['name'].lower().encode()).hexdigest()[:12]}.{number}"
    draft.things[key] = {
        "kind": "RiskSegment", "name": given["name"], "version": number, "validFrom": day,
        "validTo": None, "precedence": given["precedence"], "treatment": given["treatment"],
        "filter": given["filter"],
    }  # fmt: skip
    before = {account: of(draft.state, account) for account in draft.state.of("Account")}
    own = [each for each in before.values() if each and _same(draft.state, each, given["name"])]
    draft.answered = {"moved": 0 if day > draft.today else _moved(draft, key, before, own)}


def _faults(draft: Draft, given: Given) -> None:
    """Note what is wrong whatever stands."""
    for name in ("name", "treatment"):
        if not given[name]:
            draft.refuse("REQUIRED", name)
    if not 1 <= given["precedence"] <= 1000:
        draft.refuse("OUT_OF_RANGE", "precedence")
    for rule, code, path in WRONG.values():
        if given["filter"] == rule:
            draft.refuse(code, *path.split("."))


def _moved(draft: Draft, key: str, before: dict[str, str | None], own: list[str]) -> int:
    """How many accounts come to it, or go from the version before it."""
    things = {**draft.state.things, key: draft.things[key]}
    after = State({k: {**t, **draft.things.get(k, {})} for k, t in things.items()})
    after.claims = draft.state.claims
    return sum((of(after, a) == key) != (was in own) for a, was in before.items())


def of(state: State, account: str) -> str | None:
    """The segment that an account is in today."""
    ordered = sorted((state.things[key]["precedence"], key) for key in in_force(state))
    rules = ((key, state.things[key]["filter"]) for _, key in ordered)
    return next((key for key, rule in rules if _holds(state, account, rule)), None)


def in_force(state: State) -> list[str]:
    """The versions in force today."""
    found = {key: state.things[key] for key in state.of("RiskSegment")}
    return [
        key
        for key, said in found.items()
        if said["validFrom"] <= today() < (said["validTo"] or tomorrow())
    ]


def version_of(state: State, key: str) -> str | None:
    """The version in force today of the segment that this is a version of."""
    name = key.rpartition(".")[0]
    return next((each for each in in_force(state) if each.rpartition(".")[0] == name), None)


def _holds(state: State, account: str, rule: Given) -> bool:
    """Whether all of a rule holds for an account."""
    thing = state.things[account]
    told: dict[str, Callable[[Any], bool]] = {
        "statuses": lambda wanted: thing["status"] in wanted,
        "national": lambda wanted: bool(thing["national"]) == wanted,
        "kinds": lambda wanted: thing["kind"].upper() in wanted,
        "hasPrimaryManager": lambda wanted: bool(state.manager(account, today())) == wanted,
        "not": lambda inner: not _holds(state, account, inner),
        "anyOf": lambda some: any(_holds(state, account, each) for each in some),
    }
    return all(told[name](wanted) for name, wanted in rule.items())


def _same(state: State, key: str, name: str) -> bool:
    return bool(state.things[key]["name"].lower() == name.lower())


def _last(state: State, name: str) -> str | None:
    """The newest version of the segment of a name."""
    own = [key for key in state.of("RiskSegment") if _same(state, key, name)]
    return max(own, key=lambda key: state.things[key]["version"], default=None)
