"""When a Neo4j that starts is ready, and what it said if it never was."""

import contextlib
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path
from threading import Thread

from neo4j import Driver, GraphDatabase, Query
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.address import Address
from graph.errors import SetupError

PAUSE = 0.05
ANSWER_SECONDS = 10.0  # for one answer; the first of a cold database takes seconds
ASKING = "neo4j-answers"  # the name of the thread that asks
AUTH_SECONDS = 30.0  # another Neo4j may have our port: by then our child has ended over it
TAIL_LINES = 15


def until_ready(address: Address, port: int, check: Callable[[], None]) -> None:
    """Wait until the database answers a query; `check` raises to end the waiting."""
    while not _listens(port):
        check()
        time.sleep(PAUSE)
    limit = time.monotonic() + AUTH_SECONDS
    with GraphDatabase.driver(
        address.uri,
        auth=(address.user, address.password),
        connection_timeout=3.0,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    ) as driver:
        while not _answers(driver, address.database, limit, check):
            check()
            time.sleep(PAUSE)


def tail(log: Path, start: int) -> str:
    """The last lines written after a position, which is 0 if the log was rotated since."""
    text = ""
    with contextlib.suppress(FileNotFoundError):
        written = log.read_bytes()
        text = written[start if len(written) >= start else 0 :].decode(errors="replace")
    return "\n".join(text.splitlines()[-TAIL_LINES:])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _answers(driver: Driver, database: str, limit: float, check: Callable[[], None]) -> bool:
    try:
        _told(driver, database, check)
    except AuthError:
        if time.monotonic() > limit:
            raise SetupError(
                "The password file in the data folder is not the database's. Put the right one"
                " back from a backup, or choose another folder with --data."
            ) from None
        return False
    except (Neo4jError, DriverError):
        return False
    return True


def _told(driver: Driver, database: str, check: Callable[[], None]) -> None:
    """Ask in a thread, which is left behind if `check` ends the waiting for one that hangs."""
    told: Future[None] = Future()
    Thread(target=_ask, args=(driver, database, told), name=ASKING, daemon=True).start()
    while wait({told}, ANSWER_SECONDS).not_done:
        check()
    told.result()


def _ask(driver: Driver, database: str, told: "Future[None]") -> None:
    try:
        with driver.session(database=database) as session:
            session.run(Query("RETURN 1", timeout=ANSWER_SECONDS)).consume()
    except Exception as error:  # whatever it is, who waits is told
        told.set_exception(error)
    else:
        told.set_result(None)
