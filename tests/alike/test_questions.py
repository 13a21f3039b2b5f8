"""Random questions to two databases that differ only in what is hidden from who asks them.

GENERATED says how many; QUESTIONS_SEED repeats them.
"""

import os
from collections import Counter
from random import Random, SystemRandom

import pytest
from neo4j import Query

from graph import ids
from graph.identifiers import IdentifierKey
from tests.alike.people import PEOPLE, of
from tests.alike.program import rows
from tests.alike.questions import Asker
from tests.alike.serving import Served, besides, written
from tests.alike.test_operations import alike, beside, kept, parting, told
from tests.matrix.judging import Person
from tests.worlds import NodeRow, Row

GENERATED = int(os.environ.get("GENERATED", "72"))
SEED = int(os.environ.get("QUESTIONS_SEED", "0")) or (
    SystemRandom().randrange(1, 1_000_000) if "GENERATED" in os.environ else 14
)
TRIES = 20
KEYS = Query("MATCH (n) WHERE n.key IS NOT NULL RETURN n.key AS key ORDER BY key")
CLAIMS = Query("MATCH ()-[r]->() WHERE r.id IS NOT NULL RETURN r.id AS id ORDER BY id")

pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")


async def there(asked: Served, more: list[Row]) -> dict[str, list[str]]:
    """The ids of all that is there or will be, by kind, and one of each kind that is not."""
    found: dict[str, list[str]] = {}
    keys = {row["key"] for row in await asked.graph.read(KEYS)}
    for key in sorted(keys | {row.key for row in more if isinstance(row, NodeRow)}):
        kind = key.partition(":")[0]
        found.setdefault(kind, [ids.encode(f"{kind}:none")]).append(ids.encode(key))
    claims = [row["id"] for row in await asked.graph.read(CLAIMS)]
    found["Relationship"] = [ids.encode(f"Relationship:{each}") for each in claims]
    return {kind: some for kind, some in found.items() if kind not in ("ChangeLog", "Term")}


async def again(
    asked: Served, person: Person, text: str, one: bytes, counts: Counter[str]
) -> bytes:
    """What they are told now; of errors side by side it may take some times to be the same again.

    Which of them is met first, and what else was asked before, is as it comes.
    """
    for _ in range(TRIES if b'"errors"' in one else 1):
        other = await asked.ask(person.name, text)
        if other == one:
            break
        counts["again"] += 1
    return other


async def test_no_random_question_tells_what_is_hidden(asked: Served, key: IdentifierKey) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    print(f"QUESTIONS_SEED={SEED}")  # noqa: T201

    for people in alike():
        some = of(people[0])
        await written(asked.graph, rows(key))
        whole = await there(asked, beside(some, key))
        share = range(GENERATED * len(people) // len(PEOPLE))
        makers = [Asker(Random(f"{SEED} {len(some)} {n}"), whole) for n in share]
        questions = [(people[n % len(people)], maker.question()) for n, maker in enumerate(makers)]
        await told(asked, [])
        before = [await asked.ask(person.name, text) for person, text in questions]
        await kept(asked)
        await besides(asked.graph, beside(some, key))
        await told(asked, [])
        for (person, text), one in zip(questions, before, strict=True):
            other = await again(asked, person, text, one, counts)
            counts["with data" if b'"data":{' in one else "without"] += 1
            counts["refused"] += b"LIMIT_EXCEEDED" in one or b"COST_EXCEEDED" in one
            counts["not valid"] += b"GRAPHQL_VALIDATION_FAILED" in one
            counts["faults"] += b"INTERNAL_SERVER_ERROR" in one
            if one != other:
                wrong.append((person.name, text, parting(one, other)))

    print(counts, *wrong, sep="\n")  # noqa: T201
    assert [name for name, *_ in wrong] == []
    assert counts["faults"] == counts["not valid"] == 0
    assert counts["with data"] > GENERATED / 4
