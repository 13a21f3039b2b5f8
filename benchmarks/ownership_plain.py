"""What ownership is compared with: the same answers in plain Python, over dictionaries."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.ownership_world import Edge

LEAST = 1e-12
Edges = Mapping[int, Sequence[Edge]]


def ultimate(above: Edges, target: int) -> dict[int, float]:
    """Ultimate shares: what waits at each is passed on to its owners, until next to none is.

    The local push of the definitions, over dictionaries.
    """
    held: dict[int, float] = {}
    rest = {target: 1.0}
    line = [target]
    while line:
        after: list[int] = []
        for one in line:
            part = rest.pop(one, 0.0)
            if part < LEAST:
                continue
            held[one] = held.get(one, 0.0) + part
            for owner, share in above.get(one, ()):
                if owner not in rest:
                    after.append(owner)
                rest[owner] = rest.get(owner, 0.0) + part * share
        line = after
    left = {one: 1 - sum(share for _, share in above.get(one, ())) for one in held}
    return {one: part * left[one] for one, part in held.items()}


def won(below: Edges, starts: Iterable[int], *, more: bool) -> set[int]:
    """Who is won by these and by what they have won, by more than half or by half."""
    found, line = set(starts), list(starts)
    held: dict[int, float] = {}
    while line:
        for owned, share in below.get(line.pop(), ()):
            held[owned] = held.get(owned, 0.0) + share
            if owned not in found and (held[owned] > 0.5 if more else held[owned] >= 0.5):
                found.add(owned)
                line.append(owned)
    return found


def controller(above: Edges, below: Edges, target: int) -> int | None:
    """Who controls the target and is controlled by nobody above it: closures of who may."""
    seen, line = {target}, [target]
    while line:
        for owner, _ in above.get(line.pop(), ()):
            if owner not in seen:
                seen.add(owner)
                line.append(owner)
    # Who controls anything has a majority of something alone.
    may = {o for one in seen for o, share in above.get(one, ()) if share > 0.5 and o in seen}
    inside = {one: [edge for edge in below.get(one, ()) if edge[0] in seen] for one in seen}
    runs = {one: won(inside, [one], more=True) for one in may}
    heads = [one for one, run in runs.items() if target in run and one != target]
    tops = [one for one in heads if not any(one in runs[a] for a in heads if a != one)]
    return min(tops, default=None)
