"""Verbs that save the product's own database, and make a graph of what was saved."""

import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

import verbs
from config import Config, settings
from graph import backup as backups
from graph.backup.manifest import Manifest
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.terminal import steps
from verbs import Data

YOURS = (
    "GRAPH_URI names a database of yours, which its own tools save and restore: `neo4j-admin"
    " database {}` for Neo4j Community, while it is stopped; `neo4j-admin database {}` for"
    " Enterprise; snapshots for a hosted one. Unset GRAPH_URI for the product's own."
)
LACKING = (
    "{} of its importer numbers cannot be found with the key in {}. A restore needs the key that"
    " they were stored with: see that you have it."
)
KEEP = "Keep the key {} elsewhere, apart from it: it is not in it, and a restore needs it."
NOW = (
    "Start it with `account-graph serve --data {}`. What was written, revoked or registered after"
    " {} is not in it; whoever followed the change log is told of a gap."
)


def add_to(app: typer.Typer) -> None:
    """Add these verbs to the others."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[
        Path, typer.Argument(help="File to write, or a folder, where it is named by the time.")
    ],
    verify: Annotated[
        bool, typer.Option("--verify", help="Write nothing: read this backup from first to last.")
    ] = False,
    data: Data = None,
) -> None:
    """Save the local database in one file; a server that runs on it is not ready meanwhile."""
    if verify:
        show(backups.verified(file.expanduser()))
        return
    config = _own(data, "dump", "backup")
    path = config.identifier_key_file
    key = IdentifierKey.at(path) if path.exists() else None
    begun, at = time.monotonic(), datetime.now(UTC)
    target = backups.target(config.data, file, at)
    with steps(verbs.terminal) as step, verbs.acted(config):
        made = backups.back_up(
            config.data,
            target,
            key,
            at,
            product=version("account-graph"),
            store=config.jar_store,
            progress=step,
        )
    show(made.manifest)
    verbs.terminal.print(
        f"Saved in {made.file}, {made.file.stat().st_size:,} bytes, in"
        f" {time.monotonic() - begun:.0f} seconds.",
        soft_wrap=True,
        markup=False,
    )
    told = LACKING.format(made.lacking, path) if made.lacking else KEEP.format(path)
    verbs.terminal.print(told, soft_wrap=True, markup=False)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup that `account-graph backup` has made.")],
    data: Data = None,
) -> None:
    """Make the graph of a backup in a data folder without one, and see that it is the same."""
    config = _own(data, "load", "restore")
    begun = time.monotonic()
    with steps(verbs.terminal) as step:
        saved = backups.examined(file.expanduser(), config.identifier_key_file, step)
        with verbs.acted(config):
            made = backups.restore(saved, config.data, store=config.jar_store, progress=step)
    show(made.manifest)
    verbs.terminal.print(
        f"Restored in {config.data}, in {time.monotonic() - begun:.0f} seconds: the store is"
        " consistent, digest and counts are the same, and {} of {} numbers that were looked up are"
        " found.".format(*made.looked_up),
        soft_wrap=True,
        markup=False,
    )
    if made.behind:
        verbs.terminal.print(f"The server will apply {len(made.behind)} migrations.")
    verbs.terminal.print(
        NOW.format(config.data, f"{made.manifest.at:%Y-%m-%d %H:%M} UTC"),
        soft_wrap=True,
        markup=False,
    )


def show(manifest: Manifest) -> None:
    """What a backup holds, in a few lines."""
    found = manifest.figures
    nodes = ", ".join(f"{number:,} {label}" for label, number in sorted(found.labels.items()))
    claims = ", ".join(f"{number:,} {type_}" for type_, number in sorted(found.types.items()))
    broken = [f"{number} break: {rule}" for rule, number in found.rules.items() if number]
    lines = [
        f"backup of {manifest.at:%Y-%m-%d %H:%M:%S} UTC by version {manifest.product}, Neo4j"
        f" {manifest.neo4j}",
        f"digest {found.digest}",
        f"change log {found.earliest} to {found.sequence}, {len(found.migrations)} migrations",
        f"keys of importer numbers: {', '.join(found.keys) or 'none'}",
        f"{found.nodes:,} nodes: {nodes}",
        f"{sum(found.types.values()):,} relationships: {claims}",
        *broken,
    ]
    for line in lines:
        verbs.out.print(line, soft_wrap=True, markup=False)


def _own(data: Path | None, verb: str, enterprise: str) -> Config:
    """The settings of the product's own database. Raises SetupError for another."""
    config = settings(data=data)
    if config.graph_uri is not None:
        raise SetupError(YOURS.format(verb, enterprise))
    return config
