"""Who is asking: the seam between a header and a viewer."""

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


class Astray(BadToken):
    """A cookie came with a request that is none of our own pages': it counts for nothing."""


class NotNow(Exception):
    """It cannot be told now whether the authorization is valid: the client may come again."""


Authenticate = Callable[[str | None, str | None], Awaitable[Viewer | None]]
"""`(authorization, client_host)` -> the viewer, None for nobody; raises BadToken or NotNow."""
Holds = Callable[[Viewer], bool]
"""Whether what a viewer signed in with still holds."""
MakeContext = Callable[[Any, Viewer | None], Any]
"""`(request or websocket, viewer)` -> the context of one operation, a dataclass."""
