"""The part of what risk walks on that a caller sees: what is out of reach is not there for it.

Scores of a part are computed of the part alone, never of the labels that all others share: hubs
damp by what is seen of them. So nothing hidden moves a number. Parts are kept with the network
they are cut from, and follow its changes.
"""

import asyncio
from collections.abc import Collection

import numpy as np

from graph.algorithms.claims import Flags
from graph.algorithms.network import KINDS, TYPES, Network
from graph.reach import Reached
from graph.risk_network import PARTS, RiskNetwork, Who, finished

PARTIES = tuple(map(KINDS.index, ("Organization", "Person", "Unspecified")))


async def seen_of(world: RiskNetwork, reached: Reached) -> RiskNetwork:
    """What is seen of a network, cut once for all who see the same."""
    if reached.all and not _veiled(reached):
        return world
    who = _who(reached)
    task = world.parts.get(who)
    if task is None or (task.done() and not finished(task)):
        task = asyncio.create_task(asyncio.to_thread(_cut, world, reached))
        world.parts[who] = task
        while len(world.parts) > PARTS:
            world.parts.popitem(last=False)
    world.parts.move_to_end(who)
    return await asyncio.shield(task)


def _who(reached: Reached) -> Who:
    """What they see: whoever sees the same shares it."""
    return reached.all, reached.accounts, reached.things, _veiled(reached)


def _veiled(reached: Reached) -> frozenset[str]:
    """The types of relationships on which risk walks and which they may not read."""
    return reached.types & frozenset(TYPES)


def _cut(world: RiskNetwork, reached: Reached) -> RiskNetwork:
    network, veiled = world.network, _veiled(reached)
    visible = _visible(network, reached)
    told = ~np.isin(network.type, [TYPES.index(each) for each in veiled])
    shown = [f for f in world.flags if reached.sees(f.key) and reached.sees(f.subject)]
    if veiled:  # they are not told which things have such relationships: all might
        beside: Flags = np.ones(int(visible.sum()), np.bool_)
    else:
        beside = _beside(network, visible, {f.subject for f in set(world.flags) - set(shown)})
    earlier = world.earlier_parts.pop(_who(reached), None)
    return RiskNetwork(
        world.place,
        world.known_at,
        world.seconds,
        network.kept(visible, told),
        tuple(shown),
        world.policies,
        earlier=earlier.known() if earlier else {},
        beside=beside,
    )


def _visible(network: Network, reached: Reached) -> Flags:
    """Which things are seen: parties, and what is in reach."""
    if reached.all:
        return np.ones(network.size, np.bool_)
    visible: Flags = np.isin(network.kinds, PARTIES)
    keys = np.array(sorted(key.encode() for key in reached.accounts | reached.things), "S")
    if network.size and len(keys):
        at = np.minimum(np.searchsorted(network.keys, keys), network.size - 1)
        visible[at[network.keys[at] == keys]] = True
    return visible


def _beside(network: Network, visible: Flags, flagged: Collection[str]) -> Flags:
    """Which of the visible things have a hidden neighbor, or a hidden flag."""
    ends = network.start, network.end
    found = np.zeros(network.size, np.bool_)
    for one, other in (ends, ends[::-1]):
        found[one[~visible[other]]] = True
    places = [at for key in flagged if (at := network.place(key)) is not None]
    found[places] = True
    return found[visible]
