"""The local database lent for a while to a verb of the same user, which needs it at rest.

The verb holds a lock in the data folder. The server of the folder sees that, stops the database and
leaves a mark; when the lock is free, because the verb has let go of it or was killed, it takes the
mark away and starts the database again. See docs/adr/0052.
"""

import asyncio
import logging
import os
import time
from pathlib import Path

from graph.errors import SetupError
from graph.local import LocalDatabase
from graph.local_lock import LENT, LendingLock
from graph.private_files import write_private

REST_SECONDS = 300.0  # a clean stop writes all that is only in memory
PATIENCE = REST_SECONDS + 60.0
TRIES = 2.0  # seconds: a server that looks has the lock for a moment
PAUSE = 0.1
OTHER = "Another backup of {} is being made. Wait until it has ended."
LATE = (
    "The server that runs on {} has not stopped its database in {:.0f} seconds. See what its log"
    " says, or stop it, and try again."
)
log = logging.getLogger(__name__)


class Borrowed:
    """The right to a folder whose server has stopped its database for us."""

    def __init__(self, home: Path, seconds: float = PATIENCE) -> None:
        """Ask for the database, and wait until it is at rest.

        Raises SetupError for another who has it, and for a server that does not lend it.
        """
        self.lends = False
        self._home = home
        self._lock = _first(home)
        try:
            self._lock.tell(None)
            self._wait(seconds)
        except BaseException:
            self.release()
            raise

    def tell(self, child: int | None, port: int | None) -> None:
        """Note which process has the database open, for the server, should we be killed."""
        del port  # nobody else is to ask there
        self._lock.tell(child)

    def release(self) -> None:
        """Give it back; a second call does nothing."""
        self._lock.release()

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not (self._home / LENT).exists():
            if time.monotonic() > deadline:
                raise SetupError(LATE.format(self._home, seconds))
            time.sleep(PAUSE)


def _first(home: Path) -> LendingLock:
    deadline = time.monotonic() + TRIES
    while (found := LendingLock.at(home)) is None:
        if time.monotonic() > deadline:
            raise SetupError(OTHER.format(home))
        time.sleep(PAUSE)
    return found


def offer(database: LocalDatabase) -> None:
    """Let verbs know that whoever has this database calls `lends`."""
    database.lock.lends = True
    database.lock.tell(database.pid, database.port)


async def lends(database: LocalDatabase) -> bool:
    """Whether the database is a verb's now; call again and again.

    It is stopped for one that asks; what one that was killed has left of it is ended.
    """
    mark = database.home / LENT
    lock = LendingLock.at(database.home)
    if lock is None:
        if not mark.exists():
            log.warning("The local database is stopped: it is lent to a backup.")
            await asyncio.to_thread(database.rest, REST_SECONDS)
            write_private(mark, f"{os.getpid()}\n")
        return True
    try:
        await asyncio.to_thread(lock.returned, database.home)
    except SetupError as error:
        log.error("The local database cannot be started yet: %s", error)
        return True
    finally:
        lock.release()
    return False
