"""What a server knows of webhooks: where they may lead, how their secrets are kept, who sends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from graph.webhooks.addresses import Receivers
from graph.webhooks.owners import Owners
from graph.webhooks.posting import Posts
from graph.webhooks.secrets import Locksmith
from graph.webhooks.sender import Sender


class Webhooks:
    """The webhooks of one server."""

    def __init__(self, key: IdentifierKey, receivers: Receivers | None = None) -> None:
        """Nothing is sent yet."""
        self.receivers = receivers or Receivers()
        self.locks = Locksmith(key)
        self.sender: Sender | None = None

    @asynccontextmanager
    async def running(
        self, graph: Graph, seal: Seal, owners: Owners, *, alone: bool, sends: bool = True
    ) -> AsyncIterator[None]:
        """Send as long as the block lasts; `alone` if no other server can be on this graph.

        Nothing is sent where not `sends`: what is to be sent waits for a server that does.
        """
        if not sends:
            yield
            return
        posts = Posts(self.receivers)
        self.sender = Sender(graph, seal, self.locks, owners, posts, alone=alone)
        task = asyncio.create_task(self.sender.run(), name="webhooks")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            posts.close()

    def wake(self) -> None:
        """Something is to be sent, or not any more."""
        if self.sender:
            self.sender.news.set()

    @property
    def numbers(self) -> dict[str, float]:
        """What is counted."""
        found = self.sender.counts if self.sender else None
        return {
            "webhooks_sent_total": found.sent if found else 0,
            "webhooks_failed_total": found.failed if found else 0,
            "webhooks_waiting": found.waiting if found else 0,
            "webhooks_sending": float(bool(found and found.sending)),
        }
