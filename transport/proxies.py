"""Proxies that are listed: they, and nobody else, are believed about where a request comes from."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

FORWARDED = "forwarded"
LONGEST = 1_000  # characters of a chain of proxies
FORWARDED_FOR = "x-forwarded-for"
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
# Commas and semicolons part a Forwarded header where no quotes are around them.
PART = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
PAIR = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*")+')
WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d{1,5})?|([^:]*):\d{1,5}")


class Proxies:
    """ASGI middleware: the client of what a listed proxy passes on is the one that it names.

    Each proxy adds who asked it at the end, so the chain is read from there, past those that are
    listed: what stands before the first other one was written by whoever that is. Where the proxy
    names no address, nobody knows where the request comes from: it has no client.
    """

    def __init__(self, app: ASGIApp, listed: Sequence[Network], header: str) -> None:
        """Stand before `app`; one header only is read: of the other any client may write."""
        self._app = app
        self._listed = listed
        self._read = _forwarded if header == FORWARDED else _forwarded_for
        self._header = header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the client in its place, and pass on."""
        if scope["type"] != "lifespan" and (client := scope.get("client")):
            peer = address(client[0])
            if peer and self._lists(peer):
                found = self._client(Headers(scope=scope))
                scope["client"] = (str(found), 0) if found else None
        await self._app(scope, receive, send)

    def _client(self, headers: Headers) -> Address | None:
        """The last one in the chain that is not listed; if all are, the first."""
        found, said = None, ",".join(headers.getlist(self._header))
        if len(said) > LONGEST:  # parsing takes its square
            return None
        for text in reversed(self._read(said)):
            found = address(text)
            if found is None or not self._lists(found):
                break
        # No proxy passes on what this machine asks: whoever says so would be taken for it.
        return None if found and (found.is_loopback or found.is_unspecified) else found

    def _lists(self, one: Address) -> bool:
        return any(one in network for network in self._listed)


def address(text: str) -> Address | None:
    """An address as it is written, with a port or without; None for anything else."""
    written = text.strip().strip('"')
    if with_port := WITH_PORT.fullmatch(written):
        written = with_port[1] or with_port[2] or ""
    try:
        found = ip_address(written)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or (None if getattr(found, "scope_id", None) else found)


def _forwarded_for(text: str) -> list[str]:
    return text.split(",")


def _forwarded(text: str) -> list[str]:
    """What each part says it is `for`; a part that does not say it once, or is broken, is empty."""
    if PART.sub("", text).strip(","):
        return [""]
    return [_for(part) for part in PART.findall(text)]


def _for(part: str) -> str:
    pairs = [pair.partition("=") for pair in PAIR.findall(part)]
    said = [value for name, _, value in pairs if name.strip().lower() == "for"]
    return said[0] if len(said) == 1 else ""
