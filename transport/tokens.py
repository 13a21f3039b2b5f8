"""Who is asking: the seam between a header and a viewer."""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any, Protocol


class Viewer(Protocol):
    """What the transport knows of a signed-in caller."""

    @property
    def id(self) -> str:
        """Who it is, the same each time: requests are counted by it."""

    @property
    def expires(self) -> float | None:
        """When the right to ask ends, in seconds since the epoch; None for never."""


class BadToken(Exception):
    """The authorization given is not valid; its message is for the client."""


Authenticate = Callable[[str | None, str | None], Awaitable[Viewer | None]]
"""`(authorization, client_host)` -> the viewer, None for nobody; raises BadToken."""
MakeContext = Callable[[Any, Viewer | None], Any]
"""`(request or websocket, viewer)` -> the context of one operation, a dataclass."""


def development(viewer: Viewer) -> Authenticate:
    """Sign every caller on this machine in as one viewer; any token is wrong."""

    async def authenticate(authorization: str | None, client_host: str | None) -> Viewer | None:
        if authorization is not None:
            raise BadToken("This server takes no tokens.")
        return viewer if on_this_machine(client_host) else None

    return authenticate


def on_this_machine(host: str | None) -> bool:
    """Whether the address is the loopback."""
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
