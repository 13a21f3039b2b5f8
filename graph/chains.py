"""Chains of holdings: from pairs of parties to the claims that make them."""

from collections.abc import Iterable, Sequence

from graph.algorithms.upstream import Upstream
from graph.paths import Step
from graph.scenarios import World


def steps(world: World, owner: int, owned: int) -> list[Step]:
    """The claim by which one party holds another, the largest if several.

    Behind a nominee the chain goes over the nominee: against NOMINEE_FOR, then along OWNS.
    """
    recorded = world.recorded
    into = recorded.claims_into(owned).tolist()
    owns = [at for at in into if not recorded.nominee[at]]
    direct = [at for at in owns if recorded.start[at] == owner]
    if direct:
        return [_step(world, _largest_first(world, direct)[0], "OWNS")]
    for at in _largest_first(world, owns):
        over = _nominees(world, int(recorded.start[at]), owner)
        if over is not None:
            return [*over, _step(world, at, "OWNS")]
    return []


def _largest_first(world: World, claims: Iterable[int]) -> list[int]:
    recorded = world.recorded
    return sorted(claims, key=lambda at: (-recorded.high[at], recorded.id[at]))


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
    nodes = up.nodes.tolist()
    return [
        step
        for pair in pairs
        for step in steps(world, nodes[up.owner[pair]], nodes[up.owned[pair]])
    ]
