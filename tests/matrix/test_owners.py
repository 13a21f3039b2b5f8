"""Owners of accounts ask for every field that is for them, and for every other one."""

from collections.abc import Iterator

from graphql import is_abstract_type

from graph import ids
from tests.matrix.asking import PEOPLE, viewer
from tests.matrix.conftest import Program
from tests.matrix.judging import Found, Judging, by_path
from tests.matrix.program import PLACES
from tests.matrix.selecting import Place, Tree, fields, leads, tree
from tests.schema.asked import SDL

[OWNER] = [person for person in PEOPLE if person.owner]
KINDS = {"ImporterAccount": "A", "BrokerAccount": "B"}
ASK = "query ($id: ID!) {{ {0} }}"
ONE = "{0}: account(by: {{id: $id}}) {{ ... on {1} {{ {2} }} }}"


NOWHERE = {"HtsChapter", "Port", "Term", "ComplianceRate", "DiscrepancyCount"}
"""Below figures that say of neither: `test_fence` refuses each of their fields to an owner."""


async def test_an_owner_is_told_each_field_of_theirs_that_is_for_them(program: Program) -> None:
    found = Found()

    for kind, letter in KINDS.items():
        whole = tree(kind, OWNER.allowed, whole=True)
        text = ASK.format(ONE.format("it", kind, whole.text()))
        for place in PLACES:
            id_ = ids.encode(f"Account:{letter}-{place}")
            told = await program.ask(viewer(OWNER), text, id=id_)
            errors = by_path(told.errors or ())
            if place not in OWNER.seen:
                assert (told.data, errors) == ({"it": None}, {})
                continue
            everything = await program.everything(text, id=id_)
            judging = Judging(OWNER, errors, found, f"{kind} {place}")
            judging.thing(whole, told.data["it"], everything["it"], ("it",))
            judging.over()

    assert found.first == {}
    assert found.counts["told"] > 100


async def test_an_owner_is_refused_every_other_field(program: Program) -> None:
    refused, wrong = set[Place](), {}

    for kind, letter in KINDS.items():
        id_ = ids.encode(f"Account:{letter}-own")
        every = sorted(_refused(kind))
        for some in (every[n : n + 20] for n in range(0, len(every), 20)):
            cells = {f"c{n}": one for n, one in enumerate(some)}
            text = ASK.format(" ".join(ONE.format(n, kind, t) for n, (_, t) in cells.items()))
            told = await program.ask(viewer(OWNER), text, id=id_)
            errors = by_path(told.errors or ())
            by = {path[0]: (path[-1], code) for path, code in errors.items()}
            for alias, (place, _) in cells.items():
                if by.get(alias) == (place[1], "FORBIDDEN"):
                    refused.add(place)
                else:  # nothing is listed there: the other kind of account lists some
                    wrong[place] = str(told.data and told.data[alias])

    left = {place: what for place, what in wrong.items() if place not in refused}
    assert {place: what for place, what in left.items() if not nothing(what)} == {}
    assert {kind for kind, _ in left} <= NOWHERE
    assert len(refused) > 100


def nothing(what: str) -> bool:
    """Whether an answer ends in nothing: no thing of that kind was met."""
    return "None" in what or "[]" in what


def _refused(kind: str) -> Iterator[tuple[Place, str]]:
    """The fields that are not for owners, of what is met below an account, with the way to each."""
    ways: dict[str, str] = {kind: "{0}"}
    line = [kind]
    while line:
        at = line.pop(0)
        for name in fields(at):
            if not OWNER.allowed((at, name)):
                yield (at, name), ways[at].format(Tree(at, {name: None}).text())
                continue
            below = leads(at, name)
            if below and below not in ways and not is_abstract_type(SDL.type_map[below]):
                way = Tree(at, {name: Tree(below)}).text().replace("{  }", "{{ {0} }}")
                ways[below] = ways[at].replace("{0}", way)
                line.append(below)
