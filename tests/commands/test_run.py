"""What all commands have in common: permissions, unconfirmed commits, keys that are forgotten."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from neo4j import AsyncManagedTransaction

from graph import warnings
from graph.commands.run import forget
from graph.errors import TimedOut, Unavailable, Unconfirmed
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import Viewer
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests.commands.claiming import SOURCE, owning
from tests.commands.conftest import INPUTS, Give, gid
from tests.resolvers.conftest import Ask

Work = Callable[[AsyncManagedTransaction], Awaitable[Any]]
NEEDS = {
    Permission.WRITE_OWNERSHIP: ("recordRelationships", "correctRelationship", "saveParty"),
    Permission.WRITE_RISK: ("raiseRiskFlag", "resolveRiskFlag", "defineRiskSegment"),
    Permission.WRITE_ASSIGNMENTS: (
        "assignManager",
        "assignCenter",
        "assignSpecialist",
        "decideCenterChange",
    ),
    Permission.REQUEST_CENTER_CHANGE: ("requestCenterChange",),
    Permission.WRITE_ACCOUNTS: (
        "openAccount",
        "updateAccount",
        "closeAccount",
        "attachIdentifiers",
        "detachIdentifiers",
        "splitAccount",
        "mergeAccounts",
        "saveImporterNumber",
        "saveFilerCode",
    ),
    Permission.WRITE_ISA: ("applyForIsa", "changeIsaStatus", "recordAnnualNotification"),
    Permission.WRITE_ISSUES: ("saveIssue", "resolveIssue", "saveStrategy"),
    Permission.WRITE_STAFF: ("saveAccountManager", "saveSpecialist"),
}
ID = gid("Party:P-1")
GIVEN: dict[str, dict[str, Any]] = {
    "recordRelationships": {"relationships": []},
    "correctRelationship": {"id": ID, "source": SOURCE},
    "endRelationship": {"id": ID},
    "raiseRiskFlag": {"flag": {"subjectId": ID, "kind": "PENALTY"}},
    "resolveRiskFlag": {"id": ID, "resolution": "Done"},
    "assignManager": {"accountIds": [], "managerId": ID},
    "assignCenter": {"accountIds": []},
    "assignSpecialist": {"accountIds": [], "specialistId": ID},
    "decideCenterChange": {"id": ID, "state": "DENIED"},
    "requestCenterChange": {
        "accountId": ID,
        "toCenter": "CEE001",
        "basis": "APPEAL",
        "statement": "Please",
    },
    "openAccount": {"kind": "IMPORTER", "name": "New"},
    "updateAccount": {"id": ID},
    "closeAccount": {"id": ID},
    "attachIdentifiers": {"accountId": ID},
    "detachIdentifiers": {"accountId": ID},
    "splitAccount": {"accountId": ID, "name": "New"},
    "mergeAccounts": {"intoId": ID, "fromIds": []},
    "defineRiskSegment": {"name": "New", "filter": {}, "precedence": 1, "treatment": "Care"},
    "applyForIsa": {"accountId": ID, "importerNumberIds": []},
    "changeIsaStatus": {"id": ID, "status": "ACTIVE"},
    "recordAnnualNotification": {"participationId": ID, "dueOn": "2026-01-01"},
    "resolveIssue": {"id": ID, "resolution": "Done"},
}
GUARDED = [(name, permission) for permission, names in NEEDS.items() for name in names]


@pytest.mark.parametrize(("name", "permission"), GUARDED, ids=[name for name, _ in GUARDED])
async def test_who_may_not_write_is_refused_before_anything_is_read(
    harbor: Graph, seal: Seal, key: IdentifierKey, name: str, permission: Permission
) -> None:
    others = tuple(each for each in Permission if each is not permission)
    context = Context(harbor, Viewer("v", "V", others, sees_all=True), seal, key)
    document = f"mutation ($input: {INPUTS[name]}Input!) {{ {name}(input: $input) {{ replayed }} }}"

    answer = await schema.execute(document, {"input": GIVEN.get(name, {})}, context_value=context)

    assert answer.data == {name: None}
    assert [(error.extensions or {}).get("code") for error in answer.errors or []] == ["FORBIDDEN"]
    assert harbor.statements == 0


async def test_ending_needs_the_permission_of_what_ends(
    harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    found = await harbor.schema(
        "MATCH (:Account)-[c:MANAGED_BY {role: 'PRIMARY'}]->() RETURN c.id AS id"
    )
    viewer = Viewer("v", "V", (Permission.WRITE_OWNERSHIP,), sees_all=True)
    context = Context(harbor, viewer, seal, key)
    document = "mutation ($id: ID!) { endRelationship(input: {id: $id}) { userErrors { code } } }"

    answer = await schema.execute(
        document, {"id": gid(f"Relationship:{found[0]['id']}")}, context_value=context
    )

    assert answer.data == {"endRelationship": {"userErrors": [{"code": "NOT_PERMITTED"}]}}


@pytest.mark.parametrize("error", [Unconfirmed, Unavailable])
async def test_a_write_that_was_stored_is_answered_though_unconfirmed(
    harbor: Graph, give: Give, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    write = harbor.write

    async def unconfirmed(work: Work, *, name: str, seconds: float = 5.0) -> Any:
        await write(work, name=name, seconds=seconds)
        raise error("The commit was not confirmed.")

    monkeypatch.setattr(harbor, "write", unconfirmed)

    answer = await give("recordRelationships", "relationships { id }", relationships=[owning()])

    assert (answer["userErrors"], answer["replayed"]) == ([], False)
    assert len(answer["relationships"]) == len(answer["changes"]) == 1


async def test_a_write_that_was_not_stored_is_no_success(
    harbor: Graph, ask: Ask, give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(work: Work, *, name: str, seconds: float = 5.0) -> Any:
        raise Unconfirmed("The commit was not confirmed.")

    document = """mutation ($input: RecordRelationshipsInput!) {
      recordRelationships(input: $input) { replayed } }"""
    given = {"relationships": [owning()], "idempotencyKey": "K"}
    with monkeypatch.context() as patch:
        patch.setattr(harbor, "write", lost)
        answer = await ask(document, "UNAVAILABLE", input=given)

    assert answer == {"recordRelationships": None}
    again = await give("recordRelationships", "", **given)
    assert (again["userErrors"], again["replayed"]) == ([], False)


async def test_an_answer_is_not_lost_by_its_warnings(
    harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def late(*_: object) -> None:
        raise TimedOut("Too late.")

    monkeypatch.setattr(warnings, "warnings", late)
    document = """mutation ($id: ID!) {
      updateAccount(input: {id: $id, name: "Other"}) { account { name } warnings { code } } }"""

    answer = await ask(document, id=gid("Account:A-1"))

    assert answer["updateAccount"] == {"account": {"name": "Other"}, "warnings": []}


async def test_old_keys_are_forgotten(harbor: Graph, give: Give) -> None:
    await give("recordRelationships", "", relationships=[owning()], idempotencyKey="old")
    await harbor.schema("MATCH (k:IdempotencyKey) SET k.at = k.at - duration('P2D')")
    other = owning(fromId=gid("Party:U-1"))
    await give("recordRelationships", "", relationships=[other], idempotencyKey="new")

    await forget(harbor)

    again = await give("recordRelationships", "", relationships=[other], idempotencyKey="new")
    left = await harbor.schema("MATCH (k:IdempotencyKey) RETURN k.key AS key")
    assert again["replayed"] is True
    assert len(left) == 1
    assert re.fullmatch("development:[0-9a-f]{64}", left[0]["key"])  # not as the caller wrote it
    stored = await harbor.schema("MATCH (k:IdempotencyKey) RETURN properties(k) AS all")
    assert "SEC Schedule" not in str(stored)


async def test_of_many_errors_a_hundred_are_told(graph: Graph, give: Give) -> None:
    accounts = [gid(f"Account:none-{number}") for number in range(130)]

    answer = await give("assignCenter", "", accountIds=accounts, center=None)

    assert len(answer["userErrors"]) == 100
    assert {error["code"] for error in answer["userErrors"]} <= {"NOT_FOUND", "REQUIRED"}
