"""What the verbs of the console script share: the terminal, and the database they work on."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from config import Config
from graph import migrate as migrations
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.opening import Place, opened
from graph.reference.install import install
from graph.rights import excluded
from graph.roles import VERSION, Role
from graph.session import PATIENT, Graph, connect
from graph.terminal import steps
from schema.extensions.documents import Document
from transport.audit_files import CANNOT, Journal, Tell, Unwritten
from transport.collector import Collector

terminal = Console(stderr=True, highlight=False)
out = Console(highlight=False)
T = TypeVar("T")

Data = Annotated[
    Path | None, typer.Option("--data", help="Folder of the local database; var/graph by default.")
]
Roles = Annotated[
    list[Role] | None,
    typer.Option("--role", help="A role, once for each; DEVELOPMENT, which may all, if none."),
]
Person = Annotated[
    str | None, typer.Option("--as", help="Id of an account manager or specialist: M-31.")
]
CHECKPOINT = "audit checkpoint {instance}:{sequence}:{head}"
EXCLUSIVE = (
    "These roles exclude each other, so a token of them would open nothing. An AUDITOR holds no"
    " role that writes, an ADMIN and a TRADE_OWNER no other: docs/policy.md."
)


called: list[str] = []
"""The verb that runs, in words; never what it was given."""


asked: dict[str, Any] = {}
"""Of a document that the verb was given: its hash, and the explanations of risk in it."""


def asking(document: Document) -> None:
    """Take note of a document that is answered on the command line."""
    asked["document"] = document.sha256
    if found := sorted({field for uses in document.uses.values() for field in uses.explained}):
        asked["explained"] = found


def naming(context: typer.Context) -> None:
    """Take note of the verb that is called."""
    if context.invoked_subcommand:
        called.append(context.invoked_subcommand)


@contextmanager
def place(config: Config, *, alone: bool = False) -> Iterator[Place]:
    """The database a verb works on, started with what it is doing on the terminal."""
    with ExitStack() as stack:
        with steps(terminal) as step:
            found = stack.enter_context(
                opened(
                    config.address(),
                    config.data,
                    store=config.jar_store,
                    progress=step,
                    alone=alone,
                )
            )
        with acted(config):
            yield found


@contextmanager
def acted(config: Config) -> Iterator[None]:
    """What a verb does, with entries in the audit before and after. Raises SetupError."""
    if not config.audit:
        yield
        return
    verb = {"caller": f"uid {os.getuid()}", "operation": " ".join(called), "policy": VERSION}
    entry = {**verb, **asked}
    with _outside(config) as tell:
        _enter(config, {"what": "CLI", **entry}, tell)
        code = "FAILED"
        try:
            yield
            code = "OK"
        finally:
            _enter(config, {"what": "CLI_END", **entry, "code": code}, tell)


@contextmanager
def _outside(config: Config) -> Iterator[Tell]:
    """What tells checkpoints outside: a collector each, if there is one, standard error the last.

    Without, whoever can write the folder could cut the end off, and nobody would know better.
    """
    where = config.otel_exporter_otlp_endpoint
    collector = Collector(where) if where else None
    last: dict[str, str] = {}  # by instance: another verb may hold the first name by the end

    def tell(checkpoint: dict[str, Any]) -> None:
        last[checkpoint["instance"]] = CHECKPOINT.format(**checkpoint)
        if collector:
            collector.tell(checkpoint)

    try:
        yield tell
    finally:
        for line in last.values():
            terminal.print(line, soft_wrap=True, markup=False)
        if collector:
            collector.close()


def _enter(config: Config, entry: dict[str, Any], tell: Tell) -> None:
    """Write one entry and seal it: no server is kept from its files."""
    journal = Journal.at(config.audit_at, "cli", config.audit_days, reserve=0, tell=tell)
    try:
        journal.append(entry)
    except Unwritten as error:
        raise SetupError(CANNOT.format(config.audit_at, error)) from None
    finally:
        journal.close()


def run(config: Config, work: Callable[[Graph, IdentifierKey], Awaitable[T]]) -> T:
    """What some work on a migrated graph with its reference data answers.

    It is waited for: a database that has just been started may plan a statement for seconds.
    """

    async def connected(found: Place) -> T:
        async with connect(found.address, PATIENT) as graph:
            await prepare(graph)
            return await work(graph, IdentifierKey.at(config.identifier_key_file))

    with place(config) as found:
        return asyncio.run(connected(found))


async def prepare(graph: Graph) -> None:
    """Bring constraints and reference data up to date."""
    await migrations.migrate(graph)
    await install(graph, datetime.now(UTC))


def together(roles: list[Role] | None) -> set[Role]:
    """The roles that somebody is to have. Raises SetupError where they exclude each other."""
    held = set(roles or [Role.DEVELOPMENT])
    if excluded(held):
        raise SetupError(EXCLUSIVE)
    return held
