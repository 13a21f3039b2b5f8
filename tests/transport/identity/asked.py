"""Who asks, as the server finds it out of what a request says."""

from datetime import UTC, datetime, timedelta

from graph.commands import identity as acts
from graph.policy import Viewer
from graph.roles import READS
from graph.session import Graph
from transport.identity import Identity

DAY = timedelta(days=1)


async def asking(callers: Identity, text: str) -> Viewer:
    viewer = await callers.authenticate(f"Bearer {text}", None)
    assert viewer is not None
    return viewer


async def made(graph: Graph, service: str = "ledger", life: timedelta = DAY) -> str:
    return (await acts.create_key(graph, service, sorted(READS), life, datetime.now(UTC))).text
