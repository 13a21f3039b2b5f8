"""What the viewer of a walk sees of it, and beside what something is hidden."""

from collections.abc import Collection
from dataclasses import dataclass, field

from graph.queries import query
from graph.reach import Reached
from graph.records.moment import Moment
from graph.session import Graph
from graph.walks import Walk

HIDDEN = "Beside what was walked stands something that is not for you to see."


@dataclass
class Sight:
    """A walk as far as its viewer sees: what is not `seen` is not there."""

    graph: Graph
    moment: Moment
    walk: Walk
    seen: Reached
    opened: set[str] = field(default_factory=set)
    beside: list[str] = field(default_factory=list)  # opened things with something hidden by them

    @property
    def redacted(self) -> bool:
        """Whether something was not walked because it is not for the viewer to see.

        Of relationships that they have no right to read, that is so wherever these would be walked.
        """
        return bool(self.beside) or len(self.types) < len(self.walk.types)

    @property
    def types(self) -> list[str]:
        """The types that are walked: those that the viewer may read."""
        return [each for each in self.walk.types if each not in self.seen.types]

    @property
    def whole(self) -> bool:
        """Whether the viewer sees everything, so that the store's own counts are theirs."""
        return self.seen.all and not self.seen.types and not self.seen.kinds

    async def look_beside(self) -> None:
        """Find out beside which of the things opened something is hidden: at the end of a walk.

        Whatever types and directions are walked, so that no question tells how it is related.
        """
        self.beside = await beside(self.graph, self.seen, self.moment, self.opened)


async def beside(graph: Graph, seen: Reached, moment: Moment, keys: Collection[str]) -> list[str]:
    """Those of these things beside which something is out of reach at the moment."""
    if seen.all or not keys:
        return []  # who reaches all has nothing hidden beside anything
    question = query("connection/hidden")
    found = await graph.read(
        question, keys=sorted(keys), **seen.parameters(question), **moment.parameters
    )
    near: list[str] = found[0]["keys"]
    return near
