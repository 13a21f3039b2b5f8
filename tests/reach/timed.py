"""Whether what is hidden takes as long to tell as what is missing: a figure for the night.

Not in the daily run, where what else the machine does weighs more; `make night` names this file.
The seed is printed: TIMED_SEED repeats what is asked, in which order.
"""

import os
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import cycle
from random import Random, SystemRandom
from typing import Any

import pytest

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests.reach import hidden
from tests.reach.conftest import MANAGER, Ask, Told
from tests.reach.random_world import RECORDED
from tests.reach.test_reach import CARD, CODE, HIDDEN, NODE

CALLS = int(os.environ.get("TIMED_CALLS", "1000"))  # of what is hidden, and as many of what is not
SEED = int(os.environ.get("TIMED_SEED", "0")) or SystemRandom().randrange(1, 1_000_000)
FIRST = 0.1  # of the calls again, before: plans and caches
APART = 0.05  # of the median, at most

Call = Callable[[], Awaitable[Told]]


@dataclass(frozen=True)
class Pair:
    """Two calls that must be answered alike."""

    hidden: Call
    missing: Call


async def compared(way: str, pairs: list[Pair]) -> None:
    """Ask each pair in turn, in either order; the medians are close together."""
    chance, asked = Random(f"{SEED} {way}"), cycle(chance_order(pairs, way))
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(-int(CALLS * FIRST), CALLS):
        pair = next(asked)
        told = {}
        for is_hidden in chance.sample((True, False), 2):
            began = time.perf_counter()
            told[is_hidden] = await (pair.hidden if is_hidden else pair.missing)()
            if number >= 0:
                took[is_hidden].append(time.perf_counter() - began)
        assert (told[True].data, told[True].codes) == (told[False].data, told[False].codes)

    there, nowhere = statistics.median(took[True]), statistics.median(took[False])
    apart = there / nowhere - 1
    print(  # noqa: T201
        f"\n{way}: hidden {there * 1000:.3f} ms, missing {nowhere * 1000:.3f} ms,"
        f" {apart:+.1%} of 2 x {CALLS} calls; TIMED_SEED={SEED}"
    )
    assert abs(apart) <= APART


def chance_order(pairs: list[Pair], way: str) -> list[Pair]:
    """The pairs, shuffled."""
    return Random(f"{way} {SEED}").sample(pairs, len(pairs))


async def test_by_id(ask: Ask) -> None:
    def node(key: str) -> Call:
        return lambda: ask(MANAGER, NODE, id=ids.encode(key))

    await compared("by id", [Pair(node(key), node(hidden.missing(key))) for key in HIDDEN])


async def test_by_number(ask: Ask) -> None:
    def card(number: str) -> Call:
        return lambda: ask(MANAGER, CARD, number=number)

    await compared("by number", [Pair(card("12-3456789CA"), card("12-3456789DA"))])


async def test_by_code(ask: Ask) -> None:
    def codes(code: str) -> Call:
        return lambda: ask(MANAGER, CODE % (code, code))

    await compared("by code", [Pair(codes("B76"), codes("Z99"))])


@pytest.fixture
async def things(centers: Graph) -> Graph:
    """What writes name, of A-3."""
    assert (await write(centers, hidden.things(), at=RECORDED)).refused == []
    return centers


async def test_by_write(things: Graph, ask: Ask) -> None:
    def given(name: str, right: dict[str, Any], field: str, key: str) -> Call:
        asked = {"input": hidden.input_of(right, field, key)}
        return lambda: ask(hidden.viewer(name), hidden.document(name), **asked)

    pairs = []
    for name, right, field, beyond in hidden.CASES:
        if not hidden.CLAIM.fullmatch(beyond):  # found before it is known whose it is
            one = given(name, right, field, beyond)
            pairs.append(Pair(one, given(name, right, field, hidden.missing(beyond))))

    await compared("by write", pairs)
