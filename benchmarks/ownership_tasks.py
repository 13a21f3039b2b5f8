"""What `make bench-ownership` asks of a graph in memory: each task of ours beside its peers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import thread_time

import numpy as np

from benchmarks import ownership_plain as plain
from benchmarks.ownership_world import Drawn
from graph.algorithms import everyone
from graph.algorithms.claims import Ints
from graph.algorithms.control import blocked, blocked_above, controller
from graph.algorithms.holdings import Holdings
from graph.algorithms.integrated import ultimate
from graph.algorithms.ultimate_rows import shares
from graph.algorithms.upstream import upstream

LISTED = 50  # one party in so many is on a sanctions list
TIMES = 3  # that each is measured: the best counts, as the least disturbed
LONG = 120.0  # CPU seconds after which nothing is measured once more
NETWORKED = 100_000  # so many parties at most are put into a graph of networkx
Asked = Callable[[int], object]


@dataclass
class Task:
    """One question: CPU seconds of the thread, of each time it was asked, by who answered.

    `of` is which one is compared with ours, `times` what a peer's seconds are multiplied by where
    it answered for a few only.
    """

    name: str
    target: str
    taken: dict[str, list[float]] = field(default_factory=dict)
    times: float = 1.0


def tasks(held: Holdings, graph: Drawn, places: Sequence[int]) -> list[Task]:
    """All that is asked, once the sides have been seen to find the same."""
    below = graph.below
    listed = np.random.default_rng(2).choice(held.parties, held.parties // LISTED, replace=False)
    on = listed.tolist()
    single = _one_by_one(held, graph, places, below, listed)
    whole = [
        _asked(
            Task("all ultimate controllers", "faster than closures"),
            [0],
            ours=lambda _: everyone.controllers(held),
            plain=lambda _: plain.controllers(below),
        ),
        _asked(
            Task("diagonal of V", "100"),
            [0],
            ours=lambda _: everyone.circles(held),
            scipy=lambda _: plain.circles(held),
        ),
        _shares(held, graph, places),
        _asked(
            Task("all blocked parties", "never noticeable"),
            [0] * TIMES,
            ours=lambda _: blocked(held, on),
            plain=lambda _: plain.won(below, on, more=False),
        ),
    ]
    return [*single, *whole]


def _one_by_one(
    held: Holdings, graph: Drawn, places: Sequence[int], below: plain.Edges, listed: Ints
) -> list[Task]:
    owners: dict[str, Asked] = {
        "ours": lambda one: ultimate(upstream(held, one)),
        "plain": lambda one: plain.ultimate(graph.above, one),
    }
    if held.parties <= NETWORKED:
        network = plain.networked(graph.above)
        owners["networkx"] = lambda one: plain.solved(network, one)
    return [
        _asked(Task("owners of one party", "10"), places, **owners),
        _asked(
            Task("ultimate controller of one", "1/1000 of all"),
            places,
            ours=lambda one: controller(upstream(held, one)),
            plain=lambda one: plain.controller(graph.above, below, one),
        ),
        _asked(
            Task("whether one is blocked", "never noticeable"),
            places,
            ours=lambda one: blocked_above(upstream(held, one), listed),
        ),
    ]


def _shares(held: Holdings, graph: Drawn, places: Sequence[int]) -> Task:
    """Of everybody; the peer is asked for some, and they stand for all."""
    few = Task("all ultimate shares", "10", times=held.parties / len(places))

    def some(_: int) -> None:
        for one in places:
            plain.ultimate(graph.above, one)

    return _asked(few, [0], ours=lambda _: shares(held), plain=some)


def _asked(task: Task, places: Sequence[int], **sides: Asked) -> Task:
    """Of each place all sides, in turn, the best of some times; code is compiled before.

    A whole graph's first time is its trial: it counts if there is no time for more.
    """
    if len(places) > 1:
        sides["ours"](places[0])
    for one in places:
        for name, function in sides.items():
            repeats = 1 if name != "ours" and task.times != 1 else TIMES
            task.taken.setdefault(name, []).append(_best(function, one, repeats))
    return task


def _best(function: Asked, one: int, repeats: int) -> float:
    """CPU seconds of the quickest of so many times, or of those there is time for."""
    taken: list[float] = []
    while len(taken) < repeats and sum(taken) < LONG:
        started = thread_time()
        function(one)
        taken.append(thread_time() - started)
    return min(taken)


def agree(held: Holdings, graph: Drawn, places: Sequence[int]) -> None:
    """All sides find the same: a fast wrong answer is none."""
    heads = everyone.controllers(held)
    wanted = plain.controllers(graph.below)
    rows = shares(held) if held.parties <= NETWORKED else None
    for target in places:
        up = upstream(held, target)
        found = dict(zip(up.nodes.tolist(), ultimate(up).low.tolist(), strict=True))
        for one, share in plain.ultimate(graph.above, target).items():
            assert abs(found[one] - share) < 1e-9, (target, one, found[one], share)
        if rows is not None:
            mine = slice(rows.first[target], rows.first[target + 1])
            for one, share in zip(rows.owner[mine].tolist(), rows.share[mine], strict=True):
                assert abs(found[one] - share) < 1e-6, (target, one, found[one], share)
        alone = controller(up)
        assert heads[target] == (alone.head if alone else -1), target
        if heads[target] not in (-1, target):
            assert wanted[target] == heads[target], (target, heads[target], wanted.get(target))
    assert np.allclose(everyone.circles(held), plain.circles(held))
