"""The benchmark of ownership: all sides find the same, in memory and out of the database."""

from dataclasses import asdict

from benchmarks.ownership_store import fill, measure
from benchmarks.ownership_table import lines
from benchmarks.ownership_tasks import agree, tasks
from benchmarks.ownership_world import drawn
from graph.algorithms.everyone import circles
from graph.algorithms.holdings import holdings
from graph.session import Graph

SIZE = 3_000


def test_the_same_graph_comes_every_time_with_rings() -> None:
    one, again = drawn(SIZE), drawn(SIZE)

    assert one.above == again.above
    assert (one.claims.low == again.claims.low).all()
    assert (circles(holdings(one.claims)) > 1).any()


def test_all_sides_find_the_same_and_the_table_tells_each_task() -> None:
    graph = drawn(SIZE)
    held = holdings(graph.claims)
    places = list(range(0, SIZE, 300))

    agree(held, graph, places)
    found = [asdict(task) for task in tasks(held, graph, places)]

    size = {
        "parties": SIZE, "holdings": len(held.owner), "above_p50": 1.0, "in_rings": 2,
        "build_cpu_s": 0.1, "bytes_per_party": 200.0, "bytes_of_claims_per_party": 150.0,
        "tasks": found, "stored": None,
    }  # fmt: skip
    table = "\n".join(lines([size]))
    assert [task["name"] for task in found if task["name"] not in table] == []


async def test_the_database_tells_the_same_by_a_walk(graph: Graph) -> None:
    world = drawn(200)
    await fill(graph, world)

    found = await measure(graph, range(0, 200, 20))

    assert found["claims"] == len(world.claims.start)
    assert len(found["cypher"]) + found["cypher_late"] == len(found["ours"]) == 10
