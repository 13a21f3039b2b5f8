"""Two Centers, a manager in each, and accounts in and out of their reach."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from graph import policy
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import forget
from graph.roles import Role
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.feed.conftest import FOLLOW, Stream
from tests.reach.random_world import RECORDED, thing
from tests.worlds import claim

ENDED = date(2023, 1, 1)


@dataclass(frozen=True)
class Told:
    """What came of a question: its data, the codes of its errors, and what it cost."""

    data: Any
    codes: list[str]
    statements: int


Ask = Callable[..., Awaitable[Told]]


def program(key: IdentifierKey) -> list[worlds.Row]:
    """
    M-1 manages A-1; A-1, A-2 are at CEE001 where M-1 and D-1 are; M-2 manages A-3 at CEE002
    N-1, N-2 (13-...) and N-3 identify A-1, A-2, A-3; O-1 holds them; N-1 and N-3 share a root
    A-1 gave B-1 (code B76, at CEE002) a power; I-1 concerns A-1 and A-3, I-3 A-3 alone
    """
    rows: list[worlds.Row] = [
        worlds.center("CEE001", "North"),
        worlds.center("CEE002", "South"),
        *(worlds.manager(id_, f"Manager {id_}") for id_ in ("M-1", "M-2", "D-1", "M-9")),
        worlds.account("A-1", "Harbor Mill"),
        worlds.account("A-2", "Anchor Mill"),
        worlds.account("A-3", "Gannet Mill"),
        worlds.account("B-1", "Pelican Brokers", "Broker"),
        worlds.code("B76"),
        worlds.organization("O-1", "Mill Holding"),
        worlds.number(key, "N-1", "12-3456789AA"),
        worlds.number(key, "N-2", "13-3456789BA"),
        worlds.number(key, "N-3", "12-3456789CA"),
        claim("FilerCode:B76", "IDENTIFIES", "Account:B-1"),
        claim("AccountManager:M-1", "MEMBER_OF", "Center:CEE001"),
        claim("AccountManager:D-1", "MEMBER_OF", "Center:CEE001"),
        claim("AccountManager:M-2", "MEMBER_OF", "Center:CEE002"),
        claim("Account:A-1", "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"),
        claim("Account:A-3", "MANAGED_BY", "AccountManager:M-2", role="PRIMARY"),
        claim("Account:A-3", "MANAGED_BY", "AccountManager:M-1", None, ENDED, role="BACKUP"),
        claim("Account:A-1", "GRANTED_POA", "Account:B-1", scope="ENTRY"),
    ]
    for account, center in (("A-1", 1), ("A-2", 1), ("A-3", 2), ("B-1", 2)):
        rows.append(claim(f"Account:{account}", "ASSIGNED_TO", f"Center:CEE00{center}"))
    for n in (1, 2, 3):
        rows.append(claim(f"ImporterNumber:N-{n}", "IDENTIFIES", f"Account:A-{n}"))
        rows.append(claim("Party:O-1", "HOLDS", f"ImporterNumber:N-{n}"))
    for issue, accounts in (("I-1", ("A-1", "A-3")), ("I-3", ("A-3",))):
        rows.append(
            thing("Issue", issue, purpose="ADVICE", title=f"Mill {issue}", status="OPEN",
                  openedOn=worlds.SINCE)
        )  # fmt: skip
        rows += [claim(f"Issue:{issue}", "CONCERNS", f"Account:{each}") for each in accounts]
    return rows


@pytest.fixture
async def centers(graph: Graph, key: IdentifierKey) -> Graph:
    """That program."""
    outcome = await write(graph, program(key), at=RECORDED)
    assert outcome.refused == []
    graph.statements = 0
    return graph


def member(id_: str, *roles: Role) -> Viewer:
    """Somebody of the program with these roles."""
    return Viewer(id_, id_, **policy.rights(roles))


MANAGER = member("M-1", Role.ACCOUNT_MANAGER)
DIRECTOR = member("D-1", Role.CENTER_DIRECTOR)


@pytest.fixture
def ask(centers: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    """A way to ask that program as somebody."""
    return asking(centers, seal, key)


def asking(graph: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    """A way to ask a graph as somebody, whose reach is read once."""
    forget(graph, lambda: 0.0)

    async def asked(viewer: Viewer, document: str, **variables: object) -> Told:
        before = graph.statements
        context = Context(graph, viewer, seal, key)
        result = await schema.execute(document, variables, context_value=context)
        codes = [str((error.extensions or {}).get("code")) for error in result.errors or []]
        return Told(result.data, codes, graph.statements - before)

    return asked


async def following(
    graph: Graph, seal: Seal, key: IdentifierKey, viewer: Viewer, document: str = FOLLOW
) -> Stream:
    """A stream of the viewer's that has begun: what comes next is a change."""
    results: Any = await schema.stream(document, {}, Context(graph, viewer, seal, key))
    stream = Stream(results)
    assert (await stream.next())["kind"] == "HEARTBEAT"
    return stream
