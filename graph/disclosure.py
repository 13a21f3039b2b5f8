"""What callers may learn of the schema from the server itself."""

from dataclasses import dataclass

from graph.policy import Viewer

SIGNED_IN = "signed-in"
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Whether introspection is answered, and whether errors suggest names."""

    introspection: bool
    suggestions: bool = False


@dataclass(frozen=True, slots=True)
class Disclosing:
    """To whom: `signed-in`, `nobody`, or names of roles, by commas."""

    introspection: str = SIGNED_IN
    suggestions: str = NOBODY

    def to(self, viewer: Viewer | None) -> Disclosure:
        """What this viewer may learn."""
        return Disclosure(
            _is_among(viewer, self.introspection), _is_among(viewer, self.suggestions)
        )


def _is_among(viewer: Viewer | None, whom: str) -> bool:
    if viewer is None or whom == NOBODY or getattr(viewer, "owner", False):  # owners never
        return False
    return whom == SIGNED_IN or not roles(viewer).isdisjoint(map(str.strip, whom.split(",")))


def roles(viewer: Viewer | None) -> frozenset[str]:
    """The names of a viewer's roles."""
    return frozenset(getattr(role, "name", role) for role in getattr(viewer, "roles", ()))
