"""The driver's lifetime, and the one way a statement reaches the database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

import neo4j
from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    Query,
)
from neo4j.exceptions import DriverError, Neo4jError, TransientError

from graph import former
from graph.address import Address
from graph.circuit import CLOSED, RESTING, Circuit, Rested, unbroken
from graph.errors import TimedOut, Unavailable, Unconfirmed
from graph.failures import name_of, out_of_memory, told
from graph.queries import boxed
from graph.room import HasRoom, boundless
from graph.silence import answering
from graph.under_way import Sessions, UnderWay

Row = dict[str, Any]
T = TypeVar("T")
Work = Callable[[AsyncManagedTransaction], Awaitable[T]]

SECONDS = 5.0  # a statement slower than this is a fault, not an answer
PATIENT = 60.0  # of loads, starts and tests: a cold database may plan a statement for seconds
BEAT_SECONDS = 30.0  # the first answer of a cold database takes seconds
SCHEMA_SECONDS = 3600.0  # an index over a large graph takes long; the server would stop it
# May be written when there is no room: what makes some, and what takes a right back.
MAKES_ROOM = ("retention/", "command/forget", "command/end_session")
# No check of connections that rested: in it the driver loses those that broke (circuit.Rested).
POOL: dict[str, Any] = {
    "max_connection_pool_size": RESTING,
    "connection_timeout": 3.0,
    "connection_acquisition_timeout": 3.0,
    "max_transaction_retry_time": 3.0,
    "notifications_min_severity": "OFF",
    "telemetry_disabled": True,
    "keep_alive": True,
}


class Graph:
    """A connected graph; safe to share between requests (sessions are opened per statement)."""

    def __init__(
        self, driver: AsyncDriver, database: str = "neo4j", seconds: float = SECONDS
    ) -> None:
        """Wrap an open driver; `seconds` is what a statement or a change may take, at most.

        `statements` counts what is sent, each commit sets `written`.
        """
        self._driver = driver
        self._database = database
        self._seconds = seconds
        self.statements = 0
        self.written = asyncio.Event()
        self.under_way = UnderWay()
        self.circuit = Circuit()
        self.room: HasRoom = boundless

    async def read(self, query: Query, **parameters: object) -> list[Row]:
        """The rows of one question, in one round trip; allowed on a replica, retried once.

        A thing that was changed after the instant asked about says what it said then; that costs
        one round trip more. Raises TimedOut, LimitExceeded or Unavailable; another database error
        is a fault of ours.
        """
        found = await self._tried(query, parameters)
        if former.looks_back(parameters):
            at = parameters["knownAt"]
            assert isinstance(at, datetime)
            things = former.changed_since(found, at)
            if things:
                keys = sorted({thing["key"] for thing in things})
                given: Row = {"keys": keys, "at": at}
                former.put_back(things, await self._tried(former.FORMER, given))
        return found

    async def _tried(self, query: Query, parameters: Row) -> list[Row]:
        """Once, and once more if the driver says that it may help."""
        try:
            return await self._read(query, parameters)
        except (Neo4jError, DriverError) as error:
            if not error.is_retryable() or out_of_memory(error):
                raise told(error, query) from None
        try:
            return await self._read(query, parameters)
        except (Neo4jError, DriverError) as error:
            raise told(error, query) from None

    async def _read(self, query: Query, parameters: Row) -> list[Row]:
        self.statements += 1
        seconds = query.timeout or self._seconds
        text, given = boxed(str(query.text), parameters)
        asked = Query(text, query.metadata, seconds)
        try:
            # A second more, if the server itself hangs.
            return await self._sent(seconds + 1, lambda kept: self._rows(asked, given, kept))
        except TimeoutError:
            raise TimedOut(f"The question {name_of(query)} ran past its time limit.") from None

    async def _sent(self, seconds: float, work: Callable[[Sessions], Coroutine[Any, Any, T]]) -> T:
        """What this work returns within so many seconds. Raises TimeoutError, or Unavailable."""
        async with self.circuit.within(seconds):
            return await unbroken(lambda: self.under_way.run(work))

    async def _rows(self, asked: Query, given: Row, kept: Sessions) -> list[Row]:
        reading = {"default_access_mode": neo4j.READ_ACCESS, "fetch_size": -1}
        async with self._session(kept, **reading) as session:
            result = await session.run(asked, given)
            return [dict(record) async for record in result]

    async def write(self, work: Work[T], *, name: str, seconds: float | None = None) -> T:
        """What one unit of work returns, once it is committed; `work` may run twice.

        Raises Unsent where the disk has no room, and Unconfirmed when the commit was answered
        without a bookmark: then nothing is stored, or it is not known, and the caller must look
        before trying again.
        """
        if not name.startswith(MAKES_ROOM):
            self.room()
        seconds = seconds or self._seconds
        unit = neo4j.unit_of_work(metadata={"query": name}, timeout=seconds)(work)
        try:
            answer, sure = await self._sent(seconds + 5, lambda kept: self._done(unit, kept))
            self.written.set()
            if not sure:
                raise Unconfirmed(f"The change {name} was not confirmed; look before retrying.")
            return answer
        except TimeoutError:
            raise TimedOut(f"The change {name} ran past its time limit.") from None
        except (Neo4jError, DriverError) as error:
            raise told(error, Query("", metadata={"query": name})) from error

    async def _done(self, unit: Work[T], kept: Sessions) -> tuple[T, bool]:
        """What it returned, and whether its commit was answered with a bookmark."""
        async with self._session(kept) as session:  # an initial bookmark would hide the lack of one
            answer = await session.execute_write(unit)
            return answer, bool((await session.last_bookmarks()).raw_values)

    async def run(
        self, tx: AsyncManagedTransaction, query: Query, **parameters: object
    ) -> list[Row]:
        """The rows of one statement inside a unit of work."""
        self.statements += 1
        try:
            result = await tx.run(*boxed(str(query.text), parameters))
            return [dict(record) async for record in result]
        except TransientError as error:
            if out_of_memory(error):  # the driver would repeat it for seconds
                raise told(error, query) from None
            raise

    @asynccontextmanager
    async def _session(
        self, kept: Sessions | None = None, **settings: Any
    ) -> AsyncIterator[AsyncSession]:
        """A session that is closed even when its closing is cancelled, which the driver forgets.

        A connection that broke while it rested is one that failed: uvloop says so by a RuntimeError
        where the driver waits for an OSError.
        """
        session = self._driver.session(database=self._database, **settings)
        if kept is not None:
            kept.append(session)
        try:
            async with session:
                try:
                    yield session
                except RuntimeError as error:
                    if CLOSED not in str(error):
                        raise
                    session.cancel()
                    raise Rested("The connection broke while it rested.") from error
        finally:
            if not session.closed():
                session.cancel()
                await session.close()

    async def beat(self, kept: Sessions | None = None) -> None:
        """Whether the server answers, asked past the circuit; raises whatever goes wrong."""
        async with asyncio.timeout(BEAT_SECONDS + 1), self._session(kept) as session:
            await (await session.run(Query("RETURN 1", timeout=BEAT_SECONDS))).consume()

    async def schema(self, statement: str) -> list[Row]:
        """Run one statement outside managed transactions: schema changes, never data.

        It may take an hour, while the server answers something else. Raises TimedOut.
        """
        asked = Query(statement, timeout=SCHEMA_SECONDS)
        async with answering(SCHEMA_SECONDS + 1, self._beside), self._session() as session:
            result = await session.run(asked)
            return [dict(record) async for record in result]

    async def _beside(self) -> None:
        """The server answers over another connection; who asks may leave at any time."""
        await self.under_way.run(self.beat)


@asynccontextmanager
async def connect(address: Address, seconds: float = SECONDS) -> AsyncIterator[Graph]:
    """A graph whose server answered; closed on the way out. Raises Unavailable.

    `seconds` is what one statement or one change may take.
    """
    auth = (address.user, address.password)
    async with AsyncGraphDatabase.driver(address.uri, auth=auth, **POOL) as driver:
        graph = Graph(driver, address.database, seconds)
        try:
            await graph.beat()
        except (Neo4jError, DriverError, TimeoutError) as error:
            reason = getattr(error, "code", None) or type(error).__name__
            raise Unavailable(
                f"The Neo4j server does not answer ({reason}). Check GRAPH_URI, GRAPH_USER,"
                " GRAPH_PASSWORD and GRAPH_DATABASE, or unset GRAPH_URI to use the local one."
            ) from None
        try:
            yield graph
        finally:
            await graph.under_way.settled()
