"""Owners of accounts registered and revoked: acts of an operator, never of a caller."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from neo4j import AsyncManagedTransaction

from graph.commands.identity import NUMBER, written
from graph.errors import SetupError
from graph.load.check import ID
from graph.queries import query
from graph.secrecy import hidden, tells_ssn
from graph.session import Graph

LONGEST = timedelta(days=366)
SUBJECT = 255  # characters, as in a token
MOST = 100  # accounts of one owner
REGISTERED = 5_000  # owners, ended ones too: servers read all of them every two seconds
ACCOUNT = "Account:"


async def register(
    graph: Graph, sub: str, accounts: Sequence[str], life: timedelta, at: datetime
) -> None:
    """Let the subject read these accounts, by their ids, and no others, for so long.

    Raises SetupError for an account that is not there, and for a subject that could be a social
    security number.
    """
    if any(tells_ssn(each, bare=True) for each in (sub, *accounts)):
        raise SetupError(NUMBER)
    if not (sub.isprintable() and 0 < len(sub) <= SUBJECT):
        raise SetupError(f"A subject has 1 to {SUBJECT} printable characters.")
    if not 0 < len(set(accounts)) <= MOST or not all(map(ID.fullmatch, accounts)):
        raise SetupError(f"Name 1 to {MOST} accounts by their ids, such as A-1001.")
    if not timedelta(0) < life <= LONGEST:
        raise SetupError(f"An owner is registered for at most {LONGEST.days} days.")
    keys = sorted({ACCOUNT + each for each in accounts})

    async def work(tx: AsyncManagedTransaction) -> None:
        [found] = await graph.run(
            tx,
            query("command/register_owner"),
            id=sub,
            accounts=keys,
            at=at,
            expires=at + life,
        )
        if found["registered"] > REGISTERED:
            raise SetupError(
                f"There are {REGISTERED:,} owners already. Revoke some: they are forgotten a month"
                " later."
            )
        if missing := [key for key in keys if key not in found["there"]]:
            ids = ", ".join(key.removeprefix(ACCOUNT) for key in missing)
            told = f"There is no account with the id {hidden(ids)}. Nothing was registered."
            raise SetupError(told)

    await graph.write(work, name="command/register_owner")


async def revoke(graph: Graph, sub: str, at: datetime) -> None:
    """Let the subject read no longer. Raises SetupError if nobody is registered by this name."""
    if not await written(graph, query("command/revoke_owner"), id=sub, at=at):
        raise SetupError("Nobody is registered by this subject: see `account-graph owner list`.")
