"""The table of roles: what it comes to for a person, and the page written from it."""

from itertools import combinations
from pathlib import Path

import pytest

from graph import policy
from graph.errors import Forbidden
from graph.policy import Viewer
from graph.roles import NEAR, NEAR_RIGHTS, READS, ROLES, SERVED, WRITES, Part, Reach, Role
from graph.terms import Permission
from scripts.policy_page import PAGE, page

P = Permission


NAMED = frozenset({"Account:A-1"})


def viewer(*roles: Role, registered: frozenset[Permission] | None = None) -> Viewer:
    return Viewer("V", "V", **policy.rights(roles, registered, named=NAMED))


def refusal(*roles: Role, registered: frozenset[Permission] | None = None) -> str:
    with pytest.raises(Forbidden) as refused:
        policy.admit(viewer(*roles, registered=registered))
    return str(refused.value)


def test_the_page_is_written_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_role_has_its_rule() -> None:
    assert list(ROLES) == list(Role)
    assert frozenset({P.WRITE_RISK, P.WRITE_STAFF, P.IMPORT}) <= WRITES


@pytest.mark.parametrize("role", Role)
def test_a_role_has_the_rights_of_its_rule_if_it_is_answered(role: Role) -> None:
    rule = ROLES[role]
    asking = viewer(role, registered=rule.rights if rule.registered else None)

    if role in SERVED:
        assert set(policy.admit(asking).permissions) == rule.rights
    elif role in NEAR:
        rights = (rule.rights - rule.by_discipline) & policy.given_yet(role)
        assert set(policy.reaching(asking).permissions) == rights
        assert asking.near == {rule.reach}
        assert refusal(role) == policy.FARTHER
    else:
        assert asking.permissions == ()
        assert role.value in refusal(role)


def test_roles_of_one_person_add_up() -> None:
    asking = viewer(Role.HQ_ANALYST, Role.HQ_COORDINATOR)

    assert asking.roles == (Role.HQ_ANALYST, Role.HQ_COORDINATOR)
    assert set(asking.permissions) == (
        ROLES[Role.HQ_ANALYST].rights | ROLES[Role.HQ_COORDINATOR].rights
    )
    assert asking.lacks == {Part.FLAGS}


def test_of_two_roles_a_right_holds_on_the_reach_of_those_that_give_it() -> None:
    both = viewer(Role.ACCOUNT_MANAGER, Role.CENTER_DIRECTOR)

    assert both.near == {Reach.MANAGED, Reach.CENTER}
    assert policy.where(both, P.WRITE_ISSUES) == policy.where(both) == both.near
    assert policy.where(both, P.WRITE_STAFF) == {Reach.CENTER}
    assert policy.where(both, P.WRITE_ISSUES, P.WRITE_STAFF) == {Reach.CENTER}
    assert policy.where(both, P.WRITE_ACCOUNTS) == frozenset()


def test_of_roles_that_read_different_things_of_some_accounts_those_that_read_most_count() -> None:
    both = viewer(Role.ACCOUNT_MANAGER, Role.SPECIALIST)

    assert both.near == viewer(Role.ACCOUNT_MANAGER).near == {Reach.MANAGED}
    assert both.permissions == viewer(Role.ACCOUNT_MANAGER).permissions


@pytest.mark.parametrize("pair", list(combinations(Role, 2)), ids=" and ".join)
def test_no_right_holds_where_no_role_of_its_own_reaches(pair: tuple[Role, Role]) -> None:
    both = viewer(*pair, registered=ROLES[Role.INTEGRATOR].rights)

    for right in both.permissions:
        giving = [role for role in pair if right in ROLES[role].rights]
        whole = {Reach.ALL if ROLES[role].registered else ROLES[role].reach for role in giving}
        assert policy.where(both, right) <= whole


def test_a_right_on_fewer_accounts_is_none_on_all() -> None:
    asking = viewer(Role.ACCOUNT_MANAGER, Role.HQ_ANALYST)

    assert P.WRITE_OWNERSHIP in asking.permissions
    assert policy.where(asking, P.READ_RISK) >= {Reach.ALL}
    assert policy.where(asking, P.WRITE_OWNERSHIP) == {Reach.MANAGED}
    with pytest.raises(Forbidden):
        policy.require(asking, P.WRITE_OWNERSHIP)


def test_a_part_of_a_right_on_fewer_accounts_is_none_on_all() -> None:
    asking = viewer(Role.ACCOUNT_MANAGER, Role.HQ_ANALYST)

    policy.require(asking, P.WRITE_RISK)
    assert policy.where(asking, Part.FLAGS) == {Reach.MANAGED}
    with pytest.raises(Forbidden):
        policy.require(asking, P.WRITE_RISK, Part.FLAGS)


@pytest.mark.parametrize(
    "roles",
    [
        *((Role.ADMIN, role) for role in Role if role is not Role.ADMIN),
        *((Role.TRADE_OWNER, role) for role in Role if role is not Role.TRADE_OWNER),
        *((Role.AUDITOR, role) for role in Role if ROLES[role].rights & WRITES),
    ],
)
def test_roles_that_exclude_each_other_give_nothing(roles: tuple[Role, ...]) -> None:
    assert viewer(*roles, registered=ROLES[Role.INTEGRATOR].rights).permissions == ()
    assert refusal(*roles) == policy.EXCLUDED


def test_more_roles_never_take_a_right_to_read_away_unless_they_exclude_each_other() -> None:
    for one, other in combinations(Role, 2):
        both = viewer(one, other, registered=ROLES[Role.INTEGRATOR].rights)
        if both.refused != policy.EXCLUDED:
            for role in (one, other):
                alone = viewer(role, registered=ROLES[Role.INTEGRATOR].rights)
                assert set(alone.permissions) & NEAR_RIGHTS <= set(both.permissions)


def test_a_service_may_what_it_is_registered_for_and_no_more() -> None:
    wide = READS | {P.SUBSCRIBE, P.WRITE_STAFF}

    asking = viewer(Role.INTEGRATOR, registered=wide)

    assert set(asking.permissions) == READS | {P.SUBSCRIBE}


@pytest.mark.parametrize("left_out", sorted(READS))
def test_a_service_that_may_not_read_everything_is_masked(left_out: Permission) -> None:
    asking = viewer(Role.INTEGRATOR, registered=READS - {left_out})

    assert not asking.sees_all
    assert asking.near == {Reach.ALL}
    assert set(asking.permissions) == READS - {left_out}


def test_a_service_of_some_centers_reaches_these() -> None:
    given = policy.rights((Role.INTEGRATOR,), READS, frozenset({"CEE001"}))

    assert (given["near"], given["centers"]) == ({Reach.REGISTERED}, {"CEE001"})
    assert not given["sees_all"]


@pytest.mark.parametrize(
    ("named", "told"), [(None, "TRADE_OWNER is off here"), (frozenset[str](), policy.UNNAMED)]
)
def test_an_owner_is_answered_if_they_are_let_in_and_registered(
    named: frozenset[str] | None, told: str
) -> None:
    given = policy.rights((Role.TRADE_OWNER,), named=named)

    assert (given["permissions"], given["owner"]) == ((), named is not None)
    with pytest.raises(Forbidden, match=told):
        policy.reaching(Viewer("V", "V", **given))


def test_an_owner_reads_performance_with_money_of_what_is_named_and_keeps_nothing() -> None:
    asking = viewer(Role.TRADE_OWNER)

    assert (asking.permissions, asking.lacks) == ((P.READ_PERFORMANCE,), frozenset())
    assert asking.near == {Reach.NAMED}
    assert (asking.named, asking.owner) == (NAMED, True)
    with pytest.raises(Forbidden):
        policy.keeping(asking)


def test_nobody_else_is_an_owner() -> None:
    others = [role for role in Role if role is not Role.TRADE_OWNER]

    assert not any(viewer(role).owner or viewer(role).named for role in others)


def test_a_service_that_may_read_nothing_is_refused() -> None:
    assert refusal(Role.INTEGRATOR) == policy.UNREGISTERED
    assert refusal(Role.INTEGRATOR, registered=frozenset({P.IMPORT})) == policy.UNREGISTERED


@pytest.mark.parametrize(
    ("practised", "gained"),
    [
        ("IMPORT_SPECIALIST", frozenset[Permission]()),
        ("REGULATORY_AUDITOR", {P.READ_OWNERSHIP, P.READ_RISK}),
    ],
)
def test_what_a_specialist_may_read_depends_on_the_discipline(
    practised: str, gained: frozenset[Permission]
) -> None:
    given = policy.rights((Role.SPECIALIST,), practised=frozenset({practised}))

    assert set(given["permissions"]) == {P.READ_PERFORMANCE, P.WRITE_ISSUES} | gained
    assert given["lacks"] == {Part.MONEY, Part.STRATEGIES}


def test_a_part_of_a_right_is_asked_for_by_name() -> None:
    analyst, coordinator = viewer(Role.HQ_ANALYST), viewer(Role.DEVELOPMENT)

    policy.require(analyst, P.WRITE_RISK)
    policy.require(coordinator, P.WRITE_RISK, Part.FLAGS)
    with pytest.raises(Forbidden, match="WRITE_RISK with flags"):
        policy.require(analyst, P.WRITE_RISK, Part.FLAGS)


def test_the_table_and_the_gates_can_be_read_at_one_sitting() -> None:
    folder = Path(policy.__file__).parent

    for name in ("roles.py", "rights.py", "policy.py"):
        assert len((folder / name).read_text(encoding="utf-8").splitlines()) <= 200
