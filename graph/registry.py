"""Services, their keys, owners, and what was revoked: kept in the graph, known in memory.

A server reads all of it every two seconds, so that no request waits for it and a revocation is in
force within five. A request that finds it older than that reads it anew, and fails if it cannot.
"""

import asyncio
import hmac
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from graph import service_keys
from graph.errors import GraphError, Unavailable
from graph.outlived import outlived
from graph.queries import query
from graph.session import Graph, Row
from graph.terms import Permission

MOST = 10_000  # services, keys, owners and revocations together
log = logging.getLogger(__name__)
NONE: frozenset[str] = frozenset()
EVERY = 2.0  # seconds between two readings
STALE = 4.0  # seconds after which nobody is let in by what was read
LOST = 60.0  # seconds after which running streams end too


class Lasting:
    """What holds until it expires, unless it is revoked."""

    __slots__ = ()
    expires: datetime
    revoked: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked is None and at < self.expires


@dataclass(frozen=True, slots=True)
class ServiceKey(Lasting):
    """A key as it is listed; its hash stays out of reprs."""

    id: str
    service: str
    at: datetime
    expires: datetime
    revoked: datetime | None
    sha256: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Owner(Lasting):
    """Which accounts a subject may read, by key, and until when."""

    accounts: frozenset[str]
    expires: datetime
    revoked: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """All that is kept: rights by service, keys by id, ends of revocations by `sub:X`, `jti:X`.

    `centers` are the Centers of services that are registered for the accounts of some only,
    `owners` the registrations of owners by their subjects, those that have ended too.
    """

    services: Mapping[str, frozenset[Permission]] = field(default_factory=dict)
    keys: Mapping[str, ServiceKey] = field(default_factory=dict)
    revoked: Mapping[str, datetime] = field(default_factory=dict)
    centers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    owners: Mapping[str, Owner] = field(default_factory=dict)

    def owned(self, sub: str) -> frozenset[str]:
        """The accounts that this subject may read now, by key."""
        found = self.owners.get(sub)
        return found.accounts if found and found.holds(datetime.now(UTC)) else NONE

    def key(self, text: str) -> ServiceKey | None:
        """The key with this text, if it holds."""
        id = service_keys.id_of(text)
        found = self.keys.get(id) if id else None
        if found is None or not hmac.compare_digest(found.sha256, service_keys.digest(text)):
            return None
        return found if found.holds(datetime.now(UTC)) else None

    def refuses(self, sub: str, jti: str | None) -> bool:
        """Whether this subject or this token was revoked."""
        return f"sub:{sub}" in self.revoked or (jti is not None and f"jti:{jti}" in self.revoked)


class Registry:
    """What is known of services, keys and revocations now."""

    def __init__(self, graph: Graph) -> None:
        """Know nothing yet."""
        self._graph = graph
        self._read = -LOST
        self._reading: asyncio.Task[None] | None = None
        self.known = Known()

    async def current(self) -> Known:
        """What is known; read anew if it is stale. Raises Unavailable if that fails."""
        if time.monotonic() - self._read > STALE:
            try:
                await self.read()
            except GraphError:
                raise Unavailable("It cannot be told now what was revoked: try again.") from None
        return self.known

    @property
    def lost(self) -> bool:
        """Whether it is so old that nothing may run on it any more."""
        return time.monotonic() - self._read > LOST

    async def read(self) -> None:
        """Read it; all who ask meanwhile wait for the same reading."""
        if self._reading is None:
            self._reading = asyncio.create_task(self._once())
            self._reading.add_done_callback(self._done)
        await asyncio.shield(self._reading)

    def _done(self, reading: asyncio.Task[None]) -> None:
        self._reading = None
        if not reading.cancelled():
            reading.exception()  # nobody may be waiting any more

    async def _once(self) -> None:
        began = time.monotonic()
        self.known = await read(self._graph)
        self._read = began

    async def run(self) -> None:
        """Keep it current until cancelled."""
        while True:
            with outlived(log, "Services and revocations are not read."):
                await self.read()
            await asyncio.sleep(EVERY)


def _known(rows: Sequence[Row]) -> Known:
    services: dict[str, frozenset[Permission]] = {}
    keys: dict[str, ServiceKey] = {}
    revoked: dict[str, datetime] = {}
    centers: dict[str, frozenset[str]] = {}
    owners: dict[str, Owner] = {}
    for row in rows:
        id = row["id"]
        if row["kind"] == "Service":
            services[id] = frozenset(map(Permission, row["rights"] or ()))
            if row["centers"] is not None:
                centers[id] = frozenset(row["centers"])
        elif row["kind"] == "ServiceKey":
            times = row["at"].to_native(), *_until(row)
            keys[id] = ServiceKey(id, row["service"], *times, row["sha256"])
        elif row["kind"] == "OwnerRegistration":
            owners[id] = Owner(frozenset(row["accounts"]), *_until(row))
        else:
            revoked[id] = row["expires"].to_native()
    return Known(services, keys, revoked, centers, owners)


def _until(row: Row) -> tuple[datetime, datetime | None]:
    """When it ends, and when it was ended before."""
    return row["expires"].to_native(), row["revoked"] and row["revoked"].to_native()


async def read(graph: Graph) -> Known:
    """All that is kept now. Raises Unavailable if it is more than can be known at once."""
    found = await graph.read(query("identity/registry"), most=MOST)
    if len(found) >= MOST:  # what is left out could be a revocation
        raise Unavailable("Too many keys and revocations are kept: no token can be trusted.")
    return _known(found)
