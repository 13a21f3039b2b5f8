"""What `@needs` says is what is enforced: every guarded field, by every role that is answered."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
)

from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import forget
from graph.roles import NEAR, NEAR_RIGHTS, OWN_RIGHTS, ROLES, SERVED, Part, Reach, Role
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from schema.extensions.rights import rights_of
from tests.schema.asked import NEEDS, SDL, resolved, selection, viewer

MONEY = rights_of(schema._schema).parts
ROLE_SETS: dict[str, tuple[Role, ...]] = {
    **{role.value: (role,) for role in Role},
    "HQ_ANALYST and HQ_COORDINATOR": (Role.HQ_ANALYST, Role.HQ_COORDINATOR),
    "ACCOUNT_MANAGER and HQ_ANALYST": (Role.ACCOUNT_MANAGER, Role.HQ_ANALYST),
    "nobody": (),
}
# A stream is refused whole before it begins, so that its events are never null.
NULLABLE = [place for place in NEEDS if place[0] != "Subscription"]
GUARDED = [place for place in NULLABLE if isinstance(SDL.type_map[place[0]], GraphQLObjectType)]
# Each guarded type as the root of a schema: nothing has to be read to get there.
SCHEMAS = {
    kind: GraphQLSchema(cast("GraphQLObjectType", schema._schema.type_map[kind]))
    for kind in sorted({kind for kind, _ in GUARDED})
}
# Reach by registration, or all: no place as staff.
UNKNOWN_TO = {Role.INTEGRATOR, Role.AUDITOR, Role.TRADE_OWNER}
PUBLIC = {
    "viewer",
    *("center", "centers", "discipline", "disciplines", "htsChapter", "port", "vocabulary"),
}


def test_what_is_served_is_what_is_enforced() -> None:
    served = {
        (kind.name, name): Permission(directive.arguments[0].value.value)
        for kind in SDL.type_map.values()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in kind.fields.items()
        if field.ast_node
        for directive in field.ast_node.directives or ()
        if directive.name.value == "needs"
    }

    assert served == NEEDS
    assert len(NEEDS) > 90


@pytest.mark.parametrize("place", NULLABLE, ids=".".join)
def test_a_guarded_field_may_be_null(place: tuple[str, str]) -> None:
    kind: Any = SDL.type_map[place[0]]

    assert not isinstance(kind.fields[place[1]].type, GraphQLNonNull)


def test_a_type_guards_what_its_interfaces_guard() -> None:
    for (kind, name), permission in NEEDS.items():
        if isinstance(interface := SDL.type_map[kind], GraphQLInterfaceType):
            for each in SDL.get_implementations(interface).objects:
                assert NEEDS[each.name, name] is permission


@pytest.mark.parametrize("held", ROLE_SETS)
def test_a_field_is_answered_by_the_table_alone(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    roles = ROLE_SETS[held]
    asking = SimpleNamespace(viewer=viewer(roles))
    # The second way to the answer: no sum of `policy.rights`, but the table itself.
    allowed = {right for role in roles if role in SERVED for right in ROLES[role].rights}
    near = [ROLES[role] for role in roles if role in NEAR - SERVED]
    for rule in near:
        staff = rule.reach in (Reach.MANAGED, Reach.CENTER, Reach.SERVED)
        writes = OWN_RIGHTS if staff else frozenset()
        allowed |= (rule.rights - rule.by_discipline) & (NEAR_RIGHTS | writes)
    if any(ROLES[role].alone for role in roles):  # owners are not let in here
        allowed = set()
    masked = {place for place in MONEY if all(Part.MONEY in ROLES[role].lacks for role in roles)}

    found = {place: answered(place, asking, monkeypatch) for place in GUARDED}

    wrong = {
        place: how
        for place, how in found.items()
        if how != ("read" if NEEDS[place] in allowed and place not in masked else "FORBIDDEN")
    }
    assert wrong == {}


def test_all_money_is_found() -> None:
    assert set(MONEY) == {
        ("Caseload", "enteredValue"),
        ("CenterEvidence", "enteredValue"),
        ("CenterEvidence", "valueShare"),
        ("CenterExplanation", "byValue"),
        ("PerformancePeriod", "enteredValue"),
        ("PerformancePeriod", "dutiesTaxesFees"),
    }


@pytest.mark.parametrize("right", Permission)
def test_one_right_opens_its_fields_and_no_others(
    right: Permission, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = SimpleNamespace(viewer=Viewer("V", "V", (right,), sees_all=True))

    found = {place: answered(place, asking, monkeypatch) for place in GUARDED}

    opened = {place for place, how in found.items() if how == "read"}
    assert opened == {place for place in GUARDED if NEEDS[place] is right}


def test_nobody_is_told_to_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {answered(place, SimpleNamespace(viewer=None), monkeypatch) for place in GUARDED}

    assert found == {"UNAUTHENTICATED"}


def answered(place: tuple[str, str], asking: object, monkeypatch: pytest.MonkeyPatch) -> str:
    """`read` if the field was resolved, else the code of the one error at its path."""
    read, found = resolved(place, SCHEMAS[place[0]], asking, monkeypatch)
    assert found.data == {"asked": None}
    if read:
        assert found.errors is None
        return "read"
    [error] = found.errors or []
    assert error.path == ["asked"]
    return str(getattr(error.original_error, "code", error))


@pytest.mark.parametrize("role", [*sorted(set(Role) - SERVED - NEAR), Role.TRADE_OWNER])
async def test_a_role_that_is_not_served_reads_public_facts_only(
    role: Role, graph: Graph, seal: Seal, key: IdentifierKey
) -> None:
    context = Context(graph, viewer((role,)), seal, key)
    codes: dict[str, set[str]] = {}

    for word, root in (("query", SDL.query_type), ("mutation", SDL.mutation_type)):
        assert root
        for name in root.fields:
            text = f"{word} {{ {selection(root.fields, name)} }}"
            found = await schema.execute(text, context_value=replace(context))
            codes[name] = {str((e.extensions or {}).get("code")) for e in found.errors or ()}
            if name not in PUBLIC:
                assert graph.statements == 0, name
            graph.statements = 0

    told = {name for name, found in codes.items() if not found}
    assert told <= PUBLIC
    assert {code for found in codes.values() for code in found} <= {"FORBIDDEN", "BAD_USER_INPUT"}
    for name in ("account", "accounts", "parties", "search", "changes", "issues", "saveView"):
        assert codes[name] == {"FORBIDDEN"}


@pytest.mark.parametrize("role", [role for role in sorted(NEAR) if role not in UNKNOWN_TO])
async def test_who_is_not_known_as_staff_reads_public_facts_only(
    role: Role, graph: Graph, seal: Seal, key: IdentifierKey
) -> None:
    context = Context(graph, viewer((role,)), seal, key)
    forget(graph, lambda: 0.0)

    for word, root in (("mutation", SDL.mutation_type), ("query", SDL.query_type)):
        assert root
        read = graph.statements
        for name in set(root.fields) - PUBLIC:
            text = f"{word} {{ {selection(root.fields, name)} }}"
            found = await schema.execute(text, context_value=replace(context))
            codes = {str((e.extensions or {}).get("code")) for e in found.errors or ()}
            assert codes in ({"FORBIDDEN"}, {"BAD_USER_INPUT"}), name
            assert not any((found.data or {}).values()), name
    assert graph.statements - read <= 1  # their reach, which is then known to be none


@pytest.mark.parametrize(
    ("roles", "forbidden"),
    [((Role.HQ_ANALYST,), True), ((Role.HQ_COORDINATOR,), True), ((Role.DEVELOPMENT,), False)],
)
async def test_an_analyst_writes_segments_and_no_flags(
    roles: tuple[Role, ...], forbidden: bool, graph: Graph, seal: Seal, key: IdentifierKey
) -> None:
    context = Context(graph, viewer(roles), seal, key)

    for name in ("raiseRiskFlag", "resolveRiskFlag"):
        text = selection(SDL.mutation_type.fields, name)  # type: ignore[union-attr]
        found = await schema.execute(f"mutation {{ {text} }}", context_value=replace(context))
        codes = [str((error.extensions or {}).get("code")) for error in found.errors or ()]
        assert (codes == ["FORBIDDEN"]) is forbidden
        assert (graph.statements == 0) is forbidden
