"""Every mutation by every role: allowed or refused as the table of roles says.

A row is a mutation: the rights that it takes, any of them, and on how many accounts. One that is
new has no row, and somebody has to think about it.
"""

from dataclasses import replace
from typing import Any

import pytest

from graph import policy
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import forget
from graph.roles import ROLES, Part, Role
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.schema.asked import NEEDS, SDL, selection
from tests.worlds import claim

P = Permission
OWN, ALL, KEPT = "on one's own accounts", "on all accounts", "kept for who gives it"
READ = "on all in reach: jobs/test_export_rights.py tries what is hidden"
WRITERS = {Role.ACCOUNT_MANAGER, Role.CENTER_DIRECTOR, Role.SPECIALIST}
READ_ALL = {Role.HQ_ANALYST, Role.HQ_COORDINATOR, Role.INTEGRATOR, Role.DEVELOPMENT}
Takes = tuple[tuple[P | Part, ...], str]
ROWS: dict[str, Takes] = {
    **dict.fromkeys(
        (
            "openAccount", "updateAccount", "closeAccount", "attachIdentifiers",
            "detachIdentifiers", "splitAccount", "mergeAccounts", "saveImporterNumber",
            "saveFilerCode",
        ),
        ((P.WRITE_ACCOUNTS,), ALL),
    ),
    **dict.fromkeys(
        ("saveParty", "recordRelationships", "correctRelationship"), ((P.WRITE_OWNERSHIP,), OWN)
    ),
    "endRelationship": ((P.WRITE_OWNERSHIP, P.WRITE_ASSIGNMENTS), OWN),
    **dict.fromkeys(("saveAccountManager", "saveSpecialist"), ((P.WRITE_STAFF,), OWN)),
    **dict.fromkeys(
        ("assignManager", "assignCenter", "assignSpecialist"), ((P.WRITE_ASSIGNMENTS,), OWN)
    ),
    "requestCenterChange": ((P.REQUEST_CENTER_CHANGE,), OWN),
    "decideCenterChange": ((P.WRITE_ASSIGNMENTS,), ALL),
    **dict.fromkeys(
        ("applyForIsa", "changeIsaStatus", "recordAnnualNotification"), ((P.WRITE_ISA,), OWN)
    ),
    **dict.fromkeys(("raiseRiskFlag", "resolveRiskFlag"), ((Part.FLAGS,), OWN)),
    "defineRiskSegment": ((P.WRITE_RISK,), ALL),
    **dict.fromkeys(("saveIssue", "resolveIssue"), ((P.WRITE_ISSUES,), OWN)),
    "saveStrategy": ((Part.STRATEGIES,), OWN),
    "startImport": ((P.IMPORT,), ALL),
    "startExport": ((P.EXPORT,), READ),
    **dict.fromkeys(
        (
            "saveWebhook", "rotateWebhookSecret", "pingWebhook", "redeliverWebhook",
            "deleteWebhook",
        ),
        ((P.MANAGE_WEBHOOKS,), KEPT),
    ),
    **dict.fromkeys(("saveView", "deleteView", "cancelJob"), ((), KEPT)),
}  # fmt: skip
PART_OF = {Part.FLAGS: P.WRITE_RISK, Part.STRATEGIES: P.WRITE_ISSUES}
IDS = {Role.ACCOUNT_MANAGER: "M-1", Role.CENTER_DIRECTOR: "M-1", Role.SPECIALIST: "S-1"}


def allowed(role: Role, takes: Takes) -> bool:
    """By the table alone."""
    rights, scope = takes
    reaches = role in READ_ALL or (scope is not ALL and role in WRITERS)
    return reaches and (not rights or any(has(role, right) for right in rights))


def has(role: Role, right: P | Part) -> bool:
    rule = ROLES[role]
    if isinstance(right, Part):
        return PART_OF[right] in rule.rights and right not in rule.lacks
    return right in rule.rights


def test_every_mutation_has_a_row_that_says_what_the_schema_says() -> None:
    assert SDL.mutation_type
    assert set(ROWS) == set(SDL.mutation_type.fields)
    needs = {name: right for (kind, name), right in NEEDS.items() if kind == "Mutation"}
    for name, (rights, _) in ROWS.items():
        wanted = {PART_OF[each] if isinstance(each, Part) else each for each in rights}
        assert wanted == {needs[name]} if len(wanted) == 1 else name not in needs


@pytest.mark.parametrize("role", Role)
async def test_a_role_gives_the_commands_of_the_table(
    role: Role, harbor: Graph, seal: Seal, key: IdentifierKey
) -> None:
    specialist = worlds.NodeRow("Specialist", "S-1", ("Specialist",), {"name": "S", "active": True})
    member = claim("Specialist:S-1", "MEMBER_OF", "Center:CEE004")
    assert not (await write(harbor, [specialist, member], at=worlds.RECORDED)).refused
    forget(harbor)
    registered = ROLES[role].rights if ROLES[role].registered else None
    id_ = IDS.get(role, "V")
    given = policy.rights((role,), registered, named=frozenset({"Account:A-1"}))
    context = Context(harbor, Viewer(id_, id_, **given), seal, key)
    fields: Any = SDL.mutation_type.fields  # type: ignore[union-attr]
    wrong = {}

    for name, takes in ROWS.items():
        harbor.statements = 0
        told = await schema.execute(
            f"mutation {{ {selection(fields, name)} }}", context_value=replace(context)
        )
        codes = {str((error.extensions or {}).get("code")) for error in told.errors or ()}
        if allowed(role, takes) is ("FORBIDDEN" in codes):
            wrong[name] = codes
        if not allowed(role, takes) and harbor.statements:
            wrong[name] = {"asked the database"}

    assert wrong == {}
