"""The policy judged by another one, which was written from the brief in another language."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType
from typing import Any

import pytest

from graph import rights, roles
from graph.bounds import bounds
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.policy import Viewer
from graph.reach import reach
from graph.roles import (
    NEAR,
    NEAR_RIGHTS,
    PART_OF,
    READS,
    ROLES,
    SERVED,
    WRITES,
    Part,
    Reach,
    Role,
    Rule,
)
from graph.session import Graph
from graph.terms import Permission
from tests import worlds
from tests.graph.cedar import (
    ACCOUNTS,
    DISCIPLINES,
    NORTH,
    NOT_YET,
    SEEN,
    SOUTH,
    WRITTEN,
    Caller,
    Judge,
    callers,
    granted,
)
from tests.reach.random_world import RECORDED, thing
from tests.worlds import claim

JUDGE = Judge()
ID = "P-1"
GIVE_WAY = {Role.SPECIALIST: {Role.ACCOUNT_MANAGER, Role.CENTER_DIRECTOR}}
"""Roles that give nothing beside these: they read less of their accounts, and it is not told by
account what may be read (ADR 36). Headquarters reads all, and they keep what they write."""
ALL = {Role.HQ_ANALYST, Role.HQ_COORDINATOR, Role.INTEGRATOR, Role.DEVELOPMENT}


def expected(caller: Caller) -> dict[Permission | Part, set[str]]:
    """What Cedar grants to the roles that count, as far as it is built."""
    kept = set(caller.roles)
    if Role.AUDITOR not in kept and not READS & (
        caller.registered or READS
    ):  # a service that may read nothing is refused
        kept -= {Role.INTEGRATOR}
    if not kept & ALL:
        kept -= {role for role, stronger in GIVE_WAY.items() if stronger & kept}
    told = JUDGE.grants(replace(caller, roles=tuple(role for role in Role if role in kept)))
    whole = set(ACCOUNTS) if caller.viewer.sees_all else None
    return {r: on if r not in NOT_YET or on == whole else set() for r, on in told.items()}


def table(role: Role, practised: str) -> set[Permission | Part]:
    """What the table gives to a role, of one discipline, with any registration."""
    rule = vars(rights)["ROLES"][role]
    held = rule.rights - (rule.by_discipline if practised not in roles.DISCIPLINES else set())
    parts = {part for part, right in PART_OF.items() if right in held}
    return {*held, *(parts - rule.lacks)}


def judged(role: Role, practised: str) -> set[Permission | Part]:
    """What Cedar grants to it on any account, were it on."""
    every = frozenset(Permission) if role is Role.INTEGRATOR else None
    told = JUDGE.grants(Caller((role,), practised, every, named=frozenset(ACCOUNTS)))
    return {right for right, on in told.items() if on}


def sound(role: Role, rule: Rule) -> bool:
    """Whether a rule says nothing that has no effect."""
    writes = rule.rights - NEAR_RIGHTS
    parts = {PART_OF[part] for part in rule.lacks}
    reaches = {Reach.NONE} if role not in SERVED | NEAR else set(Reach)
    if role in SERVED:
        reaches = {Reach.REGISTERED if rule.registered else Reach.ALL}
    return (
        rule.own == (writes if rule.reach is Reach.MANAGED else set())
        and rule.by_discipline <= rule.rights
        and parts <= rule.rights
        and rule.reach in reaches
        and rule.registered is (rule.reach is Reach.REGISTERED)
        and rule.alone is (rule.reach in (Reach.NONE, Reach.NAMED))
        and bool(rule.rights) is (rule.reach is not Reach.NONE)
        and not (rule.alone and rule.reads_only)
        and not (rule.reads_only and rule.rights & WRITES)
    )


def differences(some: list[Caller]) -> list[tuple[Caller, Any]]:
    """Where the product and Cedar part."""
    return [(each, granted(each)) for each in some if granted(each) != expected(each)]


def test_cedar_judges_as_the_table_does() -> None:
    asked = callers()

    assert differences(asked) == []
    assert len(asked) > 150


@pytest.mark.parametrize("practised", DISCIPLINES)
@pytest.mark.parametrize("role", Role)
def test_a_role_has_the_rights_that_cedar_gives_it(role: Role, practised: str) -> None:
    assert table(role, practised) == judged(role, practised)


@pytest.mark.parametrize("role", Role)
def test_a_rule_says_nothing_that_has_no_effect(role: Role) -> None:
    assert sound(role, ROLES[role])


def test_more_roles_give_more_unless_they_exclude_or_give_way() -> None:
    for one, other in combinations(sorted(set(Role) - {Role.INTEGRATOR}), 2):
        both = granted(Caller((one, other)))
        for role in (one, other):
            alone = granted(Caller((role,)))
            gives_way = GIVE_WAY.get(role, set()) & {one, other}
            excluded = rights.excluded((one, other))
            adds_up = all(alone[right] <= both[right] for right in alone)
            assert adds_up is not (excluded or bool(gives_way)) or not any(alone.values())


PLAIN = [caller for caller in callers() if len(caller.roles) < 3]


def cells() -> Iterator[tuple[str, Role, Rule]]:
    """Every rule with one cell changed."""
    for role, rule in ROLES.items():
        changes: list[tuple[str, Any]] = [
            (name, getattr(rule, name) ^ {right})
            for name in ("rights", "own", "by_discipline")
            for right in Permission
        ]
        changes += [("lacks", rule.lacks ^ {part}) for part in Part]
        changes += [("reach", where) for where in Reach if where is not rule.reach]
        changes += [(name, not getattr(rule, name)) for name in ("registered", "alone")]
        changes.append(("reads_only", not rule.reads_only))
        for name, value in changes:
            given: dict[str, Any] = {name: value}
            yield f"{role} {name} {value}", role, replace(rule, **given)


def survives(role: Role, rule: Rule, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether nobody has anything to say about this rule."""
    if not sound(role, rule):
        return False
    with monkeypatch.context() as patch:
        patch.setattr(rights, "ROLES", MappingProxyType({**ROLES, role: rule}))
        if any(table(role, each) != judged(role, each) for each in DISCIPLINES):
            return False
        return not differences([each for each in PLAIN if role in each.roles])


def test_a_cell_that_is_changed_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = list(cells())

    survivors = [name for name, role, rule in changed if survives(role, rule, monkeypatch)]
    assert survivors == []
    assert len(changed) > 500


@pytest.mark.parametrize("name", ["SERVED", "NEAR", "NEAR_RIGHTS", "OWN_RIGHTS", "DISCIPLINES"])
def test_a_list_beside_the_table_that_is_changed_is_seen(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = set(getattr(rights, name))
    survivors = []

    for each in stands:
        with monkeypatch.context() as patch:
            patch.setattr(rights, name, stands - {each})
            if not differences(PLAIN):
                survivors.append(each)

    assert survivors == []


@pytest.fixture
async def placed(graph: Graph, key: IdentifierKey, practised: str) -> Graph:
    """The accounts that Cedar is asked about, around somebody at NORTH."""
    mine = [f"AccountManager:{ID}", f"Specialist:{ID}"]
    rows: list[worlds.Row] = [
        worlds.center(NORTH, "North"),
        worlds.center(SOUTH, "South"),
        worlds.manager(ID, "Somebody"),
        thing("Specialist", ID, name="Somebody", active=True),
        thing("Discipline", practised, code=practised, name="Theirs"),
        claim(mine[1], "PRACTISES", f"Discipline:{practised}"),
        *(claim(each, "MEMBER_OF", f"Center:{NORTH}") for each in mine),
    ]
    for id_, said in ACCOUNTS.items():
        about = f"Account:{id_}"
        rows.append(worlds.account(id_, f"Mill {id_}"))
        if said["center"]:
            rows.append(claim(about, "ASSIGNED_TO", f"Center:{said['center']}"))
        if said.get("managed"):
            role = "BACKUP" if id_ == "A-backed" else "PRIMARY"
            rows.append(claim(about, "MANAGED_BY", mine[0], role=role))
        if said.get("served"):
            rows.append(claim(mine[1], "SERVES", about))
        if said.get("issue"):
            issue = f"Issue:{id_}"
            rows += [
                thing("Issue", id_, purpose="ADVICE", title="Help", status="OPEN",
                      openedOn=worlds.SINCE),
                claim(issue, "CONCERNS", about),
                claim(issue, "HANDLED_BY", f"Discipline:{practised}", part="LEAD"),
            ]  # fmt: skip
    assert (await write(graph, rows, at=RECORDED)).refused == []
    return graph


@pytest.mark.parametrize("practised", DISCIPLINES)
@pytest.mark.parametrize("on", [on for on in SEEN if on is not Reach.ALL], ids=lambda on: on.name)
async def test_each_reach_is_in_a_graph_what_cedar_was_told(
    placed: Graph, practised: str, on: Reach
) -> None:
    own_only = on is Reach.OWN  # a setting makes a manager's reach of that
    where = Reach.MANAGED if own_only else on
    role = next(role for role, rule in ROLES.items() if rule.reach is where)
    given = rights.rights((role,), practised=frozenset({practised}), own_only=own_only)
    viewer = Viewer(ID, ID, **given)

    seen = await reach(placed, viewer)
    within = await bounds(placed, viewer, Permission.WRITE_ISSUES)

    assert viewer.near == {on}
    assert {key.partition(":")[2] for key in seen.accounts} == SEEN[on]
    assert {key.partition(":")[2] for key in within.own.accounts} == WRITTEN[on]
    assert practised in roles.DISCIPLINES or role is not Role.SPECIALIST or seen.types
