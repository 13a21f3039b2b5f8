"""Control and blocked parties: two different fixpoints over direct shares.

Control (company control of Ceri, Gottlob and Tanca): x controls y if the votes in y held by x and
by all that x controls come to strictly more than half. Circles do not bootstrap themselves: the
least fixpoint. Blocked (OFAC 50 Percent Rule, FAQ 398 to 402): the direct shares held by listed and
blocked parties come to half or more; a share passes on whole, and only through who is blocked.

Both compare whole numbers. With ranges each is run at the lower ends, which tells what is so, and
at the upper ends, which tells what may be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.algorithms.cascades import cascade, winners
from graph.algorithms.claims import Ints
from graph.algorithms.holdings import Holdings, Weights
from graph.algorithms.upstream import Upstream


@dataclass(frozen=True)
class Run:
    """What some parties win, at one end of all ranges.

    `order` is the winners themselves and what they win, nearest first; `rounds` is how far away
    each is, from 1 on, 0 for what is not won; `held` the parts of each party that are held by any
    of them, and `reached` of how many parties that is something.
    """

    order: Ints
    rounds: Ints
    held: Ints
    whole: Ints
    reached: int

    def won(self, party: int) -> bool:
        """Whether one is among the winners or is won."""
        return bool(self.rounds[party])

    def only(self, parties: Ints) -> "Run":
        """The same of these, who are in order, by their place among them."""
        rounds = self.rounds[parties]
        order = np.searchsorted(parties, self.order[np.isin(self.order, parties)])
        return Run(order, rounds, self.held[parties], self.whole[parties], self.reached)

    def itself(self, party: int) -> bool:
        """Whether a majority of this one is held by the winners and what they win."""
        return bool(2 * self.held[party] > self.whole[party])


@dataclass(frozen=True)
class Both:
    """The two runs: what is so, and what may be."""

    low: Run
    high: Run


def controlled(holdings: Holdings, by: Sequence[int]) -> Both:
    """What these parties control together."""
    return _both(holdings, holdings.votes, by, needs_more=True)


def blocked(holdings: Holdings, listed: Sequence[int]) -> Both:
    """Who is blocked, these parties being listed."""
    return _both(holdings, holdings.economic, listed, needs_more=False)


def blocked_above(up: Upstream, listed: Sequence[int] | Ints) -> Both:
    """Who is blocked above a target, it included: by place there, `listed` by place among all.

    Whether one is blocked depends on what stands above it, so that it costs no more than that: a
    run over all parties costs what all listed ones hold. Only where not all above was seen are all
    looked at.
    """
    if not up.complete:
        both = blocked(up.holdings, [int(one) for one in listed])
        return Both(both.low.only(up.nodes), both.high.only(up.nodes))
    economic, local = up.holdings.economic, _local(up)
    starts = np.flatnonzero(np.isin(up.nodes, listed))
    ends = ((economic.low, economic.whole_low), (economic.high, economic.whole_high))
    runs = [
        _won(starts, local, up.owned, parts[up.pairs], whole[up.nodes], more=False)
        for parts, whole in ends
    ]
    return Both(*runs)


def _both(holdings: Holdings, weights: Weights, by: Sequence[int], *, needs_more: bool) -> Both:
    first, order = holdings.by_owner
    starts = np.array(sorted(by), np.int64)
    ends = ((weights.low, weights.whole_low), (weights.high, weights.whole_high))
    runs = []
    for parts, whole in ends:
        runs.append(_won(starts, (first, order), holdings.owned, parts, whole, needs_more))
    return Both(*runs)


def _won(
    starts: Ints, by_owner: tuple[Ints, Ints], owned: Ints, parts: Ints, whole: Ints, more: bool
) -> Run:
    # Zeros that nobody touches are no memory and no work: the system gives them on first use.
    rounds, held = np.zeros(len(whole), np.int64), np.zeros(len(whole), np.int64)
    order = np.empty(len(whole), np.int64)
    number, reached = cascade(
        starts, *by_owner, owned, parts, whole, more, rounds, held, order
    )  # fmt: skip
    return Run(order[:number], rounds, held, whole, reached)


@dataclass(frozen=True)
class Controller:
    """Who controls a party in the end, by place among all: certainly, or possibly.

    `others` are further ones that control it as well: claims then contradict each other, or ranges
    are wide. `cyclic` tells that the head is held by what it controls.
    """

    head: int
    certain: bool
    cyclic: bool
    others: tuple[int, ...]


def controller(up: Upstream) -> Controller | None:
    """The ultimate controller of the target; None if nobody can control it.

    It depends on what lies above the target only. Of those who control each other the smallest id
    is the head.
    """
    local = _local(up)
    for certain in (True, False):
        parts, whole = _sides(up, certain=certain)
        candidates = _bootstrapping(up, parts, whole)
        # The target is under itself if what it controls holds it: a ring of mutual control.
        among = winners(candidates, *local, up.owned, parts, whole, up.target)
        runs = {
            one: _won(np.array([one]), local, up.owned, parts, whole, True)
            for one in candidates[among].tolist()
        }
        if runs:
            heads = [one for one in runs if not _below(one, runs)]
            groups = [one for one in heads if not any(runs[a].won(one) for a in heads if a < one)]
            everyone = up.nodes[groups].tolist()
            cyclic = runs[groups[0]].itself(groups[0])
            return Controller(everyone[0], certain, cyclic, tuple(everyone[1:]))
    return None


def _bootstrapping(up: Upstream, parts: Ints, whole: Ints) -> Ints:
    """Who has a majority of anything alone: whoever controls wins its first organization so."""
    alone = up.owner[2 * parts > whole[up.owned]]
    return np.unique(np.append(alone, up.target))


def _below(one: int, runs: dict[int, Run]) -> bool:
    """Whether another controls this one and is not controlled by it."""
    return any(runs[a].won(one) and not runs[one].won(a) for a in runs if a != one)


def _local(up: Upstream) -> tuple[Ints, Ints]:
    """The pairs by owner, above the target only."""
    order = np.argsort(up.owner, kind="stable")
    counts = np.bincount(up.owner, minlength=up.size)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), order


def _sides(up: Upstream, *, certain: bool) -> tuple[Ints, Ints]:
    """Votes at the lower or the upper ends: of each pair, and the whole of each party."""
    votes = up.holdings.votes
    parts = (votes.low if certain else votes.high)[up.pairs]
    return parts, (votes.whole_low if certain else votes.whole_high)[up.nodes]
