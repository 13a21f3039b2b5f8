"""Questions about chains of ownership: from one party down to another, and in rings."""

from dataclasses import replace

from graph import chains, records, shares
from graph.algorithms.chains import Found, shortest
from graph.algorithms.upstream import Upstream
from graph.asked import Asked, computed
from graph.paths import Step, path
from graph.scenarios import World
from graph.terms import CompletenessState, Verdict


async def ownership_paths(
    asked: Asked, owner: records.Entity, longest: int, limit: int
) -> records.PathAnswer:
    """Chains from one party down to the organization, shortest first."""
    at = await asked.world()
    at = await computed(len(at.recorded.keys), _displayed, at, owner.stored_key)
    up = asked.above(at)
    place = at.recorded.place(owner.stored_key)
    above = None if up is None or place is None else up.place(place)
    if up is None or above is None:
        return await _answer(asked, at, up, [], "ownershipPaths", None)
    ways = chains.routed(at, up)
    found = await computed(
        up.size, shortest, ways.below, above, up.target, limit, longest, ways.length
    )  # fmt: skip
    steps = [ways.along(entries) for entries in found.chains]
    cut = _cut(found, len(steps), limit)
    if not steps and cut is None:  # it stands above: there is a chain
        cut = f"All chains have more than {longest} relationships.", "Raise 'maxLength'."
    return await _answer(asked, at, up, steps, "ownershipPaths", cut, connected=True)


def _displayed(at: World, owner: str) -> World:
    """The same world, with shares at this party even if it is a nominee: as they are recorded."""
    recorded = at.recorded.displayed(owner)
    _ = recorded.holdings
    return replace(at, recorded=recorded)


async def ownership_cycles(asked: Asked, limit: int) -> records.PathAnswer:
    """Rings of ownership that the organization is part of, shortest first."""
    at = await asked.world()
    up = asked.above(at)
    if up is None:
        return await _answer(asked, at, None, [], "ownershipCycles", None)
    ways, most = chains.routed(at, up), len(at.recorded.id)
    found = await computed(
        up.size, shortest, ways.below, up.target, up.target, limit, most, ways.length
    )  # fmt: skip
    # Its own shares are no pair: nothing computed goes over them.
    place = int(up.nodes[up.target])
    steps = chains.routes(at, place, place) + [ways.along(entries) for entries in found.chains]
    steps.sort(key=len)
    cut = _cut(found, len(steps), limit)
    return await _answer(asked, at, up, steps[:limit], "ownershipCycles", cut)


def _cut(found: Found, number: int, limit: int) -> tuple[str, str] | None:
    """Why chains are missing, and what to change; None if none are."""
    if found.complete and number <= limit:
        return None
    if number >= limit:
        return f"There are more than {limit} chains; the shortest are shown.", "Raise 'limit'."
    return (
        f"Very many chains run close: the search ended after {found.looked_at} beginnings.",
        "Ask for less: shorter chains, or fewer.",
    )


async def _answer(
    asked: Asked,
    at: World,
    up: Upstream | None,
    steps: list[list[Step]],
    field: str,
    cut: tuple[str, str] | None,
    *,
    connected: bool = False,
) -> records.PathAnswer:
    """Chains told in full; connected NO only where everything was seen."""
    told = await asked.told(at, steps)
    seen = shares.completeness(up)
    if cut and seen.state is CompletenessState.COMPLETE:
        seen = records.Completeness(
            CompletenessState.TRUNCATED, seen.explored_nodes, seen.explored_edges, *cut
        )
    complete = seen.state is CompletenessState.COMPLETE
    verdict = Verdict.NO if complete else Verdict.UNDETERMINED
    if steps or connected:
        verdict = Verdict.YES
    paths = tuple(path(chain, told) for chain in steps)
    return records.PathAnswer(paths, verdict, seen, asked.moment, asked.again(field))
