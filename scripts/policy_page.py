"""Write docs/policy.md from the table of roles: `python -m scripts.policy_page`."""

from pathlib import Path

from graph.rights import excluded, rights
from graph.roles import (
    DISCIPLINES,
    NEAR,
    NEAR_RIGHTS,
    OWN_RIGHTS,
    PART_OF,
    ROLES,
    SERVED,
    VERSION,
    Reach,
    Role,
    Rule,
)
from graph.terms import Permission

PAGE = Path(__file__).parent.parent / "docs" / "policy.md"
HEAD = f"""# Policy {VERSION}: who may see what

Written from `graph/roles.py` by `make policy`; a test compares them. How callers are told from
each other stands in [security.md](security.md).

A **right** is a permission of the schema: what kind of fact, or which change. **Reach** is a set
of accounts: about whom. Nothing else decides.
The roles of one person add up, except those that exclude each other. No role reads a social
security number: it is not stored.

## Roles

| role | answered yet | reach | note |
|---|---|---|---|
"""
REST = """
`yes`: with all their rights. `in reach`: about the accounts in reach, with the rights to read that
the table gives them: {near};
and with its rights to write, within the bounds below. No other right counts for them yet.
What is out of reach is as if it were not there: null, in no list, in no count; the same statements
are sent as for what is missing. Walks and risk see what the caller sees, and say REDACTED where
they stop at what is hidden ([ADR 32](adr/0032-a-walk-sees-what-its-caller-sees.md)). What is about
all accounts (segments, decisions on requests for another Center, accounts and their identifiers,
imports) tells them FORBIDDEN. Saved views and jobs are their own: everybody who is answered keeps
some, but for an AUDITOR, who writes nothing. `no`: every field that reads data tells them
FORBIDDEN, and no statement is sent. `if let in`: below, *Owners of accounts*.

With `MANAGERS_SEE_CENTER=false` account managers reach what they manage or back up, and no more.
Reach is what the graph says today, whatever moment is asked about; a change of it counts within
five seconds. Who is not recorded as an account manager or a specialist in service reaches nothing.
Staff, Centers, parties and who owns whom are known to everybody in the program; numbers, codes,
participations, issues, strategies, figures, flags and shared attributes to who reaches an account
that they hang on, or once hung on; flags on parties to everybody who may read risk.
Who has no right to read them is told of no relationships of ownership and control, of no flags and
shared attributes, and of no changes of these. What follows from all that the graph holds, a rating
or a segment that changed, and the number of a change among those of its account are told to who
reads all of all accounts, and to no other ([ADR 55](adr/0055-what-follows-from-the-whole.md)).

The roles of a person add up: each right holds on the reach of the roles that give it, and on no
other. An HQ_ANALYST who manages accounts reads all of all accounts and opens issues of their own.
Of roles that reach some accounts and read different things of them (a SPECIALIST who manages
accounts too) those that read most count, and the others give nothing: below, `first` or `second`
([ADR 36](adr/0036-a-right-holds-on-the-reach-of-the-role-that-gives-it.md)).

{pairs}
A service is answered like an HQ role if it is registered for all accounts with the three READ_
permissions; else in reach of its Centers, or of all, with the rights that it has.
Whoever is signed in, with a role or without, may ask for public facts: Centers, disciplines,
ports, tariff chapters with their scopes, and vocabularies.

## Owners of accounts

A `TRADE_OWNER` is somebody of the trade, from outside the program, and holds no other role. They
are let in with `TRADE_OWNERS=true` only, and read the accounts that an operator registered for
their subject, until the registration ends
([ADR 42](adr/0042-owners-read-their-own-accounts-by-trusted-documents.md)). They run the documents
of `docs/trade-owner` and no others. Behind these stands a list of the fields that they may be told
(`schema/extensions/owners.py`): profile, numbers and codes, brokers by name, managers, Center,
performance with money, and the issues marked `shared`. Any other field is null and FORBIDDEN at its
path. They are told of no party, no flag, no strategy, no other account and no change; the present
only, not the past; nothing is walked, so nothing is REDACTED. They write and keep nothing, and
follow nothing.

## Bounds of writes

An `ACCOUNT_MANAGER` writes about the accounts they manage or back up, a `CENTER_DIRECTOR` about
the Center's, a `SPECIALIST` about those in reach, with the rights of the table among these:
{own}. What a write names must be visible to the
caller: what is hidden is NOT_FOUND, as what is missing, after the same statements. What it changes
must be their own: an own account, or what hangs on own accounts and on no other; what may be seen
and is not one's own is NOT_PERMITTED with the path in the input, and nothing is written.

- **Ownership.** A claim is of one's own accounts if one of its ends is an own account, a thing
  that hangs on own accounts only, or a party that holds, today, an importer number or filer code
  of an own account; the other end need only be visible. Of what a party holds (HOLDS) the number
  or code itself must be one's own. A claim is corrected and ended by the same rule. A party may be
  changed by who may say so of it; a new one, which hangs on nothing yet, be registered by
  whoever has WRITE_OWNERSHIP. Flags on parties, which all see, are for who writes about all
  accounts.
- **Assignments.** Within the director's Center: the accounts are at it, and managers and
  specialists who get them are its members. Sending an account to another Center or to none, ending
  its assignment and deciding on a request for another Center is a move out, which takes a right
  on all accounts (HQ_COORDINATOR). A simulated reassignment is bounded alike, and its loads are
  counted over the accounts that the caller sees.
- **Staff.** Members of the director's Center, and new ones who join it. Nobody is moved out of a
  Center, or out of another Center into this one.
- **Issues of a specialist.** An issue is of a discipline that leads it or is involved, as it is
  for reach. They open those of an own discipline, change and resolve those that hang on accounts in
  reach only, and may hand them over. Strategies are not theirs to write.
- **Segments** are about all accounts: HQ_ANALYST defines them, and raises no flags.

## Rights

"""
KEY = """
`yes`: on all accounts in reach. `own`: on the accounts they manage. `part`: without {parts}.
`discipline`: if theirs is one of {disciplines}.
It is looked up every few seconds. `registered`: if the registration of the service says so. An
AUDITOR holds no role that writes; an ADMIN holds no other, nor does a TRADE_OWNER.

Without the right, a field is null with a FORBIDDEN error at its path; that is decided from the
role and the schema alone, before anything is read. A filter, an order
and a total over such a field need the same right. The permission of each field is printed in the
schema, as `@needs`.
"""


def page() -> str:
    """The whole page."""
    roles = "".join(_role(role, rule) for role, rule in ROLES.items())
    head = "| permission | " + " | ".join(f"`{role}`" for role in Role) + " |\n"
    line = "|---" * (len(Role) + 1) + "|\n"
    rights = "".join(
        f"| `{right}` | " + " | ".join(_cell(rule, right) for rule in ROLES.values()) + " |\n"
        for right in Permission
    )
    parts = (
        "money (SPECIALIST, AUDITOR: READ_PERFORMANCE), flags (HQ_ANALYST: WRITE_RISK),"
        " strategies (SPECIALIST: WRITE_ISSUES)"
    )
    key = KEY.format(parts=parts, disciplines=", ".join(DISCIPLINES))
    return (
        HEAD
        + roles
        + REST.format(near=_listed(NEAR_RIGHTS), own=_listed(OWN_RIGHTS), pairs=_pairs())
        + head
        + line
        + rights
        + key
    )


def _pairs() -> str:
    """What comes of two roles of one person, as a table."""
    staff = [role for role in Role if role in SERVED | NEAR and not ROLES[role].registered]
    head = "| | " + " | ".join(f"`{role}`" for role in staff[1:]) + " |\n"
    line = "|---" * len(staff) + "|\n"
    rows = [
        f"| `{one}` | " + " | ".join(_pair(one, other) for other in staff[1:]) + " |\n"
        for one in staff[:-1]
    ]
    return head + line + "".join(rows)


def _pair(one: Role, other: Role) -> str:
    order = list(Role)
    if order.index(one) >= order.index(other):
        return ""
    if excluded((one, other)):
        return "exclude"
    both = rights((one, other), practised=frozenset(DISCIPLINES))
    if both["sees_all"] or len(both["near"]) > 1:
        return "add up"
    return "first" if both["near"] == {ROLES[one].reach} else "second"


def _listed(rights: frozenset[Permission]) -> str:
    return ", ".join(f"`{right}`" for right in Permission if right in rights)


def _role(role: Role, rule: Rule) -> str:
    served = "yes" if role in SERVED else "in reach" if role in NEAR else "no"
    served = "if let in" if role is Role.TRADE_OWNER else served
    reach = rule.reach.value if rule.reach is not Reach.NONE else "none"
    return f"| `{role}` | {served} | {reach} | {rule.note} |\n"


def _cell(rule: Rule, right: Permission) -> str:
    if right not in rule.rights:
        return ""
    if rule.registered:
        return "registered"
    if right in rule.by_discipline:
        return "discipline"
    if any(PART_OF[part] is right for part in rule.lacks):
        return "part"
    return "own" if right in rule.own else "yes"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
