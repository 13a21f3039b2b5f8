"""Which database a verb works on: the user's own, the running local one, or one it starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.address import Address
from graph.jars import Progress, silent
from graph.local import LocalDatabase, joined, start_local


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database is; `started` is ours to stop, and None if somebody else's."""

    address: Address
    started: LocalDatabase | None = None


@contextmanager
def opened(
    given: Address | None,
    data: Path,
    *,
    store: Path | None = None,
    progress: Progress = silent,
    alone: bool = False,
) -> Iterator[Place]:
    """A database to work on; call on the main thread. `alone` refuses to join a running one.

    Raises SetupError when the local database cannot be started.
    """
    if given is not None:
        yield Place(given)
        return
    running = None if alone else joined(data)
    if running is not None:
        yield Place(running)
        return
    with start_local(data, store=store, progress=progress) as database:
        yield Place(database.address, database)
