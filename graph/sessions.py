"""Sessions of people who signed in on the pages: kept in the graph, known here while they are used.

Of the secret that a browser holds only the hash is kept. The secret ends in a code that this server
can check, so that made-up ones cost no question. A server reads those in use every two seconds, so
that one that ended elsewhere ends here within five; what ends here is over with the next request.
"""

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from graph.errors import GraphError
from graph.queries import query, within
from graph.session import Graph, Row

EVERY = 2.0  # seconds between two readings
STALE = 4.0  # seconds after which nobody is let in by what was read
LOST = 60.0  # seconds after which running streams end too
UNUSED = 60.0  # seconds after which one is known no longer, and read again when it is used
NOTED = timedelta(minutes=1)  # between two notes of when one was used
AT_ONCE = 1_000
PATIENT = 20.0  # seconds for a statement that may not be planned yet
SECRET, CODE = 32, 16  # bytes
TEXT = re.compile(r"[A-Za-z0-9_-]{64}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts unused, and at most; and how many of them a person has."""

    idle: timedelta = timedelta(minutes=30)
    life: timedelta = timedelta(hours=12)
    most: int = 5


@dataclass(frozen=True, slots=True)
class Session:
    """Who signed in, by whom they are believed to be so, and until when."""

    id: str = field(repr=False)
    issuer: str
    sub: str
    person: str
    name: str
    roles: tuple[str, ...]
    seen: datetime
    expires: datetime


@dataclass(slots=True)
class Known:
    """One that is in use: when it was read, and when somebody last asked about it."""

    session: Session
    read: float
    asked: float


class Secrets:
    """Makes secrets, and tells its own from others."""

    def __init__(self, key: bytes) -> None:
        """Check them by this key, which servers of one graph share."""
        self._key = key

    def make(self) -> str:
        """256 random bits, and the code that they are ours."""
        secret = secrets.token_bytes(SECRET)
        return base64.urlsafe_b64encode(secret + self._code(secret)).decode()

    def id(self, text: str) -> str | None:
        """What is kept of a secret; None if we did not make it."""
        if not TEXT.fullmatch(text):
            return None
        raw = base64.urlsafe_b64decode(text)
        if not hmac.compare_digest(raw[SECRET:], self._code(raw[:SECRET])):
            return None
        return hashlib.sha256(raw[:SECRET]).hexdigest()

    def _code(self, secret: bytes) -> bytes:
        return hmac.digest(self._key, secret, "sha256")[:CODE]


class Sessions:
    """What is known of sessions now."""

    def __init__(
        self,
        graph: Graph,
        limits: Limits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Know none yet."""
        self._graph = graph
        self._now = now
        self.limits = limits or Limits()
        self._known: dict[str, Known] = {}
        self._ended: dict[str, float] = {}

    async def use(self, id: str) -> Session | None:
        """The session, which is used now; None if there is none. Raises GraphError."""
        known = self._known.get(id)
        if known is None or time.monotonic() - known.read > STALE:
            known = await self._read_one(id)
        if known is None or not self._lasts(known.session):
            return None
        known.asked = time.monotonic()
        known.session = replace(known.session, seen=self._now())
        return known.session

    def holds(self, id: str) -> bool:
        """Whether it lasts: asked while a stream runs, which is no use of it."""
        known = self._known.get(id)
        if known is None or time.monotonic() - known.read > LOST:
            return False
        known.asked = time.monotonic()
        return self._lasts(known.session)

    def over(self, id: str) -> None:
        """Know that it ended."""
        self._ended[id] = time.monotonic()
        self._known.pop(id, None)

    async def run(self) -> None:
        """Keep what is in use current until cancelled."""
        while True:
            with suppress(GraphError):
                await self.read()
            await asyncio.sleep(EVERY)

    async def read(self) -> None:
        """Note uses, and read what is in use; what is not there any more has ended."""
        self._forget()
        noted = {id: known.session.seen for id, known in self._known.items()}
        for ids in _some(list(noted)):
            began = time.monotonic()
            rows = {row["id"]: row for row in await self._these(ids)}
            await self._note(rows, noted)
            for id in ids:
                if id not in rows:
                    self._known.pop(id, None)
                elif known := self._known.get(id):  # not ended meanwhile
                    known.session = _session(rows[id], known.session.seen)
                    known.read = began

    async def _note(self, rows: dict[str, Row], noted: dict[str, datetime]) -> None:
        """Write when they were used, at most once a minute each."""
        uses = [
            {"id": id, "seen": noted[id]}
            for id, row in rows.items()
            if noted[id] - row["seen"].to_native() >= NOTED
        ]
        if uses:
            with suppress(GraphError):  # where nothing can be written, they are used all the same
                await _noted(self._graph, uses)

    async def _read_one(self, id: str) -> Known | None:
        began = time.monotonic()
        rows = await self._these([id])
        if not rows or id in self._ended:
            self._known.pop(id, None)
            return None
        before = self._known.get(id)
        session = _session(rows[0], before.session.seen if before else None)
        self._known[id] = found = Known(session, began, began)
        return found

    async def _these(self, ids: Sequence[str]) -> list[Row]:
        return await self._graph.read(within(query("session/these"), PATIENT), ids=list(ids))

    def _lasts(self, session: Session) -> bool:
        now = self._now()
        return now < session.expires and now - session.seen < self.limits.idle

    def _forget(self) -> None:
        """Know no longer what nobody asked about for a while."""
        since = time.monotonic() - UNUSED
        self._known = {id: known for id, known in self._known.items() if known.asked > since}
        self._ended = {id: at for id, at in self._ended.items() if at > since}


async def _noted(graph: Graph, uses: Sequence[Row]) -> None:
    await graph.write(
        lambda tx: graph.run(tx, query("command/use_sessions"), uses=uses),
        name="command/use_sessions",
    )


def _session(row: Row, used: datetime | None) -> Session:
    seen = row["seen"].to_native()
    return Session(
        row["id"],
        row["issuer"],
        row["sub"],
        row["person"],
        row["name"],
        tuple(row["roles"]),
        max(seen, used or seen),
        row["expires"].to_native(),
    )


def _some(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
