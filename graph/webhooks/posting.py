"""One request to an address of somebody else: looked up once, to that very address, and bounded.

No redirect is followed, no proxy and no certificate of the environment counts, and no more than
64 KB of the answer is read.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

import httpcore2
from httpcore2 import AsyncNetworkBackend, AsyncNetworkStream

from graph.webhooks.addresses import PRIVATE, Address, NotSent, Receivers, Target, public, target
from graph.webhooks.lookups import Lookups

SECONDS = 15.0
MOST = 64 * 1024  # bytes of an answer, its head included
TRIED = 3  # addresses of one name
SLOW = f"The address did not answer within {SECONDS:.0f} seconds."
UNREACHED = "No connection could be made to the address."
UNTRUSTED = "The certificate of the address is not valid for its name."
BROKEN = "The address ended the connection before it had answered."
Lookup = Callable[[str, int], Awaitable[Sequence[Address]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: an HTTP status, and what went wrong, if anything did."""

    status: int | None = None
    error: str | None = None
    retry_after: str | None = None

    @property
    def delivered(self) -> bool:
        """Whether it was acknowledged."""
        return self.error is None


class TooMuch(Exception):
    """An answer is longer than what is read of it."""


class Bounded(AsyncNetworkStream):
    """A connection of which no more than so many bytes are read."""

    def __init__(self, stream: AsyncNetworkStream, most: int = MOST) -> None:
        """Read from this."""
        self._stream, self._left = stream, most

    async def read(self, max_bytes: int, *given: Any, **more: Any) -> bytes:
        """Some bytes. Raises TooMuch."""
        if self._left <= 0:
            raise TooMuch
        found = await self._stream.read(min(max_bytes, self._left), *given, **more)
        self._left -= len(found)
        return found

    async def write(self, buffer: bytes, *given: Any, **more: Any) -> None:
        """Send these bytes."""
        await self._stream.write(buffer, *given, **more)

    async def aclose(self) -> None:
        """Close it."""
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, *given: Any, **more: Any
    ) -> AsyncNetworkStream:
        """The same connection, encrypted."""
        return Bounded(await self._stream.start_tls(ssl_context, *given, **more))

    def get_extra_info(self, info: str) -> Any:
        """What is known of it."""
        return self._stream.get_extra_info(info)


class Pinned(AsyncNetworkBackend):
    """Connects to the addresses that were found for a host: nothing is looked up again."""

    def __init__(self, host: str, addresses: Sequence[Address]) -> None:
        """In this order."""
        self._host, self._addresses = host, addresses
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self, host: str, port: int, *_given: Any, **_more: Any
    ) -> AsyncNetworkStream:
        """The first that takes the connection; time is bounded by who sends."""
        for address in self._addresses if host == self._host else ():
            with suppress(httpcore2.ConnectError):
                return Bounded(await self._inner.connect_tcp(str(address), port))
        raise httpcore2.ConnectError(UNREACHED)

    async def sleep(self, seconds: float) -> None:
        """As the pool wants it."""
        await asyncio.sleep(seconds)


class Posts:
    """Sends; `lookup` says which addresses a name has."""

    def __init__(self, receivers: Receivers, lookup: Lookup | None = None) -> None:
        """Read the certificates that are believed. Raises OSError or SSLError for a bad file."""
        self._receivers = receivers
        self._names = Lookups()
        self._lookup = lookup
        self._usual = httpcore2.default_ssl_context(_trust_env=False)
        self._tests = ssl.create_default_context(cafile=receivers.ca) if receivers.ca else None
        for each in filter(None, (self._usual, self._tests)):
            each.minimum_version = ssl.TLSVersion.TLSv1_2

    def close(self) -> None:
        """Look nothing up any more."""
        self._names.close()

    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes, owner: str = ""
    ) -> Outcome:
        """What came of sending this; it takes 15 seconds at most. Raises Crowded."""
        try:
            async with asyncio.timeout(SECONDS):
                found = target(url, self._receivers)
                addresses = await self._addresses(found, owner)
                return await self._sent(found, addresses, headers, body)
        except NotSent as refused:
            return Outcome(error=str(refused))
        except (TimeoutError, httpcore2.TimeoutException):
            return Outcome(error=SLOW)
        except httpcore2.ConnectError as error:
            failed = isinstance(error.__cause__ or error.__context__, ssl.SSLError)
            return Outcome(error=UNTRUSTED if failed else UNREACHED)
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError, TooMuch):
            return Outcome(error=BROKEN)

    async def _addresses(self, found: Target, owner: str) -> Sequence[Address]:
        """The addresses to connect to. Raises NotSent unless every one of the name is public."""
        try:
            addresses: Sequence[Address] = [ip_address(found.host)]
        except ValueError:
            if self._lookup:
                addresses = await self._lookup(found.host, found.port)
            else:
                addresses = await self._names.found(found.host, found.port, owner)
        if not found.trusted and not all(map(public, addresses)):
            raise NotSent(PRIVATE)
        return addresses[:TRIED]

    async def _sent(
        self, found: Target, addresses: Sequence[Address], headers: Mapping[str, str], body: bytes
    ) -> Outcome:
        context = self._tests if found.trusted and self._tests else self._usual
        pool = httpcore2.AsyncConnectionPool(
            ssl_context=context, max_connections=1, network_backend=Pinned(found.host, addresses)
        )
        address = httpcore2.URL(
            scheme=b"https", host=found.host.encode(), port=found.port, target=found.path.encode()
        )
        given = [("host", found.authority), *headers.items(), ("connection", "close")]
        async with pool, pool.stream("POST", address, headers=given, content=body) as answer:
            outcome = _read(answer)
            try:
                async for _ in answer.aiter_stream():
                    pass
            except TooMuch:
                pass  # the status was read: the rest is nobody's business
            return outcome


def _read(answer: httpcore2.Response) -> Outcome:
    status = answer.status
    if 200 <= status < 300:
        return Outcome(status)
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    told = f"The address answered {f'{status} {phrase}'.strip()}."
    if 300 <= status < 400:
        told += " Redirects are not followed: give the address that answers itself."
    after = next((v for k, v in answer.headers if k.lower() == b"retry-after"), None)
    return Outcome(status, told, after.decode("latin-1") if after else None)
