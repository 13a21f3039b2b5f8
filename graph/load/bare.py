"""Things written otherwise than by what a row tells of them."""

from dataclasses import dataclass

from graph.load.rows import NodeRow


@dataclass(frozen=True, slots=True)
class Bare(NodeRow):
    """A thing that another source may know better, such as a parent known by its name only.

    It is written if it is not there, else left as it is.
    """


@dataclass(frozen=True, slots=True)
class Touched(NodeRow):
    """A thing whose relationships change: its version grows, and it says what it said."""
