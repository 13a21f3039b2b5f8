"""The exact answers of small ownership graphs, by the functions themselves."""

import pytest

from graph.algorithms.claims import BILLION, ECONOMIC, Claims
from graph.algorithms.control import blocked, controlled, controller
from graph.algorithms.holdings import Holdings, holdings
from graph.algorithms.integrated import effective, ultimate
from graph.algorithms.upstream import upstream
from tests.vectors import Edge, edges


class World:
    """A vector's holdings, and questions about them by name."""

    def __init__(self, given: list[Edge]) -> None:
        self.names = sorted({name for owner, owned, *_ in given for name in (owner, owned)})
        self.place = {name: at for at, name in enumerate(self.names)}
        rows = [
            [self.place[a], self.place[b], low, high, int(told), ECONOMIC, 0]
            for a, b, low, high, told in given
        ]
        self.holdings: Holdings = holdings(Claims.of(len(self.names), rows))

    def ultimate(self, of: str) -> dict[str, tuple[float, float]]:
        up = upstream(self.holdings, self.place[of])
        found = ultimate(up)
        told = zip(up.nodes.tolist(), found.low.tolist(), found.high.tolist(), strict=True)
        return {self.names[at]: (low, high) for at, low, high in told if high > 0}

    def effective(self, owner: str, of: str) -> tuple[float, float]:
        up = upstream(self.holdings, self.place[of])
        at = up.place(self.place[owner])
        assert at is not None
        return effective(up, at)

    def controls(self, one: str) -> tuple[str, str]:
        both = controlled(self.holdings, [self.place[one]])
        low, high = (
            "".join(self.names[at] for at in sorted(run.order.tolist()) if at != self.place[one])
            for run in (both.low, both.high)
        )
        return low, high

    def controller(self, of: str) -> tuple[str, bool, bool, str] | None:
        found = controller(upstream(self.holdings, self.place[of]))
        if found is None:
            return None
        others = "".join(self.names[at] for at in found.others)
        return self.names[found.head], found.certain, found.cyclic, others

    def blocked(self, *listed: str) -> tuple[str, str]:
        both = blocked(self.holdings, [self.place[one] for one in listed])
        named = [{self.names[at] for at in run.order.tolist()} for run in (both.low, both.high)]
        low, high = ("".join(sorted(names - set(listed))) for names in named)
        return low, high


def exact(values: dict[str, float]) -> object:
    return {name: pytest.approx((share, share), abs=1e-9) for name, share in values.items()}


@pytest.mark.parametrize(
    ("vector", "of", "shares"),
    [
        ("E1", "1", {"1": 2 / 3, "2": 1 / 3}),
        ("E1", "2", {"1": 1 / 3, "2": 2 / 3}),
        ("E7", "A", {"X": 0.1, "Y": 0.1, "Z": 0.1, "BA": 0.21, "BB": 0.09, "CA": 0.4}),
        ("O7", "B", {"X": 0.36, "A": 0.24, "B": 0.4}),
        ("G1", "A", {"A": 1}),
        ("G1", "B", {"B": 1}),
        ("G1", "C", {"A": 0.6, "C": 0.4}),
        ("G2", "A", {"P": 0.502512563, "Q": 0.497487437}),
        ("G3", "A", {"P": 0.5625, "Q": 0.4375}),
        ("G4", "A", {"P": 4 / 7, "Q": 3 / 7}),
    ],
)
def test_ultimate_shares(vector: str, of: str, shares: dict[str, float]) -> None:
    assert World(edges(vector)).ultimate(of) == exact(shares)


@pytest.mark.parametrize(
    ("vector", "owner", "of", "low", "high"),
    [
        ("E1", "1", "2", 0.5, 0.5),
        ("E4", "A", "D", 0.5, 0.5),
        ("E5", "A", "C", 0.36, 0.36),
        ("G2", "A", "B", 0.99, 0.99),
        ("G5", "P", "B", 0.125, 0.375),
        ("G5", "Q", "B", 0.2, 0.45),
        ("G7", "P", "A", 0, 0.6),
    ],
)
def test_effective_shares(vector: str, owner: str, of: str, low: float, high: float) -> None:
    assert World(edges(vector)).effective(owner, of) == pytest.approx((low, high), abs=1e-9)


def test_equity_of_firms_that_hold_each_other() -> None:
    """E2: own assets of 150 each come to 225 each, of which outsiders have two thirds."""
    world = World(edges("E2"))
    up = upstream(world.holdings, world.place["A"])
    found = ultimate(up)
    outside = {world.names[at]: low for at, low in zip(up.nodes.tolist(), found.low, strict=True)}

    assert outside == pytest.approx({"A": 3 / 4, "B": 1 / 4}, abs=1e-8)


@pytest.mark.parametrize(
    ("vector", "one", "certain", "possible"),
    [
        ("E4", "A", "", ""),
        ("E4", "B", "D", "D"),
        ("E10", "1", "234", "234"),
        ("E10", "3", "4", "4"),
        ("E11", "a", "bc", "bc"),
        ("E12", "a", "", ""),
        ("E12", "b", "c", "c"),
        ("E15", "a", "", ""),
        ("O7", "X", "AB", "AB"),
        ("O1", "X", "", ""),
        ("G3", "P", "A", "A"),
        ("G4", "P", "A", "A"),
        ("G4", "Q", "A", "A"),
        ("G5", "P", "", ""),
        ("G5", "Q", "", "AB"),
        ("G5", "A", "", "B"),
        ("G6", "Q", "", "A"),
        ("G6", "P", "", ""),
        ("G7", "J", "A", "A"),
        ("G7", "P", "", "AJ"),
    ],
)
def test_control(vector: str, one: str, certain: str, possible: str) -> None:
    assert World(edges(vector)).controls(one) == (certain, possible)


@pytest.mark.parametrize(
    ("vector", "of", "answer"),
    [
        ("E7", "A", None),
        ("E7", "B", ("BA", True, False, "")),
        ("E7", "C", ("CA", True, False, "")),
        ("E10", "4", ("1", True, False, "")),
        ("E12", "b", ("b", True, True, "")),
        ("E12", "c", ("b", True, True, "")),
        ("E15", "a", None),
        ("G1", "A", ("A", True, True, "")),
        ("G1", "B", ("A", True, True, "")),
        ("G1", "C", ("A", True, True, "")),
        ("G4", "A", ("P", True, False, "Q")),
        ("G5", "B", ("Q", False, False, "")),
        ("G7", "A", ("J", True, False, "")),
    ],
)
def test_the_ultimate_controller(vector: str, of: str, answer: object) -> None:
    assert World(edges(vector)).controller(of) == answer


@pytest.mark.parametrize(
    ("vector", "listed", "certain", "possible"),
    [
        ("O1", "X", "AB", "AB"),
        ("O2", "X", "ABC", "ABC"),
        ("O4", "XY", "A", "A"),
        ("O4", "X", "", ""),
        ("O7", "X", "AB", "AB"),
        ("G5", "PQ", "AB", "AB"),
        ("G5", "P", "", "AB"),
        ("G6", "Q", "", "A"),
        ("G7", "P", "", "AJ"),
    ],
)
def test_blocked_parties(vector: str, listed: str, certain: str, possible: str) -> None:
    assert World(edges(vector)).blocked(*listed) == (certain, possible)


def test_remarks_of_rings() -> None:
    closed = World(edges("G1"))
    up = upstream(closed.holdings, closed.place["C"])
    found = ultimate(up)
    assert [closed.names[at] for at in up.nodes[found.ownerless]] == ["A", "B"]

    near = World(edges("G2"))
    found = ultimate(upstream(near.holdings, near.place["A"]))
    assert found.nearly.tolist() == [True, True, False, False]
    assert not found.ownerless.any()


def test_shares_are_whole_numbers_when_they_are_compared() -> None:
    half = World([("X", "A", BILLION // 2, BILLION // 2, True)])
    more = World([("X", "A", BILLION // 2 + 1, BILLION // 2 + 1, True)])

    assert (half.controls("X"), more.controls("X")) == (("", ""), ("A", "A"))
    assert half.blocked("X") == ("A", "A")
