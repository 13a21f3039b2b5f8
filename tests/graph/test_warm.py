"""Every question is planned before anybody asks it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from graph import snapshot, warm, warm_kernels
from graph.algorithms import rings
from graph.algorithms.cascades import cascade
from graph.algorithms.claims import Claims
from graph.algorithms.control import controlled
from graph.algorithms.holdings import holdings
from graph.algorithms.integrated import ultimate
from graph.algorithms.kernels import above, divided, passed
from graph.algorithms.upstream import upstream
from graph.queries import named, query
from graph.session import Graph
from tests.plans import plans

QUERIES = Path(warm.__file__).parent / "queries"
STARTED = """
import json
from numba.core.dispatcher import Dispatcher
from graph import warm_kernels
import gc
warm_kernels.compiled()
made = [each.stats for each in gc.get_objects() if isinstance(each, Dispatcher)]
counts = [(sum(each.cache_hits.values()), sum(each.cache_misses.values())) for each in made]
print(json.dumps([sum(column) for column in zip(*counts)]))
"""
NOT_ASKED = {
    "backup",
    "command",
    "health",
    "job",
    "load",
    "migrate",
    "reference",
    "retention",
    "webhook",
}  # by ourselves, or to write


async def test_every_public_question_is_asked_once(server: Graph) -> None:
    server.statements = 0

    planned = await warm.warm(server)

    public = [file for file in QUERIES.rglob("*.cypher") if file.parent.name not in NOT_ASKED]
    assert planned == server.statements == len(public)


async def test_no_question_is_planned_again_by_what_it_is_given(server: Graph) -> None:
    nothing = {"keys": ["none"], "after": None, "words": "none"}
    many = {"keys": ["none"] * 101, "after": ["a", "b"], "words": "none " * 100}
    names = ("account/accounts", "account/managers", "search/named", "entity/entities")
    await plans(server)

    for given in (nothing, many):
        for name in names:
            wanted = named(str(query(name).text))
            known = {**warm.NOTHING, **warm.SWITCHES.get(name, {}), **given}
            await server.read(query(name), **{each: known.get(each) for each in wanted})

    assert await plans(server) == len(names)


def test_no_question_about_ownership_is_compiled_when_it_is_asked() -> None:
    warm_kernels.compiled()
    kernels: Any = (rings.strong, rings.ringed, rings.climbed, above, passed, divided, cascade)
    before = [len(each.code.signatures) for each in kernels]
    assert all(before)

    graph = holdings(
        Claims.of(3, [(0, 1, 5, 9, 1, 0, 0), (1, 0, 5, 5, 1, 0, 0), (0, 2, 1, 1, 1, 0, 0)])
    )
    ultimate(upstream(graph, 2))
    controlled(graph, [0])

    assert [len(each.code.signatures) for each in kernels] == before


def test_a_second_start_compiles_nothing() -> None:
    """Machine code is kept on disk; what an earlier start compiled is there."""
    warm_kernels.compiled()

    started = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=QUERIES.parents[1],
        env=dict(os.environ),
        capture_output=True,
        check=True,
        timeout=120,
    )

    read, compiled = json.loads(started.stdout)
    assert read >= 10
    assert compiled == 0


async def test_ownership_and_risk_are_read_before_anybody_asks(harbor: Graph) -> None:
    claims = await warm.networks(harbor)

    assert claims == 3 + 7
    assert snapshot.numbers(harbor)["snapshot_claims"] == 3
