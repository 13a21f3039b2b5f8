"""What an operation passes before it runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from transport.admission import Admission
from transport.budget import Allowance, Budget
from transport.cookies import Cookies
from transport.streams import Streams
from transport.tokens import Authenticate, Holds, Viewer
from transport.trusted import Trusted


def _usual(_: Viewer | None) -> Allowance:
    return Allowance()


def always(_viewer: Viewer) -> bool:
    """Nothing is ever revoked."""
    return True


@dataclass(frozen=True)
class Doors:
    """Who may ask, how much at once, and for how long."""

    authenticate: Authenticate
    holds: Holds = always  # asked once a second about whoever has a stream or a socket
    admission: Admission = field(default_factory=Admission)
    allowance: Callable[[Viewer | None], Allowance] = _usual
    budget: Budget | None = None  # without one, nothing is charged nor told
    trusted: Trusted = field(default_factory=Trusted)
    origins: Sequence[str] = ()  # of other sites whose pages may ask, and open sockets
    cookies: Cookies | None = None  # without, nobody is known by one
    deadline: float = 10.0  # seconds for a query or mutation
    init_wait: float = 5.0  # seconds until a socket says who it is
    socket_operations: int = 100  # that run on one socket
    socket_streams: int = 20  # of these, subscriptions
    streams: Streams = field(default_factory=Streams)
