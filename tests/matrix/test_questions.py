"""Every role asks every question of the root about every place, and for all of its answer."""

from typing import Any

import pytest

from tests.matrix.asking import MISSING, PEOPLE, ROOTS, THINGS, given, viewer
from tests.matrix.conftest import Program
from tests.matrix.judging import LESS, UNKNOWN, Found, Judging, Person, by_path
from tests.matrix.program import PLACES
from tests.matrix.selecting import THING, Tree, is_thing, leads, parts, tree
from tests.schema.asked import SDL


def elsewhere() -> set[str]:
    """The types all of whose fields are asked for below things."""
    known = set[str]()
    for kind, *_ in THINGS.values():
        tree(kind, lambda _: True, known=known)
    return known


KNOWN = elsewhere()
WALKED = {
    *("changes", "neighborhood", "shortestPaths", "reachable", "comparison", "whatIf"),
    *("simulateReassignment", "isaParticipations"),
}
"""What tells less to who sees less of the whole, or has fewer rights to read."""
COSTLY = {"comparison", "whatIf", "simulateReassignment"}


QUERIES = {("Query", name) for name in SDL.query_type.fields} if SDL.query_type else set()
"""Those that are about no place, `tests/schema/test_matrix.py` tries."""


def answers() -> list[Tree]:
    """What is asked of the answers."""
    kinds = [kind for name in ROOTS if (kind := leads("Query", name)) and not is_thing(kind)]
    known = {*KNOWN}
    return [tree(kind, lambda _: True, known=known) for kind in kinds]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: one.name)
async def test_each_question_about_each_place(program: Program, person: Person) -> None:
    found = Found()

    for name in ROOTS:
        if person.allowed(("Query", name)):
            for part in _parts(person, name):
                await _told(program, person, name, part, found)
        else:
            await _refused(program, person, name, found)

    assert found.first == {}


def _parts(person: Person, name: str) -> list[Tree | None]:
    """What is asked of the answer, in parts; None of a thing."""
    kind = leads("Query", name)
    assert kind
    if is_thing(kind):
        return [None]
    known = None if person.owner else {*KNOWN}
    whole = tree(kind, person.allowed if person.owner else person.asks, known=known)
    return [*parts(whole, 60)]


async def _told(
    program: Program, person: Person, name: str, part: Tree | None, found: Found
) -> None:
    seen = [place for place in PLACES if place in person.seen]
    hidden = [place for place in PLACES if place not in person.seen]
    at_once = 1 if name in COSTLY else 3
    for some in (seen[n : n + at_once] for n in range(0, len(seen), at_once)):
        text = _text(name, some, part)
        told = await program.ask(viewer(person), text)
        errors, everything = by_path(told.errors or ()), await program.everything(text)
        where = f"{person.name} Query.{name}"
        less = frozenset() if person.reads_all else LESS | {"completeness"}
        judging = Judging(person, errors, found, where, less)
        for n in range(len(some)):
            got, all_ = (told.data or {}).get(f"p{n}"), everything[f"p{n}"]
            if part and got:
                alike = name not in WALKED or (person.reads_all and not hidden)
                judging.thing(part, got, all_ if alike else UNKNOWN, (f"p{n}",))
            elif got != all_:
                found.wrongly(f"{where} {some[n]}", f"{got} for {all_}, {errors}")
        judging.over()
    told_of = [
        await program.ask(viewer(person), _text(name, [place], part))
        for place in (*hidden, MISSING)
    ]
    if len({str((one.data, by_path(one.errors or ()))) for one in told_of}) > 1:
        found.wrongly(f"{person.name} Query.{name}", f"hidden is not missing: {told_of}")


async def _refused(program: Program, person: Person, name: str, found: Found) -> None:
    told: Any = await program.ask(viewer(person), _text(name, ["own"], None))
    data = told.data and told.data["p0"]
    if data is not None or by_path(told.errors or ()) != {("p0",): "FORBIDDEN"}:
        found.wrongly(f"{person.name} Query.{name}", f"not refused: {told}")


def _text(name: str, places: list[str], part: Tree | None) -> str:
    thing = is_thing(str(leads("Query", name)))
    below = part.text() if part else f"__typename {THING if thing else ''}"
    asked = (f"p{n}: {name}({given(name, place)}) {{ {below} }}" for n, place in enumerate(places))
    return f"{{ {' '.join(asked) or '__typename'} }}"
