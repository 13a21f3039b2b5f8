"""GraphQL over Server-Sent Events, distinct connections mode."""

from collections.abc import Mapping
from typing import ClassVar

from strawberry.http.streaming import SSETransport

from transport.answers import EVENTS, JSON, RESPONSE, preferred


class Events(SSETransport):
    """Streams to those who prefer a stream; some clients name it last in every query."""

    headers: ClassVar[Mapping[str, str]] = {
        "Content-Type": EVENTS,
        "Cache-Control": "no-store, no-transform",
        "X-Accel-Buffering": "no",
    }

    def accepts(self, accept: str) -> bool:
        """Whether the stream ranks before JSON."""
        return preferred(accept, (EVENTS, RESPONSE, JSON)) == EVENTS

    def encode_event(self, event: str, data: str | None = None) -> str:
        """One event, with the line ends that every client's parser knows."""
        return f"event: {event}\ndata: {data or ''}\n\n"

    def encode_comment(self, comment: str) -> str:
        """A sign of life."""
        return f": {comment}\n\n"
