"""How to get a computed answer again: a document for each field, all explicit in variables."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph import ids, records
from graph.records.moment import Moment, instant_text
from graph.records.paths import PERCENT
from graph.records.traversal import Reproduction
from graph.walks import Walk

COMPLETE = "completeness { state exploredNodes exploredEdges reason hint } moment { asOf knownAt }"
FIELDS: Mapping[str, tuple[str, str, str, str]] = {  # type, parameters, arguments, selection
    "ultimateOwners": (
        "Organization",
        "$atLeast: Percent!, $naturalPersons: Boolean!, $limit: Int!, $scenario: ScenarioInput",
        "atLeast: $atLeast, naturalPersons: $naturalPersons, limit: $limit, scenario: $scenario",
        "owners { owner { ... on Node { id } } share { min max } verdict } remainder { min max }",
    ),
    "effectiveOwnership": (
        "Organization",
        "$owner: ID!, $scenario: ScenarioInput",
        "owner: $owner, scenario: $scenario",
        "share { min max }",
    ),
    "controllingGroup": (
        "Organization",
        "$scenario: ScenarioInput",
        "scenario: $scenario",
        "controller { ... on Node { id } } verdict cyclic memberCount { value }",
    ),
    "controlledGroup": (
        "Party",
        "$scenario: ScenarioInput",
        "scenario: $scenario",
        "verdict cyclic memberCount { value } members { organization { id } verdict }",
    ),
    "blockedStatus": (
        "Party",
        "$scenario: ScenarioInput",
        "scenario: $scenario",
        "verdict listed aggregate { min max } counted { id }",
    ),
    "risk": (
        "RiskSubject",
        "$policy: ID, $scenario: ScenarioInput",
        "policy: $policy, scenario: $scenario",
        "own inherited score rating policy { id version }"
        " chains { source { id } strength path { text } }",
    ),
    "riskReach": (
        "RiskSubject",
        "$atLeast: Score!, $kinds: [EntityKind!], $policy: ID",
        "atLeast: $atLeast, kinds: $kinds, policy: $policy, first: 100",
        "totalCount { value } edges { node { id } chain { strength path { text } } }",
    ),
    "ownershipPaths": (
        "Organization",
        "$from: ID!, $maxLength: Int!, $limit: Int!",
        "from: $from, maxLength: $maxLength, limit: $limit",
        "connected paths { length text }",
    ),
    "ownershipCycles": (
        "Organization",
        "$limit: Int!",
        "limit: $limit",
        "connected paths { length text }",
    ),
}


def again(
    field: str, thing: records.Entity, moment: Moment, variables: Mapping[str, Any]
) -> Reproduction:
    """The field asked of the thing by an id that carries both clocks."""
    type_, parameters, arguments, selection = FIELDS[field]
    name = field[0].upper() + field[1:]
    document = (
        f"query {name}($id: ID!, {parameters}) {{\n"
        f"  node(id: $id) {{ ... on {type_} {{ {field}({arguments}) {{\n"
        f"    {selection}\n    {COMPLETE}\n  }} }} }}\n}}"
    )
    return Reproduction(document, {"id": explicit(thing.stored_key, moment), **variables})


CHAIN = (
    "query Chain($id: ID!, $policy: ID, $atLeast: Score!) {\n"
    "  node(id: $id) { ... on RiskSubject {\n"
    "  riskReach(policy: $policy, atLeast: $atLeast, last: 100) {\n"
    "    edges { node { id label } chain { strength path { text } } }\n"
    "    completeness { state exploredNodes exploredEdges reason hint } moment { asOf knownAt }\n"
    "  } } }\n}"
)
COUNTERFACTUAL = (
    "query Counterfactual($id: ID!, $policy: ID, $scenario: ScenarioInput, $below: Score!,"
    " $maxSize: Int!, $limit: Int!) {\n"
    "  node(id: $id) { ... on RiskSubject { risk(policy: $policy, scenario: $scenario) {\n"
    "    counterfactual(below: $below, maxSize: $maxSize, limit: $limit) {\n"
    "      cuts { score end { id } resolve { id } } completeness { state reason hint } }\n"
    "  } } }\n}"
)
WHAT_IF = (
    "query WhatIf($scenario: ScenarioInput!, $kinds: [EntityKind!], $policy: ID,"
    " $atLeast: Score!, $limit: Int!, $moment: MomentInput!) {\n"
    "  whatIf(scenario: $scenario, kinds: $kinds, policy: $policy, atLeast: $atLeast,"
    " limit: $limit, moment: $moment) {\n"
    "    effectCount { value relation }\n"
    "    effects { before { subject { id } score } after { score } }\n"
    "    completeness { state reason hint }\n  }\n}"
)


def moment_variables(moment: Moment) -> dict[str, str]:
    """A moment as `MomentInput` takes it, both clocks spelled out."""
    return {"asOf": moment.as_of.isoformat(), "knownAt": instant_text(moment.known_at)}


def explicit(key: str, moment: Moment) -> str:
    """The global id of a thing at a moment, both clocks spelled out."""
    at = Moment.given(moment.as_of, moment.known_at, moment)
    return ids.encode(key + at.suffix)


def spelt(keys: Iterable[str]) -> list[str]:
    """The global ids of things, without a moment."""
    return [ids.encode(key) for key in keys]


def walk_variables(walk: Walk) -> dict[str, Any]:
    """A walk with all of its fields."""
    whole, rest = divmod(walk.min_share, PERCENT)
    asked: dict[str, Any] = {
        "relationshipTypes": list(walk.types),
        "direction": walk.direction.value,
        "minShare": walk.min_share / PERCENT if rest else whole,
        "includeUndisclosed": walk.undisclosed,
        "includeFormer": walk.former,
    }
    if walk.through is not None:
        asked["through"] = sorted(kind.value for kind in walk.through)
    if walk.avoid:
        asked["avoid"] = spelt(sorted(walk.avoid))
    if walk.max_degree is not None:
        asked["maxDegree"] = walk.max_degree
    return asked
