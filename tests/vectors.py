"""Small ownership graphs whose answers are known exactly: "A 60 B" reads "A owns 60 % of B".

Shares are percents, ranges "25..50", thirds "1/3", and "?" where none is given. Sources of the
answers stand beside the names in the product's definition of its algorithms.
"""

from fractions import Fraction

from graph.algorithms.claims import BILLION

VECTORS: dict[str, str] = {
    "E1": "1 50 2, 2 50 1",
    "E2": "A 1/3 B, B 1/3 A",
    "E4": "A 50 B, A 50 C, B 60 D, C 40 D",
    "E5": "A 30 B, B 20 C, A 30 C",
    "E7": "X 10 A, Y 10 A, Z 10 A, B 30 A, C 40 A, BA 70 B, BB 30 B, CA 100 C",
    "E10": "1 60 2, 1 20 3, 2 35 3, 3 51 4",
    "E11": "a 60 b, a 52 c, b 20 a, b 16 c",
    "E12": "a 30 b, a 30 c, b 60 c, c 60 b",
    "E15": "a 30 b, b 30 c, c 30 a, a 30 c, b 30 a, c 30 b",
    "O1": "X 50 A, A 50 B",
    "O2": "X 50 A, X 50 B, A 25 C, B 25 C",
    "O4": "X 25 A, Y 25 A",
    "O7": "X 60 A, A 60 B",
    "G1": "A 100 B, B 100 A, A 60 C",
    "G2": "A 99 B, B 99 A, P 1 A, Q 1 B",
    "G3": "P 45 A, A 20 A, Q 35 A",
    "G4": "P 80 A, Q 60 A",
    "G5": "P 25..50 A, Q 40..60 A, A 50..75 B",
    "G6": "P 30 A, Q ? A",
    "G7": "J 60 A, P ? J, Q ? J",
}
Edge = tuple[str, str, int, int, bool]  # owner, owned, low and high in parts per billion, disclosed


def edges(vector: str) -> list[Edge]:
    """The holdings of a vector."""
    return [_edge(*text.split()) for text in VECTORS[vector].split(", ")]


def _edge(owner: str, share: str, owned: str) -> Edge:
    if share == "?":
        return owner, owned, 0, BILLION, False
    low, _, high = share.partition("..")
    return owner, owned, _parts(low)[0], _parts(high or low)[1], True


def _parts(text: str) -> tuple[int, int]:
    """A share in parts per billion: the two whole numbers around what they cannot hold."""
    part = Fraction(text) if "/" in text else Fraction(text) / 100
    low = part * BILLION // 1
    return int(low), int(low) + (part * BILLION % 1 > 0)
