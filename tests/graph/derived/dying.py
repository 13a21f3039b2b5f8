"""A deriver in a process of its own, killed at a statement: `python -m ... URI PASSWORD QUERY`."""

import asyncio
import os
import signal
import sys
from typing import Any

from neo4j import Query

from graph.address import Address
from graph.derived.deriver import Deriver
from graph.session import Graph, Row, connect


class Dying(Graph):
    """A graph whose process is killed before it sends a certain statement."""

    at = ""

    async def run(self, tx: Any, query: Query, **parameters: object) -> list[Row]:
        """The rows of one statement, or the end."""
        if (query.metadata or {}).get("query") == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        return await super().run(tx, query, **parameters)


async def main(uri: str, password: str, at: str) -> None:
    """Follow the log until killed."""
    async with connect(Address(uri, "neo4j", password)) as graph:
        graph.__class__ = Dying
        Dying.at = at
        deriver = Deriver(graph)
        print("begun", flush=True)  # noqa: T201
        while True:
            await deriver.turn()
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
