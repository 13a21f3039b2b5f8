"""Things that are shown by a name or a title."""

from dataclasses import dataclass

from graph.records.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Entity):
    """A thing with a name."""

    name: str

    @property
    def label(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled(Entity):
    """A thing with a title."""

    title: str

    @property
    def label(self) -> str:
        """The title."""
        return self.title
