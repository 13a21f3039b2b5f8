"""Things of which a file tells little: written if they are not there, else left as they are."""

from dataclasses import dataclass

from graph.load.rows import NodeRow


@dataclass(frozen=True, slots=True)
class Bare(NodeRow):
    """A thing that another source may know better, such as a parent known by its name only."""
