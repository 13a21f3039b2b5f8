"""Chains of holdings: from pairs of parties to the claims that make them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.algorithms.claims import ECONOMIC, NEITHER, VOTES
from graph.algorithms.upstream import Upstream
from graph.paths import Step
from graph.scenarios import World

SHARES_FIRST = (ECONOMIC, VOTES, NEITHER)  # what a chain of ownership shows, if there is a choice
VOTES_FIRST = (VOTES, ECONOMIC, NEITHER)  # and a chain of control


def routes(
    world: World, owner: int, owned: int, first: tuple[int, ...] = SHARES_FIRST
) -> list[list[Step]]:
    """The ways by which one party holds another: by itself, and over each of its nominees.

    Of each way the claim that tells most: by interest, then the largest. Over a nominee the chain
    goes against NOMINEE_FOR, then along OWNS.
    """
    recorded = world.recorded
    into = recorded.claims_into(owned).tolist()
    owns = [at for at in into if not recorded.nominee[at]]
    found: dict[int, list[Step]] = {}
    for at in sorted(owns, key=lambda at: _order(world, at, owner, first)):
        holder = int(recorded.start[at])
        if holder in found:
            continue
        over = [] if holder == owner else _nominees(world, holder, owner)
        if over is not None:
            found[holder] = [*over, _step(world, at, "OWNS")]
    return list(found.values())


def steps(
    world: World, owner: int, owned: int, first: tuple[int, ...] = SHARES_FIRST
) -> list[Step]:
    """The best of these ways."""
    return next(iter(routes(world, owner, owned, first)), [])


def _order(world: World, at: int, owner: int, first: tuple[int, ...]) -> tuple[object, ...]:
    recorded = world.recorded
    rank = first.index(int(recorded.interest[at]))
    over = bool(recorded.start[at] != owner)
    return rank, over, not recorded.disclosed[at], -int(recorded.high[at]), recorded.id[at]


def _step(world: World, claim: int, type_: str, *, forward: bool = True) -> Step:
    return Step(type_, bytes(world.recorded.id[claim]).decode(), forward)


def _nominees(world: World, nominee: int, nominator: int) -> list[Step] | None:
    """From a nominator down to a nominee, over nominees between them."""
    recorded = world.recorded
    waiting: list[tuple[int, list[Step]]] = [(nominator, [])]
    seen = {nominator}
    while waiting:
        one, taken = waiting.pop(0)
        if one == nominee and taken:
            return taken
        for at in recorded.claims_into(one).tolist():
            below = int(recorded.start[at])
            if recorded.nominee[at] and below not in seen:
                seen.add(below)
                step = _step(world, at, "NOMINEE_FOR", forward=False)
                waiting.append((below, [*taken, step]))
    return None


def below(up: Upstream) -> dict[int, list[tuple[int, int]]]:
    """What each party above a target holds, by which pair; places as in `up`."""
    found: dict[int, list[tuple[int, int]]] = {}
    pairs = zip(up.owner.tolist(), up.owned.tolist(), strict=True)
    for pair, (owner, owned) in enumerate(pairs):
        found.setdefault(owner, []).append((owned, pair))
    return found


def along(world: World, up: Upstream, pairs: Sequence[int]) -> list[Step]:
    """The steps of a chain of pairs."""
    return [step for pair in pairs for step in steps(world, *_ends(up, pair))]


@dataclass(frozen=True)
class Routed:
    """What each party above a target holds, one entry for each way it does.

    `ways` are those of parties with nominees, by numbers that go on where the pairs' end.
    """

    world: World
    up: Upstream
    below: Mapping[int, Sequence[tuple[int, int]]]
    ways: Mapping[int, list[Step]]

    def length(self, entry: int) -> float:
        """How many steps one takes."""
        return len(self.ways.get(entry, ".")) or 1

    def along(self, entries: Sequence[int]) -> list[Step]:
        """The steps of a chain."""
        parts = (self.ways.get(e) or steps(self.world, *_ends(self.up, e)) for e in entries)
        return [step for part in parts for step in part]


def routed(world: World, up: Upstream) -> Routed:
    """The pairs above a target, apart for each nominee between."""
    found, ways = below(up), dict[int, list[Step]]()
    number = len(up.pairs)
    for owner in [each for each in found if int(up.nodes[each]) in world.recorded.behind]:
        entries: list[tuple[int, int]] = []
        for owned, pair in found[owner]:
            for way in routes(world, *_ends(up, pair)):
                ways[number] = way
                entries.append((owned, number))
                number += 1
        found[owner] = entries
    return Routed(world, up, found, ways)


def _ends(up: Upstream, pair: int) -> tuple[int, int]:
    return int(up.nodes[up.owner[pair]]), int(up.nodes[up.owned[pair]])
