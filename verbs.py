"""What the verbs of the console script share: the terminal, and the database they work on."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from config import Config
from graph import migrate as migrations
from graph.identifiers import IdentifierKey
from graph.opening import Place, opened
from graph.reference.install import install
from graph.session import Graph, connect
from graph.terminal import steps

terminal = Console(stderr=True, highlight=False)
out = Console(highlight=False)
T = TypeVar("T")

Data = Annotated[
    Path | None, typer.Option("--data", help="Folder of the local database; var/graph by default.")
]


@contextmanager
def place(config: Config, *, alone: bool = False) -> Iterator[Place]:
    """The database a verb works on, started with what it is doing on the terminal."""
    with ExitStack() as stack:
        with steps(terminal) as step:
            found = stack.enter_context(
                opened(
                    config.address(),
                    config.data,
                    store=config.jar_store,
                    progress=step,
                    alone=alone,
                )
            )
        yield found


def run(config: Config, work: Callable[[Graph, IdentifierKey], Awaitable[T]]) -> T:
    """What some work on a migrated graph with its reference data answers."""

    async def connected(found: Place) -> T:
        async with connect(found.address) as graph:
            await prepare(graph)
            return await work(graph, IdentifierKey.at(config.identifier_key_file))

    with place(config) as found:
        return asyncio.run(connected(found))


async def prepare(graph: Graph) -> None:
    """Bring constraints and reference data up to date."""
    await migrations.migrate(graph)
    await install(graph, datetime.now(UTC))
