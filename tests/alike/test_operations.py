"""Two databases that differ only in what is hidden answer alike, to each role and operation.

Status, headers, the whole body with errors, cursors and cost, and the count of statements. Here
with all that is hidden from a caller at once, and by night with each kind of fact (`alone.py`).
"""

from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.identifiers import IdentifierKey
from tests.alike.operations import FOLDER, OWNED, operations, word
from tests.alike.people import PEOPLE, from_whom, hidden, of
from tests.alike.program import DIFFERENCES, Difference, rows
from tests.alike.serving import Served, besides, unread, written
from tests.matrix.judging import Person
from tests.worlds import Row

OWNING = Query(
    "MATCH (a {key: $owner})-[r:OWNS]->(b {key: $owned}) RETURN r.id AS id ORDER BY r.id LIMIT 1"
)
VIEW = 'mutation { saveView(input: {title: "Theirs", document: "{ viewer { name } }"}) { cursor } }'
HOOK = 'mutation { saveWebhook(input: {url: "https://tally.example/hook"}) { cursor } }'
EXPORT = "mutation { startExport(input: {format: GRAPHML, depth: 1}) { cursor } }"
WARM = ("account-profile", "risk-explained", "ultimate-owners", "ownership-changes")
RISKY = "{ accounts(filter: {minRisk: 0.5}) { totalCount { value } } }"
Told = dict[tuple[str, str], bytes]

pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")


async def claims(asked: Served) -> list[str]:
    """The ids of two claims of ownership."""
    ends = (("Party:P-own", "Party:O-own"), ("Party:O-own", "Party:D-own"))
    found = []
    for owner, owned in ends:
        [row] = await asked.graph.read(OWNING, owner=owner, owned=owned)
        found.append(ids.encode(f"Relationship:{row['id']}"))
    return found


async def told(asked: Served, people: list[Person], words: tuple[str, ...] = ("query",)) -> Told:
    """What these people are told by the operations of these kinds, one after the other.

    Somebody else asks some first: what a server keeps between questions is there then.
    """
    every = operations(await claims(asked))
    for text, variables in (*(every[name] for name in WARM), (RISKY, None)):
        assert b'"errors"' not in await asked.ask("else", text, variables)
    return {
        (person.name, name): await asked.ask(person.name, text, variables)
        for person in people
        for name, (text, variables) in every.items()
        if word(text) in words
    }


def differences(one: Told, other: Told) -> dict[tuple[str, str], Any]:
    """Where they part."""
    return {key: parting(one[key], other[key]) for key in other if one[key] != other[key]}


def parting(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """What is told there."""
    pairs = enumerate(zip(one, other, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    return one[max(0, place - 200) : place + 80], other[max(0, place - 200) : place + 80]


def beside(some: list[Difference], key: IdentifierKey) -> list[Row]:
    """The rows of these differences."""
    return [row for one in some for row in one.rows(key)]


def alike() -> list[list[Person]]:
    """Those together from whom the same is hidden, from whom the least is first."""
    found: dict[tuple[str, ...], list[Person]] = {}
    for person in PEOPLE:
        found.setdefault(tuple(one.name for one in of(person)), []).append(person)
    return [found[names] for names in sorted(found, key=len)]


async def kept(asked: Served) -> None:
    """Somebody else keeps a view, a webhook and an export for themselves: nobody is told."""
    for text in (VIEW, HOOK, EXPORT):
        answer = await asked.ask("else", text)
        assert b'"errors"' not in answer, answer
    unread(asked.graph)


def test_who_asks_and_what() -> None:
    roles = {role for person in PEOPLE for role in person.caller.roles}
    every = operations(["", ""])

    assert len(roles) == 9
    assert len(list(FOLDER.glob("*.json"))) == 48
    assert len(every) == 48 + len(OWNED)
    assert len(DIFFERENCES) >= 14
    for one in DIFFERENCES:
        assert len(from_whom(one)) >= 3


async def test_what_is_hidden_changes_no_byte(asked: Served, key: IdentifierKey) -> None:
    await written(asked.graph, rows(key))
    whole = await told(asked, PEOPLE)
    wrong: dict[Any, Any] = {}

    await kept(asked)
    there: set[str] = set()
    for people in alike():
        mine = {one.name for one in of(people[0])}
        if not there <= mine:
            await written(asked.graph, rows(key))
            await kept(asked)
            there = set()
        more = [one for one in DIFFERENCES if one.name in mine - there]
        await besides(asked.graph, beside(more, key))
        there = mine
        wrong |= differences(whole, await told(asked, people))

    for each, parts in wrong.items():
        print(*each, *parts, sep="\n  ")  # noqa: T201
    assert sorted(wrong) == []
    [all_] = [person for person in PEOPLE if person.name == "HQ_ANALYST"]
    assert len(differences(whole, await told(asked, [all_]))) > 10  # to who sees it, it shows
    answered = [each for each in whole.values() if b'"errors"' not in each]
    assert len(answered) > len(whole) / 3


async def test_what_is_hidden_changes_no_byte_of_a_write(asked: Served, key: IdentifierKey) -> None:
    people = [person for person in PEOPLE if all(hidden(person, one) for one in DIFFERENCES[:16])]
    some = DIFFERENCES[:16]
    asked.written = True
    await written(asked.graph, rows(key))
    whole = await told(asked, people, ("mutation", "query"))

    await written(asked.graph, rows(key))
    await kept(asked)
    await besides(asked.graph, beside(some, key))
    more = await told(asked, people, ("mutation", "query"))

    wrong = differences(whole, more)
    for each, parts in wrong.items():
        print(*each, *parts, sep="\n  ")  # noqa: T201
    assert sorted(wrong) == []
    done = [each for each in whole.values() if b'"userErrors":[]' in each]
    assert len(done) > 10
