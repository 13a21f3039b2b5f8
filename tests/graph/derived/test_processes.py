"""Processes that are killed, and several at once: each change is told once all the same."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from graph.address import Address
from graph.derived.deriver import Deriver
from graph.derived.marks import mark
from graph.derived.units import DERIVED
from graph.session import Graph
from tests import worlds
from tests.graph.derived.conftest import Record, Told, flag, follow, log, told
from tests.graph.derived.test_events import RATING, firms

ROOT = Path(__file__).parents[3]
PATIENCE = 90.0  # seconds: machine code may have to be read, and others share the machine


async def process(address: Address, at: str) -> Process:
    """A deriver that has begun; it dies before it sends a statement of this name."""
    words = ("-m", "tests.graph.derived.dying", address.uri, address.password, at)
    made = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, stdout=PIPE)
    assert made.stdout
    assert await made.stdout.readline() == b"begun\n"
    return made


@pytest.mark.parametrize("at", ["load/log_derived", "load/log_append", "load/log_derive"])
async def test_a_process_killed_before_or_amid_telling_leaves_it_to_the_next(
    ruled: Graph, record: Record, address: Address, at: str
) -> None:
    await record([*firms(), *flag("F-1", "Party:P-1", 0.9)])
    await follow(Deriver(ruled))
    seen = await mark(ruled)
    [owns] = await record([worlds.owns("Party:P-1", "Party:O-1", 60)])

    dying = await process(address, at)
    assert await asyncio.wait_for(dying.wait(), PATIENCE) == -9

    assert (await mark(ruled)).derived == seen.derived
    assert await told(ruled) == []
    await follow(Deriver(ruled))
    mine = [each for each in await told(ruled) if each.subject == "Party:O-1"]
    assert mine == [Told(RATING, "Party:O-1", "LOW", "HIGH", owns)]


async def test_of_two_processes_on_one_database_one_tells_each_change(
    ruled: Graph, record: Record, address: Address
) -> None:
    await record([*firms(), *flag("F-1", "Party:P-1", 0.9)])
    await follow(Deriver(ruled))
    both = await asyncio.gather(process(address, ""), process(address, ""))
    begin = (await mark(ruled)).sequence

    for share in (60, 5, 70, 6, 80, 7):
        await record([worlds.owns("Party:P-1", "Party:O-1", share)])
        if share == 70:  # one of them is killed wherever it is
            both[0].kill()
    async with asyncio.timeout(PATIENCE):
        while (await mark(ruled)).derived != (await mark(ruled)).sequence:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    both[1].kill()
    await asyncio.gather(*(each.wait() for each in both))

    mine = [each for each in await told(ruled) if each.subject == "Party:O-1"]
    causes = [each.sequence for each in await log(ruled, begin) if each.kind not in DERIVED]
    ratings = ["LOW", "HIGH"] * 4
    assert len(causes) == 6
    assert mine == [
        Told(RATING, "Party:O-1", ratings[at], ratings[at + 1], cause)
        for at, cause in enumerate(causes)
    ]
