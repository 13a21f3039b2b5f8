"""What an operation passes before it runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transport.admission import Admission
from transport.streams import Streams
from transport.tokens import Authenticate


@dataclass(frozen=True)
class Doors:
    """Who may ask, how much at once, and for how long."""

    authenticate: Authenticate
    admission: Admission = field(default_factory=Admission)
    origins: Sequence[str] = ()  # of other sites whose pages may open sockets
    deadline: float = 10.0  # seconds for a query or mutation
    init_wait: float = 5.0  # seconds until a socket says who it is
    socket_operations: int = 100  # that run on one socket
    socket_streams: int = 20  # of these, subscriptions
    streams: Streams = field(default_factory=Streams)
