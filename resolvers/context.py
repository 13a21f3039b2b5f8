"""The per-operation context every resolver receives."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import strawberry
from strawberry.dataloader import DataLoader

from graph import lists
from graph.disclosure import Disclosure
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.lists import Found, Question, Wanted
from graph.paging import Seal
from graph.policy import Viewer
from graph.records.moment import Moment
from graph.session import Graph
from graph.webhooks import Webhooks
from resolvers.batches import grouped
from resolvers.chain_loaders import ChainLoaders
from resolvers.loaders import Loaders

NOTHING = Found([], 0)


async def uncounted(_number: int = 1) -> None:
    """Where no server counts."""


@dataclass
class Context(Loaders, ChainLoaders):
    """One operation's graph, viewer, moment and loaders; never shared between operations.

    `viewer` is None for who is not signed in: every question then is refused. `jobs` are those of
    the server, which answers at `base`; None where no server runs.
    """

    graph: Graph
    viewer: Viewer | None
    seal: Seal
    key: IdentifierKey
    jobs: Jobs | None = None
    base: str = ""
    disclosure: Disclosure | None = None  # as the viewer is signed in or not, if not given
    stalled: Callable[[], bool] = lambda: False  # whether the client takes what it is sent no more
    looks_up: Callable[[], Awaitable[None]] = uncounted  # counts a number or code looked up
    tells_in_use: Callable[[int], Awaitable[None]] = uncounted  # counts numbers told to be in use
    webhooks: Webhooks | None = None  # those of the server
    now: Moment = field(init=False)
    questions: dict[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        """Start the operation: its instant, and loaders that have read nothing yet."""
        self.now = Moment.now()
        self.questions = {}

    def anew(self) -> "Context":
        """The same viewer's next operation, which knows nothing yet."""
        return replace(self)

    def renew(self, now: Moment) -> None:
        """Begin the next event of a stream: at its moment, with loaders that have read nothing."""
        self.now, self.questions = now, {}
        for name in LOADERS & vars(self).keys():
            del vars(self)[name]

    @cached_property
    def pages(self) -> DataLoader[tuple[str, Wanted], Found]:
        """Windows of lists that hang on things."""
        return grouped(self._pages)

    async def _pages(self, wanted: Wanted, keys: list[str]) -> list[Found]:
        question = self.questions[wanted.question]
        found = await lists.lists(self.graph, self.asking, question, wanted, keys)
        return [found.get(key, NOTHING) for key in keys]

    async def page(self, question: Question, key: str, wanted: Wanted) -> Found:
        """One window of the list of one thing; all things that ask alike are asked together."""
        self.questions[question.name] = question
        return await self.pages.load((key, wanted))


LOADERS = {
    name
    for part in Context.__mro__
    for name, made in vars(part).items()
    if isinstance(made, cached_property)
}
Info = strawberry.Info[Context, None]
