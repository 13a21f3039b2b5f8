"""What is out of a caller's reach is refused by each write as what is not there.

Word for word, after the same statements, which touch the store as often.
"""

from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type

from graph import changes
from graph.load.digest import digest
from graph.load.write import write
from graph.session import Graph
from tests.plans import touches
from tests.reach.conftest import Ask
from tests.reach.hidden import (
    CASES,
    CLAIM,
    document,
    input_of,
    key_of,
    kind_of,
    missing,
    things,
    viewer,
)
from tests.reach.random_world import RECORDED
from tests.reach.writing import SDL
from tests.schema.test_writes_by_role import OWN, ROWS

ALL_SEE = {  # staff, parties and segments: nothing of that kind is hidden from anybody
    *("AssignManager.managerId", "AssignSpecialist.specialistId", "ChangeIsaStatus.managerId"),
    *("Issue.handlerId", "Strategy.leaderId", "Strategy.segmentId"),
    *("Party.id", "AccountManager.id", "Specialist.id"),
}
BEGIN = "command/begin"  # asks for the attempt, which is another each time
FOUND_FIRST = 8  # touches of a claim by its id
REACH = "{ accounts { totalCount { value } } }"


@pytest.fixture
async def hidden(centers: Graph) -> Graph:
    """With what hangs on A-3 alone."""
    assert (await write(centers, things(), at=RECORDED)).refused == []
    return centers


def test_every_input_that_names_what_may_be_hidden_has_a_case() -> None:
    assert SDL.mutation_type
    bounded = {name for name, (_, scope) in ROWS.items() if scope is OWN}
    named = {
        (name, path)
        for name in bounded
        for path in ids_of(get_named_type(SDL.mutation_type.fields[name].args["input"].type))
    }

    tried = {(name, field) for name, _, field, _ in CASES}
    kinds = {
        (name, path)
        for name, path in named
        if f"{kind_of(name).removesuffix('Input')}.{path}" in ALL_SEE
    }
    assert named - kinds == tried
    assert len(kinds) == len(ALL_SEE)


def ids_of(kind: Any) -> list[str]:
    """The paths to all ids of an input."""
    if not isinstance(kind, GraphQLInputObjectType):
        return []
    found = []
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        found += [name] if below.name == "ID" else [f"{name}.{each}" for each in ids_of(below)]
    return found


@pytest.mark.parametrize(
    ("name", "given", "field", "beyond"), CASES, ids=[f"{c[0]}-{c[2]}-{c[3]}" for c in CASES]
)
async def test_what_is_hidden_is_refused_as_what_is_missing(
    hidden: Graph,
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    given: dict[str, Any],
    field: str,
    beyond: str,
) -> None:
    claimed = bool(CLAIM.fullmatch(beyond))
    beyond = await key_of(hidden, ask, beyond)
    before = await digest(hidden), await changes.place(hidden)
    await ask(viewer(name), REACH)  # it is known from here on

    *above, last = field.split(".")
    told, cost = [], []
    touched = touches(hidden, monkeypatch)
    nowhere = missing(beyond)
    for each in (nowhere, beyond, nowhere):  # what is stored first costs names of labels, too
        touched.clear()
        whole = input_of(given, field, each)
        told.append((await ask(viewer(name), document(name), input=whole)).data[name])
        cost.append([each for each in touched if each[0] != BEGIN])

    assert told[1] == told[2]
    path = [
        "input",
        *(step for outer in above for step in (outer, *["0"][: outer == "relationships"])),
        last,
        *(["0"] if last.endswith("Ids") else []),
    ]
    errors = [(error["code"], error["path"]) for error in told[1]["userErrors"]]
    assert errors == [("NOT_FOUND", path)]
    assert (told[1]["changes"], told[1]["cursor"]) == ([], None)
    if claimed:  # it is found before it can be told whose it is: nothing more is read
        assert [each for each, _ in cost[1]] == [each for each, _ in cost[2]]
        assert 0 <= sum(n for _, n in cost[1]) - sum(n for _, n in cost[2]) <= FOUND_FIRST
    else:
        assert cost[1] == cost[2]
    assert any(name.startswith("command/") for name, _ in cost[1])
    assert (await digest(hidden), await changes.place(hidden)) == before
