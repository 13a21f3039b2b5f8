"""Keys of services made and revoked, and tokens revoked: acts of an operator, never of a caller."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from neo4j import AsyncManagedTransaction, Query

from graph import service_keys
from graph.errors import SetupError
from graph.queries import query
from graph.roles import ROLES, Role
from graph.secrecy import tells_ssn
from graph.service_keys import NewKey
from graph.session import Graph, Row
from graph.terms import Permission

ALIVE = 2  # keys of a service, so that one can take over from the other
LONGEST = timedelta(days=90)
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
TOKEN_LIFE = timedelta(hours=2)  # longer than any token lives
KEPT = timedelta(days=30)  # keys and owners after their end, so that a list still shows them
NUMBER = (
    "This looks like a social security number, which is never stored in clear. Give the name or id"
    " that is no number of a person."
)


async def create_key(
    graph: Graph,
    service: str,
    rights: Sequence[Permission] | None,
    life: timedelta,
    at: datetime,
    centers: Sequence[str] | None = None,
) -> NewKey:
    """A new key of a service, which is registered with these rights, or as it was.

    It is registered for the accounts of these `centers`, by code; for all if none is given. Raises
    SetupError for a third key, for rights that no service may have, and for none at all; and for a
    name that could be a social security number.
    """
    if tells_ssn(service, bare=True):
        raise SetupError(NUMBER)
    if not timedelta(0) < life <= LONGEST:
        raise SetupError(f"A key holds for at most {LONGEST.days} days. Give a shorter time.")
    if too_much := set(rights or ()) - ROLES[Role.INTEGRATOR].rights:
        names = ", ".join(sorted(too_much))
        raise SetupError(f"A service may not have {names}: see docs/policy.md for what it may.")
    made = service_keys.make()

    async def work(tx: AsyncManagedTransaction) -> None:
        wanted = sorted(right.value for right in rights) if rights else None
        [found] = await graph.run(
            tx,
            query("command/register_service"),
            id=service,
            rights=wanted,
            centers=sorted(centers) if centers else None,
            at=at,
        )
        if not found["rights"]:
            raise SetupError(f"The service {service} is new: say by --right what it may do.")
        alive = await graph.run(tx, query("command/alive_keys"), service=service, at=at)
        if len(alive) >= ALIVE:
            ids = " and ".join(row["id"] for row in alive)
            told = f"The service {service} has the keys {ids} already: revoke one of them first."
            raise SetupError(told)
        kept = {"id": made.id, "service": service, "sha256": made.sha256, "at": at}
        await graph.run(tx, query("command/add_key"), **kept, expires=at + life)

    await graph.write(work, name="command/add_key")
    return made


async def revoke_key(graph: Graph, id: str, at: datetime) -> None:
    """Let a key hold no longer. Raises SetupError if there is none of this id."""
    if not await written(graph, query("command/revoke_key"), id=id, at=at):
        raise SetupError("There is no key of this id: see `account-graph key list`.")


async def revoke_subject(graph: Graph, sub: str, at: datetime) -> None:
    """Refuse all tokens of a subject, until it is lifted, and end their sessions for good.

    Raises SetupError, as `revoke_token`.
    """
    await _revoke(graph, f"sub:{sub}", at, FOREVER)
    await written(graph, query("command/end_sessions_of"), sub=sub)


async def revoke_token(graph: Graph, jti: str, at: datetime) -> None:
    """Refuse the token of this id; kept for longer than it could live.

    Raises SetupError for what is written as a social security number; nine digits are an id.
    """
    await _revoke(graph, f"jti:{jti}", at, at + TOKEN_LIFE)


async def lift(graph: Graph, sub: str) -> None:
    """Accept a subject's tokens again. Raises SetupError if it was not revoked."""
    if not await written(graph, query("command/lift"), id=f"sub:{sub}"):
        raise SetupError("This subject is not revoked.")


async def forget(graph: Graph) -> None:
    """Forget revocations that no token outlives; keys and owners whose time ended a month ago."""
    now = datetime.now(UTC)
    await written(graph, query("command/forget_identity"), before=now, keysBefore=now - KEPT)


async def _revoke(graph: Graph, id: str, at: datetime, expires: datetime) -> None:
    if tells_ssn(id):
        raise SetupError(NUMBER)
    await written(graph, query("command/revoke"), id=id, at=at, expires=expires)


async def written(
    graph: Graph, statement: Query, *, within: float | None = None, **given: Any
) -> list[Row]:
    """What one statement that writes answers, within so many seconds."""
    name = str((statement.metadata or {})["query"])

    async def work(tx: AsyncManagedTransaction) -> list[Row]:
        return await graph.run(tx, statement, **given)

    return await graph.write(work, name=name, seconds=within)
