"""Bad questions to every field that walks: a code, the field's path, and the knob to turn."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from strawberry.types import ExecutionResult

from graph import ids
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.reference.install import install
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds

IRIS, HOLDINGS, MILL, NOBODY = (ids.encode(f"Party:{i}") for i in ("P-1", "O-1", "O-2", "O-404"))
CENTER, ACCOUNT, CHANGE = map(ids.encode, ("Center:CEE004", "Account:A-1", "Change:1"))
FUTURE = "2999-01-01T00:00:00.000000Z"
AHEAD = ids.encode(f"Party:O-2@/{FUTURE}")
ROOT: dict[str, tuple[str, dict[str, Any]]] = {  # declared variables and those of a good question
    "shortestPaths": (
        "$from: ID!, $to: ID!, $walk: WalkInput, $maxLength: Int, $limit: Int,"
        " $moment: MomentInput",
        {"from": IRIS, "to": MILL},
    ),
    "reachable": (
        "$from: [ID!]!, $kinds: [EntityKind!], $walk: WalkInput, $maxDepth: Int, $first: Int,"
        " $after: String, $moment: MomentInput",
        {"from": [IRIS]},
    ),
    "neighborhood": (
        "$around: [ID!]!, $among: [ID!], $depth: Int, $walk: WalkInput, $limit: Int,"
        " $moment: MomentInput",
        {"around": [IRIS]},
    ),
    "whatIf": (
        "$scenario: ScenarioInput!, $limit: Int, $moment: MomentInput",
        {"scenario": {"record": []}},
    ),
}
BELOW: dict[str, tuple[str, dict[str, Any]]] = {
    "ultimateOwners": ("$atLeast: Percent, $limit: Int, $scenario: ScenarioInput", {}),
    "effectiveOwnership": ("$owner: ID!, $scenario: ScenarioInput", {"owner": IRIS}),
    "controllingGroup": ("$scenario: ScenarioInput", {}),
    "controlledGroup": ("$scenario: ScenarioInput", {}),
    "blockedStatus": ("$scenario: ScenarioInput", {}),
    "ownershipPaths": ("$from: ID!, $maxLength: Int, $limit: Int", {"from": IRIS}),
    "ownershipCycles": ("$limit: Int", {}),
}
Case = tuple[str, dict[str, Any], str]


def document(field: str) -> str:
    declared, _ = (ROOT | BELOW)[field]
    names = [each.split(":")[0].strip()[1:] for each in declared.split(",")]
    call = f"{field}({', '.join(f'{name}: ${name}' for name in names)}) {{ __typename }}"
    if field in ROOT:
        return f"query ({declared}) {{ {call} }}"
    return (
        f"query ($id: ID!, {declared}) {{ node(id: $id) {{ ... on Organization {{ {call} }} }} }}"
    )


def recording(**more: Any) -> dict[str, Any]:
    return {"record": [{"type": "OWNS", "fromId": IRIS, "toId": MILL, **more}]}


WALKS: list[Case] = [
    (field, {"walk": walk}, said)
    for field in ("shortestPaths", "reachable", "neighborhood")
    for walk, said in (
        ({"maxDegree": 0}, "'walk.maxDegree' must be between 1 and 100000"),
        ({"maxDegree": 100_001}, "'walk.maxDegree'"),
        ({"relationshipTypes": []}, "'walk.relationshipTypes' takes 1"),
        ({"through": []}, "'walk.through' takes 1"),
        ({"avoid": []}, "'walk.avoid' takes 1"),
        ({"avoid": ["nonsense"]}, "'walk.avoid' is no global id"),
        ({"avoid": [CHANGE]}, "'walk.avoid' is the id of another kind"),
    )
]
MOMENTS: list[Case] = [
    (field, {"moment": moment}, said)
    for field in ROOT
    for moment, said in (
        ({"knownAt": FUTURE}, "'moment.knownAt' lies in the future"),
        ({"notBefore": "nonsense"}, "'moment.notBefore'"),
    )
]
ENTRIES: list[Case] = [
    ("shortestPaths", {"from": "nonsense"}, "'from' is no global id"),
    ("shortestPaths", {"to": "nonsense"}, "'to' is no global id"),
    ("shortestPaths", {"from": CHANGE}, "'from' is the id of another kind"),
    ("shortestPaths", {"to": NOBODY}, "'to' is the id of nothing"),
    ("shortestPaths", {"to": IRIS}, "'from' and 'to' are the same thing"),
    ("shortestPaths", {"to": AHEAD}, "'to' is no global id"),
    *(("shortestPaths", {"maxLength": n}, "'maxLength' must be between") for n in (-1, 0, 11)),
    *(("shortestPaths", {"limit": n}, "'limit' must be between 1 and 100") for n in (-1, 0, 101)),
    ("reachable", {"from": []}, "'from' takes 1 to 20 ids"),
    ("reachable", {"from": [IRIS] * 21}, "'from' takes 1 to 20 ids"),
    ("reachable", {"from": [IRIS, "nonsense"]}, "'from' is no global id"),
    ("reachable", {"from": [CHANGE]}, "'from' is the id of another kind"),
    ("reachable", {"from": [NOBODY]}, "'from' holds the id of nothing"),
    ("reachable", {"kinds": []}, "'kinds' takes 1"),
    *(("reachable", {"maxDepth": n}, "'maxDepth' must be between 1 and 10") for n in (-1, 0, 11)),
    *(("reachable", {"first": n}, "'first' must be between") for n in (-1, 0, 101)),
    ("neighborhood", {"around": []}, "'around' takes 1 to 100 ids"),
    ("neighborhood", {"around": ["nonsense"]}, "'around' is no global id"),
    ("neighborhood", {"around": [CHANGE]}, "'around' is the id of another kind"),
    ("neighborhood", {"around": [NOBODY]}, "'around' holds the id of nothing"),
    ("neighborhood", {"among": []}, "'among' takes 1 to 100 ids"),
    ("neighborhood", {"among": [CHANGE]}, "'among' is the id of another kind"),
    *(("neighborhood", {"depth": n}, "'depth' must be between 0 and 4") for n in (-1, 5)),
    *(("neighborhood", {"limit": n}, "'limit' must be between 1 and") for n in (-1, 0)),
    *(("ultimateOwners", {"limit": n}, "'limit' must be between 1 and 100") for n in (-1, 0, 101)),
    ("effectiveOwnership", {"owner": "nonsense"}, "'owner' is no global id"),
    ("effectiveOwnership", {"owner": CENTER}, "'owner' is the id of another kind"),
    ("effectiveOwnership", {"owner": NOBODY}, "'owner' is the id of no party"),
    ("ownershipPaths", {"from": "nonsense"}, "'from' is no global id"),
    ("ownershipPaths", {"from": ACCOUNT}, "'from' is the id of another kind"),
    ("ownershipPaths", {"from": NOBODY}, "'from' is the id of no party"),
    ("ownershipPaths", {"from": MILL}, "'from' is the organization itself"),
    *(("ownershipPaths", {"maxLength": n}, "'maxLength' must be between") for n in (-1, 0, 21)),
    *(("ownershipPaths", {"limit": n}, "'limit' must be between 1 and 100") for n in (-1, 0, 101)),
    *(("ownershipCycles", {"limit": n}, "'limit' must be between 1 and 100") for n in (-1, 0, 101)),
]
SCENARIOS: list[Case] = [
    (field, {"scenario": scenario}, said)
    for field in (*ROOT, *BELOW)
    if "$scenario" in (ROOT | BELOW)[field][0]
    for scenario, said in (
        (recording(validFrom="2024-01-01", validTo="2023-01-01"), "scenario.record[0].validTo"),
        (recording(validFrom="2999-01-01"), "scenario.record[0]"),
        (recording(share={"min": 60, "max": 40}), "scenario.record[0].share.min"),
        (recording(toId=HOLDINGS, share={"min": 60, "max": 60}), "more than 100 percent"),
        (recording(toId=IRIS), "scenario.record[0].toId"),
        (recording(fromId=CENTER), "scenario.record[0].fromId"),
        (recording(fromId=NOBODY), "scenario.record[0].fromId"),
        (recording(type="MANAGED_BY"), "scenario.record[0].type"),
        ({"end": [IRIS]}, "scenario.end[0]"),
        ({"resolve": [IRIS]}, "scenario.resolve[0]"),
        ({"raise": [{"subjectId": CENTER, "kind": "IPR"}]}, "scenario.raise[0].subjectId"),
    )
]


Answering = Callable[..., Awaitable[ExecutionResult]]


@pytest.fixture
async def answering(harbor: Graph, seal: Seal, key: IdentifierKey) -> Answering:
    """The whole answer of a field, asked well but for what is given."""
    await install(harbor, worlds.RECORDED)  # the policies of risk

    async def answer(field: str, **more: Any) -> ExecutionResult:
        variables = {"id": MILL, **(ROOT | BELOW)[field][1], **more}
        context = Context(harbor, DEVELOPMENT, seal, key)
        found = await schema.execute(document(field), variables, context_value=context)
        assert isinstance(found, ExecutionResult)
        return found

    return answer


@pytest.mark.parametrize("field", [*ROOT, *BELOW])
async def test_a_bad_question_is_refused_with_code_path_and_knob(
    answering: Answering, field: str
) -> None:
    good = await answering(field)
    assert not good.errors
    cases = [case for case in (*WALKS, *MOMENTS, *ENTRIES, *SCENARIOS) if case[0] == field]
    assert len(cases) > 2

    for _, bad, said in cases:
        answer = await answering(field, **bad)

        [error] = answer.errors or []
        assert (error.extensions or {})["code"] in ("BAD_USER_INPUT", "CURSOR_INVALID"), bad
        assert error.path == ([field] if field in ROOT else ["node", field])
        assert said in error.message


UNKNOWN: list[Case] = [
    ("shortestPaths", {"walk": {"relationshipTypes": ["FRIEND_OF"]}}, "RelationshipType"),
    ("reachable", {"walk": {"direction": "UP"}}, "Direction"),
    ("reachable", {"kinds": ["PLANET"]}, "EntityKind"),
    ("neighborhood", {"walk": {"through": ["PLANET"]}}, "EntityKind"),
    ("neighborhood", {"walk": {"minShare": 101}}, "from 0 to 100"),
    ("neighborhood", {"depth": 1.5}, "Int"),
    ("shortestPaths", {"moment": {"asOf": "2026-02-30"}}, "a day such as"),
    ("whatIf", {"moment": {"knownAt": "yesterday"}}, "an instant with offset"),
    ("ultimateOwners", {"atLeast": -1}, "from 0 to 100"),
    ("ultimateOwners", {"scenario": recording(share={"min": 1, "max": 101})}, "from 0 to 100"),
    ("blockedStatus", {"scenario": recording(type="FRIEND_OF")}, "RelationshipType"),
    ("controlledGroup", {"scenario": {"forget": []}}, "forget"),
]


async def test_what_the_schema_does_not_know_is_refused_before_anything_runs(
    harbor: Graph, answering: Answering
) -> None:
    harbor.statements = 0

    for field, bad, said in UNKNOWN:
        answer = await answering(field, **bad)

        assert answer.data is None
        codes = {(error.extensions or {}).get("code") for error in answer.errors or []}
        assert codes == {"BAD_USER_INPUT"}
        assert any(said in error.message for error in answer.errors or [])
    assert harbor.statements == 0


async def test_a_canvas_of_more_things_than_may_be_asked_for_is_refused(
    answering: Answering,
) -> None:
    answer = await answering("neighborhood", limit=1001)

    [error] = answer.errors or []
    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
    assert "'limit' must be between 1 and 1000" in error.message


async def test_what_is_sold_twice_over_is_remarked_on(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    """More than all in sum is a warning of the model, and a remark here; shares are scaled."""
    told = """query ($id: ID!, $scenario: ScenarioInput) { node(id: $id) { ... on Organization {
      ultimateOwners(scenario: $scenario) { remarks { code about { id } }
        owners { share { min max } } } } } }"""
    context = Context(harbor, DEVELOPMENT, seal, key)
    variables = {"id": MILL, "scenario": recording(share={"min": 60, "max": 60})}

    answer = await schema.execute(told, variables, context_value=context)

    assert not answer.errors
    found = (answer.data or {})["node"]["ultimateOwners"]
    assert {"code": "OVERSUBSCRIBED", "about": {"id": MILL}} in found["remarks"]
    assert sum(each["share"]["min"] for each in found["owners"]) <= 100
