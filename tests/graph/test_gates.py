"""The gates of the policy, one by one: who passes, and what the others are told."""

from collections.abc import Callable, Mapping

import pytest

from graph import policy
from graph.errors import Forbidden, Unauthenticated
from graph.policy import DEVELOPMENT, Viewer
from graph.rights import FARTHER, ROLELESS, UNREGISTERED
from graph.roles import (
    PART_OF,
    READS,
    VEILED_CHANGES,
    VEILED_KINDS,
    VEILED_TYPES,
    Part,
    Reach,
    Role,
)
from graph.terms import Permission
from tests.reach.events_table import KINDS, TYPES

P = Permission
Gate = Callable[[Viewer | None], Viewer]
NEAR = Viewer("M-1", "Manager", (P.READ_RISK, P.WRITE_ISSUES), near=frozenset({Reach.MANAGED}))
STRANGER = Viewer("S", "Stranger", (), refused=UNREGISTERED)
AUDITOR = Viewer("A", "Auditor", (P.READ_PERFORMANCE,), sees_all=True, roles=(Role.AUDITOR,))
OWNER = Viewer("O", "Owner", (P.READ_PERFORMANCE,), near=frozenset({Reach.NAMED}), owner=True)
MASKED = Viewer("H", "Analyst", (P.READ_PERFORMANCE,), sees_all=True, lacks=frozenset({Part.MONEY}))


def test_a_viewer_is_nobody_s_owner_and_reaches_nothing_unless_it_is_said() -> None:
    bare = Viewer("B", "Bare", ())

    assert (bare.sees_all, bare.owner, bare.expires, bare.refused) == (False, False, None, ROLELESS)
    several = (bare.roles, bare.lacks, bare.near, bare.grants, bare.centers, bare.named)
    assert not any(several)


def test_what_somebody_signed_in_with_is_not_shown_and_makes_nobody_another() -> None:
    one = Viewer("B", "Bare", (), credential="a secret")

    assert "secret" not in repr(one)
    assert one == Viewer("B", "Bare", (), credential="another")


def test_the_development_viewer_may_all_of_all() -> None:
    assert (DEVELOPMENT.id, DEVELOPMENT.name) == ("development", "Development viewer")
    assert DEVELOPMENT.roles == (Role.DEVELOPMENT,)
    assert DEVELOPMENT.permissions == tuple(Permission)
    assert policy.where(DEVELOPMENT) == {Reach.ALL}


@pytest.mark.parametrize("gate", [policy.known, policy.reaching, policy.keeping, policy.admit])
def test_nobody_is_told_to_sign_in(gate: Gate) -> None:
    with pytest.raises(Unauthenticated, match=f"^{policy.NOBODY}$"):
        gate(None)
    assert policy.NOBODY == "You may not ask this without signing in. Send a bearer token."


def test_who_is_no_staff_in_service_is_told_what_to_do() -> None:
    assert policy.UNKNOWN == (
        "You are not known here as an account manager or a specialist in service: you may ask for"
        " public facts only. Have yourself recorded as staff."
    )


def test_who_is_known_may_ask_for_what_is_public() -> None:
    assert policy.known(STRANGER) is STRANGER


@pytest.mark.parametrize("gate", [policy.reaching, policy.keeping, policy.admit])
def test_who_reaches_nothing_is_told_why(gate: Gate) -> None:
    with pytest.raises(Forbidden) as told:
        gate(STRANGER)

    assert str(told.value) == UNREGISTERED


def test_who_reaches_something_passes_with_the_right() -> None:
    assert policy.reaching(NEAR) is NEAR
    assert policy.reaching(NEAR, P.READ_RISK) is NEAR
    assert policy.reaching(MASKED, P.READ_PERFORMANCE) is MASKED
    assert policy.reaching(AUDITOR, P.READ_PERFORMANCE, Part.MONEY) is AUDITOR
    assert policy.reaching(NEAR, None, Part.FLAGS) is NEAR


def test_who_lacks_a_right_or_a_part_of_it_is_told_which() -> None:
    with pytest.raises(Forbidden, match=r"^This field needs the permission READ_OWNERSHIP\.$"):
        policy.reaching(NEAR, P.READ_OWNERSHIP)
    with pytest.raises(Forbidden, match=r"^This field needs READ_PERFORMANCE with money\.$"):
        policy.reaching(MASKED, P.READ_PERFORMANCE, Part.MONEY)


@pytest.mark.parametrize(
    ("part", "word"),
    [(Part.MONEY, "money"), (Part.FLAGS, "flags"), (Part.STRATEGIES, "strategies")],
)
def test_a_part_is_told_by_its_word(part: Part, word: str) -> None:
    right = PART_OF[part]
    lacking = Viewer("L", "Lacking", (right,), sees_all=True, lacks=frozenset({part}))

    with pytest.raises(Forbidden, match=rf"^This field needs {right} with {word}\.$"):
        policy.reaching(lacking, right, part)


def test_something_is_kept_for_who_may_write() -> None:
    assert policy.keeping(NEAR) is NEAR
    for reader in (AUDITOR, OWNER):
        with pytest.raises(Forbidden, match=r"^You may not write this: your role reads only\.$"):
            policy.keeping(reader)


def test_all_accounts_are_asked_about_by_who_sees_all() -> None:
    assert policy.admit(AUDITOR) is AUDITOR
    far = Viewer("M", "Manager", (P.READ_RISK,), near=frozenset({Reach.MANAGED}), refused=FARTHER)
    with pytest.raises(Forbidden) as told:
        policy.admit(far)
    assert str(told.value) == FARTHER


def test_rights_hold_together_where_each_of_them_does() -> None:
    grants = {
        (P.READ_RISK, Reach.ALL),
        (P.WRITE_ISSUES, Reach.CENTER),
        (P.WRITE_ISA, Reach.CENTER),
        (P.WRITE_ISA, Reach.MANAGED),
        (P.WRITE_STAFF, Reach.MANAGED),
    }
    near = frozenset({Reach.CENTER, Reach.MANAGED})
    viewer = Viewer("V", "Both", (), sees_all=True, near=near, grants=frozenset(grants))

    assert policy.where(viewer) == {Reach.ALL, *near}
    assert policy.where(viewer, P.READ_RISK) == {Reach.ALL}
    assert policy.where(viewer, P.READ_RISK, P.WRITE_ISA) == near
    assert policy.where(viewer, P.WRITE_ISA, P.READ_RISK) == near
    assert policy.where(viewer, P.WRITE_ISA, None, P.WRITE_ISSUES) == {Reach.CENTER}
    assert policy.where(viewer, P.WRITE_ISSUES, P.WRITE_STAFF) == set()
    assert policy.where(viewer, P.IMPORT) == set()


def test_a_right_on_all_accounts_is_required_of_who_has_it_there() -> None:
    grants = frozenset({(P.WRITE_RISK, Reach.CENTER), (P.READ_RISK, Reach.ALL)})
    rights = (P.WRITE_RISK, P.READ_RISK)
    near = frozenset({Reach.CENTER})
    viewer = Viewer("V", "Both", rights, sees_all=True, near=near, grants=grants)

    policy.require(viewer, P.READ_RISK)
    with pytest.raises(Forbidden) as told:
        policy.require(viewer, P.WRITE_RISK)
    assert str(told.value) == FARTHER


@pytest.mark.parametrize(
    ("veiled", "table"), [(VEILED_CHANGES, KINDS), (VEILED_TYPES, TYPES)], ids=["kinds", "types"]
)
def test_what_is_veiled_is_what_the_table_of_events_says_once_more(
    veiled: Mapping[P, frozenset[str]], table: dict[str, P | None]
) -> None:
    needed = {right: {name for name, by in table.items() if by is right} for right in P}

    assert veiled == {right: names for right, names in needed.items() if names}


def test_things_of_risk_are_veiled_from_who_may_not_read_it() -> None:
    assert {P.READ_RISK: {"RiskFlag", "SharedAttribute"}} == VEILED_KINDS


TOLD: list[tuple[tuple[Role, ...], frozenset[str] | None, str]] = [
    ((), None, "You hold no role of this program: you may ask for public facts only."),
    ((Role.ADMIN,), None, "You may not ask this: an ADMIN reads no data."),
    ((Role.TRADE_OWNER,), None, "You may not ask this: the role TRADE_OWNER is off here."),
    (
        (Role.TRADE_OWNER,),
        frozenset(),
        "You may not ask this: no account is registered for you, or not any more.",
    ),
    (
        (Role.ADMIN, Role.HQ_ANALYST),
        None,
        "Your roles exclude each other, so none of them counts. Sign in with one of them.",
    ),
    (
        (Role.INTEGRATOR,),
        None,
        "You may not ask this: a service is answered if it is registered, with READ_OWNERSHIP,"
        " READ_PERFORMANCE or READ_RISK.",
    ),
    (
        (Role.ACCOUNT_MANAGER,),
        None,
        "You may not ask this yet: it is not cut to the accounts in your reach or to your rights,"
        " so only who reads all of all accounts is answered.",
    ),
]


@pytest.mark.parametrize(("roles", "named", "told"), TOLD, ids=range(len(TOLD)))
def test_who_may_not_is_told_why_in_these_words(
    roles: tuple[Role, ...], named: frozenset[str] | None, told: str
) -> None:
    given = policy.rights(roles, named=named)

    assert given["refused"] == told
    with pytest.raises(Forbidden) as refused:
        policy.admit(Viewer("V", "V", **given))
    assert str(refused.value) == told


def test_a_service_that_reads_all_of_all_and_no_more_is_masked_in_nothing() -> None:
    given = policy.rights((Role.INTEGRATOR,), READS)

    assert given["sees_all"]
    assert not given["near"]
    assert set(given["permissions"]) == READS


def test_where_there_is_one_reach_nobody_looks_where_a_right_holds() -> None:
    assert policy.rights((Role.ACCOUNT_MANAGER,))["grants"] == frozenset()
    assert policy.rights((Role.ACCOUNT_MANAGER, Role.HQ_ANALYST))["grants"]
