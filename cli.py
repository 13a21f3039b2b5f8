"""The console script: thin verbs over the graph and the server."""

import asyncio
import json
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

import audit_verbs
import backup_verbs
import identity_verbs
import server
import sign_in_verbs
from config import settings
from graph import demo as demo_world
from graph import local
from graph import migrate as migrations
from graph.address import Address
from graph.errors import GraphError, SetupError
from graph.identifiers import IdentifierKey
from graph.load import CONTENTS, Report, load
from graph.load.digest import digest
from graph.load.terminal import bar, show
from graph.opening import Place
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import PATIENT, Graph, connect
from graph.terminal import steps
from resolvers.context import Context
from schema import schema
from transport.manifest import manifest
from transport.once import once
from verbs import Data, asking, naming, out, place, prepare, run, terminal

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    callback=naming,
    help="A graph of trade accounts, and its GraphQL server.",
)
identity_verbs.add_to(app)
audit_verbs.add_to(app)
sign_in_verbs.add_to(app)
backup_verbs.add_to(app)
LOCAL = (
    "No identity provider is configured: whoever can read {data} makes themselves a token by"
    " `account-graph token --data {data}`."
)


def main() -> None:
    """Run a verb; what goes wrong is one line that says what to do.

    Exits with 2 for what cannot be done like this, with 3 when the database stopped answering.
    """
    os.umask(0o077)
    driver = logging.getLogger("neo4j")  # its words would stand between ours
    driver.addHandler(logging.NullHandler())
    driver.propagate = False
    try:
        app()
    except GraphError as error:
        terminal.print(f"account-graph: {error}", soft_wrap=True, markup=False)
        sys.exit(2 if isinstance(error, SetupError) else 3)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen at.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen at.")] = None,
    data: Data = None,
    demo: Annotated[bool, typer.Option("--demo", help="Make the demo world first.")] = False,
    dev_user: Annotated[
        str | None,
        typer.Option("--dev-user", help="Whom the printed code signs in: M-31, with all rights."),
    ] = None,
) -> None:
    """Answer GraphQL at /graphql until stopped."""
    for stop in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises them again once it has ended
        signal.signal(stop, lambda *_: sys.exit(0))
    config = settings(host=host, port=port, data=data)
    config.check_host()
    sign_in_verbs.check(config, dev_user)
    listener = server.bound(config)  # before anything is made: what is taken is told at once
    key = IdentifierKey.at(config.identifier_key_file)
    with place(config, alone=True) as found:
        asyncio.run(_before_serving(found, key, demo))
        address = f"http://{config.host}:{config.port}"
        terminal.print(f"Open {address}/graphql in a browser; stop with Ctrl+C.", soft_wrap=True)
        if config.issuer is None:
            terminal.print(LOCAL.format(data=config.data), soft_wrap=True, markup=False)
            sign_in_verbs.first(config, address, dev_user)
        server.serve(config, found, key, listener)


async def _before_serving(found: Place, key: IdentifierKey, demo: bool) -> None:
    async with connect(found.address, PATIENT) as graph:
        await prepare(graph)
        if demo:
            await invent(graph, key)


async def _prepared(address: Address) -> None:
    async with connect(address, PATIENT) as graph:
        await prepare(graph)


@app.command("demo")
def make_demo(data: Data = None) -> None:
    """Make the invented demo world; made before, nothing changes."""

    run(settings(data=data), invent)


async def invent(graph: Graph, key: IdentifierKey) -> None:
    """Make the demo world, and say what was made."""
    made = await demo_world.build(graph, key, terminal.print)
    terminal.print(
        f"The demo world has {made.created:,} new things and relationships."
        if made.created
        else "The demo world is there."
    )


@app.command()
def migrate(
    data: Data = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail if anything is amiss.")
    ] = False,
) -> None:
    """Bring the graph's constraints and indexes up to date."""

    async def apply(found: Place) -> list[str]:
        async with connect(found.address, PATIENT) as graph:
            return await (migrations.check(graph) if check else migrations.migrate(graph))

    with place(settings(data=data)) as found:
        answers = asyncio.run(apply(found))
    for answer in answers:
        terminal.print(answer if check else f"applied {answer}", soft_wrap=True)
    if check and answers:
        sys.exit(1)


@app.command("load")
def load_content(
    content: Annotated[
        str,
        typer.Argument(help=f"What a row is: {', '.join(sorted(CONTENTS))}."),
    ],
    files: Annotated[list[Path], typer.Argument(help="Files to load.", exists=True)],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", help="csv, json-lines or parquet, told by the name, or another's."
        ),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Who says so.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
    data: Data = None,
) -> None:
    """Load files; exits with 1 if a row was refused, with 2 if nothing could be loaded."""
    config = settings(data=data)

    async def work(graph: Graph, key: IdentifierKey) -> Report:
        with bar(terminal) as progress:
            return await load(
                graph,
                content,
                files,
                format=format_,
                source=source,
                dry_run=dry_run,
                key=key,
                progress=progress,
                limits=config.import_limits,
            )

    report = run(config, work)
    if as_json:
        out.print_json(json.dumps(report.json()))
    else:
        show(report, out)
    sys.exit(report.exit_status)


@app.command()
def ask(
    document: Annotated[str, typer.Argument(help="A GraphQL document, or @file.")],
    variables: Annotated[str, typer.Option(help="Its variables, as JSON.")] = "{}",
    data: Data = None,
) -> None:
    """Answer one GraphQL document as the development viewer."""
    text = Path(document[1:]).read_text(encoding="utf-8") if document[:1] == "@" else document
    asking(schema.documents.read(text))

    async def work(graph: Graph, key: IdentifierKey) -> dict[str, object]:
        context = Context(graph, DEVELOPMENT, Seal(key.derive(b"cursors")), key)
        return await once(schema, context, text, json.loads(variables))

    found = run(settings(data=data), work)
    out.print_json(json.dumps(found))
    sys.exit(1 if found.get("errors") else 0)


@app.command("digest")
def tell_digest(data: Data = None) -> None:
    """Print a digest of all that the graph says, the same for equal graphs."""
    out.print(run(settings(data=data), lambda graph, _: digest(graph)))


@app.command("export-schema")
def export_schema() -> None:
    """Print the GraphQL schema."""
    sys.stdout.write(schema.as_str() + "\n")


@app.command("manifest")
def tell_manifest(folder: Annotated[Path, typer.Argument(exists=True)]) -> None:
    """Print the manifest of a folder's .graphql files, for TRUSTED_DOCUMENTS."""
    sys.stdout.write(manifest(schema, folder, terminal.print))


@app.command("jars")
def fetch_jars() -> None:
    """Fetch and verify the local database's jars."""
    with steps(terminal) as step:
        local.prepare(settings().jar_store, step, lambda used: asyncio.run(_prepared(used)))
