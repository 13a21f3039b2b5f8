"""When a Neo4j that starts is ready, and what it said if it never was."""

import contextlib
import socket
import time
from collections.abc import Callable
from pathlib import Path

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.address import Address
from graph.errors import SetupError

PAUSE = 0.05
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
        while not _answers(driver, address.database, limit):
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


def _answers(driver: Driver, database: str, limit: float) -> bool:
    try:
        with driver.session(database=database) as session:
            session.run("RETURN 1").consume()
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
