"""Sessions begun and ended by who signs in and out, and forgotten when they are over."""

from datetime import UTC, datetime

from graph.commands.identity import written
from graph.queries import query
from graph.session import Graph
from graph.sessions import PATIENT, Limits, Session


async def begin(graph: Graph, session: Session, most: int) -> None:
    """Keep a new session; the oldest of the same person beyond so many end."""
    await written(
        graph,
        query("command/begin_session"),
        within=PATIENT,  # who has just started a server signs in before it has planned anything
        id=session.id,
        issuer=session.issuer,
        sub=session.sub,
        person=session.person,
        name=session.name,
        roles=sorted(session.roles),
        at=session.seen,
        expires=session.expires,
        others=most - 1,
    )


async def end(graph: Graph, id: str) -> None:
    """End a session; one that is not there is over already."""
    await written(graph, query("command/end_session"), id=id)


async def forget(graph: Graph, limits: Limits) -> None:
    """Forget sessions that are over."""
    now = datetime.now(UTC)
    await written(graph, query("command/forget_sessions"), at=now, unused=now - limits.idle)
