"""Ownership by its definitions, in plain Python and exact fractions: what answers are judged by."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

HALF, WHOLE = Fraction(1, 2), Fraction(1)
SHARES = (1, 5, 10, 15, 20, 25, 30, 40, 50, 51, 60, 80)
Bounds = tuple[Fraction, Fraction]
Matrix = dict[tuple[str, str], Fraction]
LOW, HIGH = 0, 1  # ends of ranges


@dataclass(frozen=True)
class Claim:
    """A share in percent, of shares or of votes."""

    owner: str
    owned: str
    low: int
    high: int
    votes: bool = False


@dataclass
class World:
    """A few parties, apart from those of other worlds."""

    parties: list[str]
    claims: list[Claim] = field(default_factory=list)
    nominees: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)

    def pairs(self, *, votes: bool) -> dict[tuple[str, str], Bounds]:
        """What each holds of each: a nominee's part is its nominator's, beside its own."""
        found: dict[tuple[str, str], Bounds] = {}
        for holder, owned in sorted({(each.owner, each.owned) for each in self.claims}):
            both = [e for e in self.claims if (e.owner, e.owned) == (holder, owned)]
            stated = [each for each in both if each.votes]
            counted = stated if votes and stated else [each for each in both if not each.votes]
            owner = self.nominees.get(holder, holder)
            low, high = found.get((owner, owned), (Fraction(0), Fraction(0)))
            low += sum(Fraction(each.low, 100) for each in counted)
            high += sum(Fraction(each.high, 100) for each in counted)
            found[owner, owned] = low, min(WHOLE, high)
        return found

    def shares(self, end: int, *, votes: bool = False) -> Matrix:
        """The same at one end of all ranges, as parts of what is not the company's own."""
        pairs, own = self.pairs(votes=votes), self.pairs(votes=False)
        kept = {one: WHOLE - own.get((one, one), (Fraction(0),))[0] for one in self.parties}
        parts = {pair: both[end] / kept[pair[1]] for pair, both in pairs.items()}
        return {(a, b): min(WHOLE, part) for (a, b), part in parts.items() if a != b}

    def controlled(self, by: str, end: int) -> set[str]:
        """What one party controls: the least fixpoint of a strict majority of votes."""
        votes = self.shares(end, votes=True)
        return _least({by}, self.parties, lambda won, y: _held(votes, won, y) > HALF) - {by}

    def blocked(self, end: int) -> set[str]:
        """Who is blocked: the least fixpoint of half the shares, each passing on whole."""
        shares = self.shares(end)
        return _least(self.listed, self.parties, lambda won, y: _held(shares, won, y) >= HALF)

    def controller(self, of: str) -> tuple[str, bool, bool] | None:
        """The ultimate controller, whether it is certain, and whether its head is a ring."""
        for end in (LOW, HIGH):
            votes = self.shares(end, votes=True)
            runs = {one: self.controlled(one, end) for one in self.parties}
            ring = {one: _held(votes, {one, *runs[one]}, one) > HALF for one in self.parties}
            heads = [one for one in self.parties if of in runs[one] or (one == of and ring[of])]
            tops = [
                one
                for one in heads
                if not any(one in runs[a] and a not in runs[one] for a in heads)
            ]
            if tops:
                return min(tops), end == LOW, ring[min(tops)]
        return None

    def ultimate(self, of: str) -> dict[str, Bounds]:
        """Who owns it in the end: u = r v, at both ends of all ranges."""
        low, high = self.shares(LOW), self.shares(HIGH)
        least, most = _column(self.parties, low, of), _column(self.parties, high, of)
        found = {}
        for one in self.parties:
            rest = [max(Fraction(0), WHOLE - _held(w, set(self.parties), one)) for w in (high, low)]
            bounds = rest[0] * least[one], min(WHOLE, rest[1] * most[one])
            if bounds[1] > 0:
                found[one] = bounds
        return found

    def effective(self, owner: str, of: str) -> Bounds:
        """What one holds over all walks, once nothing leads into it."""
        ends = []
        for end in (LOW, HIGH):
            cut = {pair: part for pair, part in self.shares(end).items() if pair[1] != owner}
            ends.append(min(WHOLE, _column(self.parties, cut, of)[owner]))
        return ends[0], ends[1]

    def owned(self) -> set[str]:
        """Who has owners, its own shares aside."""
        return {b for a, b in self.pairs(votes=True) if a != b}


def _held(shares: Matrix, by: Iterable[str], of: str) -> Fraction:
    return sum((shares.get((one, of), Fraction(0)) for one in by), Fraction(0))


def _least(start: set[str], parties: list[str], wins: Callable[[set[str], str], bool]) -> set[str]:
    won = set(start)
    while more := {one for one in parties if one not in won and wins(won, one)}:
        won |= more
    return won


def _column(parties: list[str], shares: Matrix, of: str) -> dict[str, Fraction]:
    """The column of (I - W)^-1, by Gauss and Jordan."""
    size = range(len(parties))
    rows = [
        [Fraction(int(a == b)) - shares.get((a, b), Fraction(0)) for b in parties]
        + [Fraction(int(a == of))]
        for a in parties
    ]
    for at in size:
        pivot = next(row for row in size if row >= at and rows[row][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for row in size:
            if row != at and rows[row][at]:
                times = rows[row][at]
                rows[row] = [a - times * b for a, b in zip(rows[row], rows[at], strict=True)]
    return {one: rows[at][-1] for at, one in enumerate(parties)}


def drawn(seed: int) -> World:
    """A world: circles, ranges, votes, own shares and a nominee; columns stay below the whole."""
    rng = random.Random(seed)
    exact = seed % 2 == 0
    companies = [f"W{seed:02}-O{at}" for at in range(rng.randint(3, 6))]
    persons = [f"W{seed:02}-P{at}" for at in range(rng.randint(1, 3))]
    world = World(sorted(companies + persons))
    for owned in companies:
        left = 97
        for owner in rng.sample(world.parties, rng.randint(1, len(world.parties) - 1)):
            low = rng.choice(SHARES)
            high = low if exact or owner == owned else low + rng.choice((0, 0, 5, 20))
            if high <= left:
                world.claims.append(Claim(owner, owned, low, high))
                left -= high
                if rng.random() < 0.15 and owner != owned:
                    share = rng.choice(SHARES)
                    world.claims.append(Claim(owner, owned, share, share, votes=True))
    if seed % 3 == 0:
        nominee = rng.choice([one for one in world.parties if one in companies])
        world.nominees[nominee] = rng.choice([one for one in world.parties if one != nominee])
        # A nominee's own shares would be its nominator's: that case has its tests.
        world.claims = [c for c in world.claims if (c.owner, c.owned) != (nominee, nominee)]
    world.listed = {one for one in world.parties if rng.random() < 0.2}
    return world
