"""The search for smallest sets of relationships and flags without which a score is low.

Any such set must break one of the chains that make the score, or resolve a flag of the subject: so
the search tries each relationship and flag of the chains as they stand, then of those that take
their place, and so on. A set counts only if each of its members is needed, which is tried as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from time import monotonic

from graph.algorithms.backward import Chain, chains
from graph.algorithms.network import TYPES, UNDISCLOSED
from graph.algorithms.own import own_risk
from graph.algorithms.risk_arcs import risk_arcs
from graph.risk_scores import Scores

SECONDS = 2.0  # of one search
TRIES = 20_000  # sets of one search
Member = tuple[str, int | str]  # ("end", claim) or ("resolve", flag)
Set = frozenset[Member]


@dataclass(frozen=True, slots=True)
class Cut:
    """A set and the score that it leaves."""

    members: Set
    score: float


class Search:
    """The scores of one subject with this or that ended, each computed once."""

    def __init__(self, scores: Scores, key: str, place: int) -> None:
        """Of the thing at this place."""
        self.scores, self.key, self.place = scores, key, place
        self.known: dict[Set, tuple[float, list[Chain]]] = {}
        self.until = monotonic() + SECONDS
        self.cut_off: str | None = None

    def score(self, members: Set) -> tuple[float, list[Chain]]:
        """The score that a set leaves, and the chains that then make it."""
        if members not in self.known:
            ended = [int(what) for how, what in members if how == "end"]
            resolved = {str(what) for how, what in members if how == "resolve"}
            world, policy = self.scores.world, self.scores.policy
            seeds = world.seeds_without(resolved) if resolved else world.seeds
            found = chains(self.scores.arcs, seeds, self.place, policy.chains, policy.floor, ended)
            left = 1 - self._own(resolved)
            for chain in found:
                left *= 1 - chain.strength
            self.known[members] = (1 - left, found)
        return self.known[members]

    def _own(self, resolved: set[str]) -> float:
        flags = self.scores.world.flags_of.get(self.key, ())
        return own_risk((f.kind, f.severity) for f in flags if f.key not in resolved)

    def members(self, found: list[Chain]) -> Iterator[Member]:
        """What could be ended or resolved to change a score that these chains make."""
        network = self.scores.world
        subjects = [self.key, *(network.network.key(chain.source) for chain in found)]
        for subject in dict.fromkeys(subjects):
            for flag in network.flags_of.get(subject, ()):
                yield ("resolve", flag.key)
        for chain in found:
            for arc in chain.arcs:
                yield ("end", int(self.scores.arcs.link[arc]))

    def cuts(self, below: float, most: int) -> list[Cut]:
        """All smallest sets of at most so many members, as far as time allows."""
        found: list[Cut] = []
        layer: list[Set] = [frozenset()]
        for size in range(most + 1):
            following: dict[Set, None] = {}
            for members in layer:
                if self._out_of_budget():
                    return found
                score, ways = self.score(members)
                if score >= below:
                    following |= dict.fromkeys(self._larger(members, ways) if size < most else ())
                elif self._needed(members, below):
                    found.append(Cut(members, score))
            layer = [each for each in following if not _holds(each, found)]
        return found

    def _larger(self, members: Set, ways: list[Chain]) -> Iterator[Set]:
        """The set with one member more, each that could change the score."""
        for member in self.members(ways):
            if member not in members:
                yield members | {member}

    def _needed(self, members: Set, below: float) -> bool:
        """Whether no smaller part of a set does it."""
        return (
            all(
                self.score(frozenset(part))[0] >= below
                for part in combinations(sorted(members, key=str), len(members) - 1)
            )
            or not members
        )

    def _out_of_budget(self) -> bool:
        if monotonic() > self.until or len(self.known) > TRIES:
            self.cut_off = f"The search ended after {len(self.known)} sets."
        return self.cut_off is not None


def _holds(members: Set, found: list[Cut]) -> bool:
    """Whether a set found already is part of this one."""
    return any(cut.members <= members for cut in found)


def proven(scores: Scores, key: str, found: list[Cut], below: float) -> tuple[list[Cut], int]:
    """The sets that do it for certain, and how many do not.

    Where a share that ends leaves more to an owner whose share is not disclosed, the world without
    it is computed whole: the search takes all other attenuations as they are.
    """
    told = [
        Cut(cut.members, _exact(scores, key, cut)) if _frees(scores, cut) else cut for cut in found
    ]
    kept = [cut for cut in told if cut.score < below]
    return kept, len(told) - len(kept)


def _frees(scores: Scores, cut: Cut) -> bool:
    """Whether a set ends a share beside an undisclosed one."""
    network = scores.world.network
    owns = network.type == TYPES.index("OWNS")
    for how, what in cut.members:
        if how == "end" and owns[int(what)]:
            beside = owns & (network.end == network.end[int(what)])
            if (network.high[beside] == UNDISCLOSED).any():
                return True
    return False


def _exact(scores: Scores, key: str, cut: Cut) -> float:
    """The score in the world without the members of a set, computed anew."""
    world, policy = scores.world, scores.policy
    ids = [world.network.claim(int(what))[1] for how, what in cut.members if how == "end"]
    resolved = {str(what) for how, what in cut.members if how == "resolve"}
    network = world.network.without(ids=ids)
    place = network.place(key)
    assert place is not None
    seeds = world.seeds_without(resolved)
    left = 1 - float(seeds[place])
    for chain in chains(
        risk_arcs(network, policy.rules), seeds, place, policy.chains, policy.floor
    ):
        left *= 1 - chain.strength
    return 1 - left
