"""How much a file of an export may hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one export; what is beyond is told in its completeness."""

    things: int = 100_000
    relationships: int = 500_000


USUAL = Bounds()
