"""Rules of a risk policy: how much of a risk each type of relationship leaves, either way."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """How risk passes one type of relationship in one direction, OUT or IN."""

    type: str
    direction: str
    attenuation: float
    scaled_by_share: bool = False
    hub_degree: int | None = None

    @property
    def relationship_type(self) -> str:
        """The type, as the policy names it."""
        return self.type
