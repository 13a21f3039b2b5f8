"""Every role asks for every field of every object in every place, and is told what the table says.

The table is `tests/schema/matrix.txt` with Cedar's judgement of who has which right on which
account. Told: what who sees everything is told. Refused: null, and FORBIDDEN at the field. Out of
reach: null and no error, for the whole thing; a question about it is answered as one about nothing.
"""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from graph import ids, rights
from graph.roles import FOLLOWS, ROLES, Part, Reach, Role
from graph.terms import Permission
from tests.matrix.asking import COMMON, HANGS, INTERNAL, STAFF, THINGS, viewer
from tests.matrix.conftest import Program
from tests.matrix.judging import LESS, Found, Judging, Person, by_path
from tests.matrix.program import PLACES
from tests.matrix.selecting import Place, Tree, leads, objects, parts, tree
from tests.matrix.test_questions import QUERIES, answers

ELSEWHERE = {
    **dict.fromkeys(
        (kind for kind in objects() if kind == "Mutation" or kind.endswith("Payload")),
        "tests/schema/test_writes_by_role.py",
    ),
    "UserError": "of a write; of a simulated one, below",
    **dict.fromkeys(("Subscription", "ChangeEvent"), "tests/reach/test_events.py"),
    **dict.fromkeys(("Job", "JobError"), "tests/jobs: its own to who started it"),
    "SavedView": "tests/commands/test_views.py: its own to who keeps it",
    **dict.fromkeys(("Webhook", "WebhookDelivery"), "tests/webhooks: its own to who keeps it"),
    **dict.fromkeys(("Viewer", "Term"), "tests/schema/test_matrix.py: public"),
    "RedactedNode": "tests/reach/test_masks.py",
}
"""Objects that no place has, and what tries them."""
NODES = "query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {0} {{ {1} }} }} }}"
PARTLY = frozenset({"exploredNodes", "exploredEdges", "RiskReachConnection.completeness", "peers"})
"""What is told of a whole network to who sees a part of it: counts of the part, and REDACTED."""
HUNG = {"importerNumbers", "filerCodes", "accounts", "completeness"}
"""Of a party: what tells less of it to who does not see the accounts."""


@pytest.mark.parametrize("person", STAFF, ids=lambda one: one.name)
async def test_each_field_of_each_thing_in_each_place(program: Program, person: Person) -> None:
    found, known = Found(), set[str]()
    for name, (kind, *_) in THINGS.items():
        for part in parts(tree(kind, person.asks, known=known)):
            await _places(program, person, name, part, found)
    for kind, key in COMMON.items():
        whole = tree(kind, person.asks, known=known)
        await _common(program, person, whole, key, found)

    assert found.first == {}
    assert found.counts["told"] + found.counts["refused"] + found.counts["absent"] > 3_000
    if person.reads_all and len(person.seen) == len(PLACES):
        assert len(found.told & asked()) > len(asked()) * 0.8  # else nothing would be tried


SOLID = {  # what is never null takes along what it stands in: asked alone
    "enteredValue": "performance { total { enteredValue { amount } } }",
    "dutiesTaxesFees": "performance { total { dutiesTaxesFees { amount } } }",
    "valueShare": "centerExplanation { evidence { valueShare } }",
}


@pytest.mark.parametrize("name", SOLID)
@pytest.mark.parametrize("person", STAFF, ids=lambda one: one.name)
async def test_money_is_refused_to_who_lacks_it(
    program: Program, person: Person, name: str
) -> None:
    place = sorted(person.seen)[0]
    text = NODES.format("ImporterAccount", SOLID[name])

    told = await program.ask(viewer(person), text, ids=[ids.encode(f"Account:A-{place}")])

    refused = {path[-1]: code for path, code in by_path(told.errors or ()).items()}
    assert refused == ({} if person.granted[Part.MONEY] else {name: "FORBIDDEN"})


CHANGES: dict[str, tuple[Role, dict[str, Any]]] = {
    "a right is lost": (Role.ACCOUNT_MANAGER, {"rights": FOLLOWS - {Permission.READ_RISK}}),
    "a right is won": (Role.SPECIALIST, {"by_discipline": frozenset()}),
    "money is told": (Role.AUDITOR, {"lacks": frozenset()}),
    "money is kept": (Role.HQ_COORDINATOR, {"lacks": frozenset({Part.MONEY})}),
    "the Center is told": (Role.SPECIALIST, {"reach": Reach.CENTER}),
    "the Center is hidden": (Role.ACCOUNT_MANAGER, {"reach": Reach.OWN}),
    "all is told": (Role.CENTER_DIRECTOR, {"reach": Reach.SERVED}),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_right_or_a_reach_that_is_changed_is_seen(
    program: Program, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    role, changed = CHANGES[change]
    roles = MappingProxyType({**ROLES, role: replace(ROLES[role], **changed)})
    person = [one for one in STAFF if one.caller.roles == (role,)][-1]
    found = Found()
    assert person.granted  # by Cedar, whatever the product's table says

    with monkeypatch.context() as patch:
        patch.setattr(rights, "ROLES", roles)
        for part in parts(tree("ImporterAccount", lambda place: place[1] != "riskReach")):
            await _places(program, person, "ImporterAccount", part, found)

    assert found.wrong


def asked() -> set[Place]:
    """Every field that is asked of things."""
    known = set[str]()
    kinds = [kind for kind, *_ in THINGS.values()] + [*COMMON]
    trees = [tree(kind, lambda _: True, known=known) for kind in kinds]
    return set[Place]().union(*(each.places for each in trees))


def test_every_field_of_every_object_is_asked() -> None:
    roots = set[Place]().union(*(each.places for each in answers()), QUERIES)
    every = {(kind, name) for kind, names in objects().items() for name in names}

    left = {place for place in every - asked() - roots if place[0] not in ELSEWHERE}

    assert left == set()


async def _common(program: Program, person: Person, whole: Tree, key: str, found: Found) -> None:
    """A thing of the program: what it tells of accounts is of those that they see."""
    less = frozenset(name for name in whole.fields if leads(whole.kind, name)) | LESS
    for part in parts(whole):
        text, given = NODES.format(whole.kind, part.text()), [ids.encode(key)]
        everything = await program.everything(text, ids=given)
        told = await program.ask(viewer(person), text, ids=given)
        where, path = f"{person.name} {key}", ("nodes", 0)
        judging = Judging(person, by_path(told.errors or ()), found, where, less)
        if told.data is None:
            found.wrongly(where, f"nothing told: {told.errors}")
        else:
            judging.thing(part, told.data["nodes"][0], everything["nodes"][0], path)
        judging.over()


async def _places(program: Program, person: Person, name: str, part: Tree, found: Found) -> None:
    kind, _, known = THINGS[name]
    text = NODES.format(kind, part.text())
    everything = await program.everything(text, ids=program.ids[name])
    told = await program.ask(viewer(person), text, ids=program.ids[name])
    errors = by_path(told.errors or ())
    for n, place in enumerate(PLACES):
        here = {path: errors.pop(path) for path in [*errors] if path[:2] == ("nodes", n)}
        where = f"{person.name} {name} {place}"
        got, all_ = told.data["nodes"][n], everything["nodes"][n]
        if not sees(person, known, place):
            found.counts["absent"] += part.size
            if got is not None or here:
                found.wrongly(where, f"not absent: {got} {here}")
            continue
        if got is None:
            found.wrongly(where, "absent")
            continue
        if len(person.seen) < len(PLACES):
            _marked(got, where, found)
        judging = Judging(person, here, found, where, less(person, place))
        judging.thing(part, got, all_, ("nodes", n))
        judging.over()
    assert errors == {}


def less(person: Person, place: str) -> frozenset[str]:
    """The fields that tell them less of a thing there, and are not compared."""
    if place not in person.seen:
        return LESS | HUNG | PARTLY
    found: frozenset[str] = frozenset() if person.reads_all else LESS
    return found if len(person.seen) == len(PLACES) else found | PARTLY


def _marked(got: Any, where: str, found: Found) -> None:
    """What risk reaches is REDACTED for who does not see all."""
    told = got.get("riskReach")
    if told and "completeness" in told:
        found.counts["redacted"] += 1
        if told["completeness"]["state"] != "REDACTED":
            found.wrongly(where, "what risk reaches is not marked")


def sees(person: Person, known: str, place: str) -> bool:
    """Whether a thing that is known so, in this place, is told to somebody."""
    if known in (HANGS, INTERNAL):
        return known == INTERNAL or place in person.seen
    return person.may(known) and (known == "READ_OWNERSHIP" or place in person.seen)
