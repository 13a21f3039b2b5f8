"""The benchmark's world: taken whole by the writer, the same every time; valid questions."""

from pathlib import Path

import pytest
from graphql import parse, validate

from benchmarks.rows import name
from benchmarks.world import RECORDED, World
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.reference.install import install
from graph.session import Graph
from schema import schema

OPERATIONS = Path(__file__).parents[2] / "benchmarks" / "operations"
SIZE = 200


async def test_the_writer_takes_every_row(graph: Graph, key: IdentifierKey) -> None:
    await install(graph, RECORDED)
    for rows in World(SIZE, key).rows():
        outcome = await write(graph, rows, at=RECORDED)
        assert outcome.refusals == []
        assert outcome.created == len(rows)


def test_the_same_world_comes_every_time(key: IdentifierKey) -> None:
    assert list(World(SIZE, key).rows()) == list(World(SIZE, key).rows())


def test_names_and_numbers_are_given_once_and_sort_alike(key: IdentifierKey) -> None:
    world = World(2_000, key)
    names = [name(place) for place in range(world.size)]
    assert len(set(names)) == len({world.number(place) for place in range(world.size)}) == 2_000
    assert sorted(names) == sorted(names, key=str.casefold)


@pytest.mark.parametrize("file", sorted(OPERATIONS.glob("*.graphql")), ids=lambda file: file.stem)
def test_our_side_of_each_question_is_valid(file: Path) -> None:
    assert validate(schema._schema, parse(file.read_text(encoding="utf-8"))) == []
