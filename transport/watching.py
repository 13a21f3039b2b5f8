"""Each operation seen from outside: one log line, one count, no values."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import ExitStack, aclosing
from typing import Any

import structlog
from graphql import GraphQLError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from schema.extensions.documents import Document, Estimate
from schema.extensions.errors import Refused
from schema.extensions.guarded import Schema
from schema.extensions.telling import Telling
from schema.extensions.uses import Uses
from transport.admission import TurnedAway
from transport.audit import Act
from transport.audit_files import Unwritten
from transport.budget import Bill, Spent
from transport.doors import Doors
from transport.drain import Drain
from transport.lease import Lease
from transport.logs import speakable
from transport.metrics import Metrics
from transport.tokens import Viewer
from transport.turns import Asker, told, turn

NO_USES = Uses()
UNAVAILABLE = "UNAVAILABLE"
UNWRITTEN = Refused("The audit cannot be written now. Try again later.", UNAVAILABLE)

log = structlog.get_logger("transport.operation")


class Seen:
    """One operation: what it is, and since when it runs."""

    def __init__(
        self,
        metrics: Metrics,
        way: str,
        kind: str,
        name: str | None,
        document: Document,
        estimate: Estimate,
        act: Act,
        telling: Telling | None = None,
    ) -> None:
        """Begin."""
        self._telling = telling
        self.kind = kind
        self.act = act
        self.estimate = estimate
        self._metrics = metrics
        self._way = way
        self._name = name
        self._sha256 = document.sha256
        self._cost: int | None = None
        self._began = time.perf_counter()

    def charged(self, bill: Bill | None) -> None:
        """Count and log what it cost."""
        if bill:
            self._cost = self.act.fields["cost"] = bill.actual
            self._metrics.points.labels(self._way).inc(bill.actual)

    def tells(self, result: Any) -> None:
        """Have the entry say what is told next; of a stream, what ends it."""
        if self._telling:
            self.act.reveals(self._telling.highest(result.data))
        if not self.act.streams or isinstance(result, PreExecutionError):
            self.act.told(result)
            self.act.end_stream()

    def answered(self, errors: Iterable[GraphQLError] | None) -> None:
        """Count and log what came of it; of several errors the first one's code."""
        first = next(iter(errors or ()), None)
        self.ended(str((first.extensions or {}).get("code")) if first else "OK")

    def ended(self, outcome: str) -> None:
        """Count and log an outcome by its code."""
        seconds = time.perf_counter() - self._began
        self._metrics.operations.labels(self._way, self.kind, outcome).inc()
        if self.kind != "subscription":
            self._metrics.seconds.labels(self._way).observe(seconds)
        told: dict[str, Any] = {
            "way": self._way,
            "kind": self.kind,
            "operation": self._name,
            "document": self._sha256,
            "code": outcome,
        }
        if self._cost is not None:
            told["cost"] = self._cost
        if self._way == "http":  # told with the request, in one line
            structlog.contextvars.bind_contextvars(**told)
        else:
            log.info("operation", duration_ms=round(seconds * 1000, 2), **told)


class Watch:
    """Watches the operations of one schema."""

    def __init__(self, schema: Schema, metrics: Metrics, drain: Drain, doors: Doors) -> None:
        """Know the documents, what to count, and when an operation must end."""
        self._documents = schema.documents
        self._metrics = metrics
        self._drain = drain
        self._doors = doors

    def operation(
        self, text: str, name: str | None, act: Act, variables: Mapping[str, Any] | None
    ) -> Seen:
        """An operation that begins now; its act is told what it is."""
        document = self._documents.read(text)
        found = document.operation(name)
        known = next((key for key, one in document.operations.items() if one is found), None)
        kind = found.kind if found else "none"
        estimate = self._documents.estimate(document, name, variables)
        uses = document.uses.get(known, NO_USES)
        name = known if known and speakable(known) else None
        act.asks(kind, name, document, uses)
        way, telling = act.fields["way"], document.telling.get(known)
        return Seen(self._metrics, way, kind, name, document, estimate, act, telling)

    async def stream(
        self,
        source: AsyncGenerator[Any, None],
        seen: Seen,
        asker: Asker,
        viewer: Viewer | None = None,
    ) -> AsyncGenerator[Any, None]:
        """The results of a stream, counted and logged when it ends."""
        live = seen.kind == "subscription"
        lasting = self._lasting(source, seen, asker, viewer)
        results = lasting if live else self._single(source, seen, asker)
        errors: list[GraphQLError] = []
        self._metrics.subscriptions.inc(live)
        try:
            async with aclosing(source), aclosing(results):
                async for result in results:
                    errors = errors or list(result.errors or ())
                    seen.tells(result)
                    yield result
        finally:
            seen.act.end_stream()
            self._metrics.subscriptions.dec(live)
            seen.answered(errors)

    async def _lasting(
        self, source: AsyncGenerator[Any, None], seen: Seen, asker: Asker, viewer: Viewer | None
    ) -> AsyncGenerator[Any, None]:
        """Events, as long as there is a place for the stream; beginning is what is paid for."""
        with ExitStack() as held:
            try:
                held.enter_context(self._doors.streams.place(viewer))
                async with turn(self._doors, asker, seen.estimate) as bill:
                    pass
            except Refused as refused:
                yield PreExecutionError(data=None, errors=[refused])
                return
            except TurnedAway as away:
                yield turned_away(away)
                return
            seen.charged(bill)
            try:
                seen.act.begin_stream()
            except Unwritten:
                yield PreExecutionError(data=None, errors=[UNWRITTEN])
                return
            try:
                async with aclosing(self._until(source, viewer, seen.act)) as results:
                    async for result in results:
                        yield result
            except Unwritten:
                seen.act.ended(UNAVAILABLE, "ALLOWED")
                yield ExecutionResult(data=None, errors=[UNWRITTEN])

    async def _until(
        self, source: AsyncGenerator[Any, None], viewer: Viewer | None, act: Act
    ) -> AsyncGenerator[Any, None]:
        """Events until there are no more, the caller's right ends, or the server stops.

        Raises Unwritten once nothing can be entered: what is told then would have no entry.
        """
        lease = Lease(viewer, self._doors.holds, act)
        looking = asyncio.create_task(lease.look())
        try:
            while True:
                try:
                    async with self._drain.wait(lease.rest()) as wait:
                        lease.wait = wait
                        result = await anext(source)
                except (TimeoutError, StopAsyncIteration):
                    if lease.unwritten:
                        raise lease.unwritten from None
                    return
                act.admit()
                yield result
        finally:
            looking.cancel()

    async def _single(
        self, source: AsyncGenerator[Any, None], seen: Seen, asker: Asker
    ) -> AsyncGenerator[Any, None]:
        """The one answer of a query or mutation, within the deadline."""
        bill = None
        try:
            async with turn(self._doors, asker, seen.estimate) as bill:
                async with asyncio.timeout(self._doors.deadline):
                    result = await anext(source)
                if bill:
                    bill.answered(result.data)
        except TimeoutError:
            late = Refused("The operation ran past its time limit.", "TIMED_OUT")
            result = PreExecutionError(data=None, errors=[late])
        except TurnedAway as away:
            yield turned_away(away)
            return
        told(result, bill)
        seen.charged(bill)
        yield result


def turned_away(away: TurnedAway) -> PreExecutionError:
    """The same as an answer; when to come again is told in it, for want of a header."""
    error = Refused(str(away), away.code)
    error.extensions = {"code": away.code, "retryAfter": away.seconds}
    cost = {"cost": away.cost} if isinstance(away, Spent) else {}
    return PreExecutionError(data=None, errors=[error], extensions=cost)
