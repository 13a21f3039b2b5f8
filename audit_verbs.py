"""Verbs about the audit: whether it is what was written, and its lines of some days."""

import re
import sys
from datetime import date, datetime
from typing import Annotated

import typer

import verbs
from config import settings
from graph.errors import SetupError
from transport import audit_chain
from transport.audit_chain import Found
from transport.audit_files import KEY
from transport.signing import signing_key
from verbs import Data

CHECKPOINT = re.compile(r"([A-Za-z0-9-]+):([0-9]+):([0-9a-f]{64})")
audit = typer.Typer(
    no_args_is_help=True, callback=verbs.naming, help="The record of who asked what."
)


def add_to(app: typer.Typer) -> None:
    """Add these verbs to the others."""
    app.add_typer(audit, name="audit")


@audit.command("verify")
def verify(
    checkpoints: Annotated[
        list[str] | None,
        typer.Option(
            "--checkpoint",
            help="INSTANCE:SEQUENCE:HEAD of a checkpoint that the server's log or a verb told.",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Read the audit again from first to last; exits with 1 if anything was changed."""
    folder = settings(data=data).audit_at
    if not (folder / KEY).exists():
        raise SetupError(f"There is no audit in {folder}.")
    key = signing_key(folder / KEY).public_key()
    found = audit_chain.verify(folder, key, dict(map(_checkpoint, checkpoints or ())))
    for one in found:
        verbs.out.print(_line(one), soft_wrap=True, markup=False)
    sys.exit(1 if any(one.fault for one in found) else 0)


@audit.command("export")
def export(
    first: Annotated[str, typer.Option("--from", help="First day in UTC: YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--to", help="Last day in UTC: YYYY-MM-DD.")],
    data: Data = None,
) -> None:
    """Print the lines of these days, as they stand; the export is itself an entry."""
    config = settings(data=data)
    with verbs.acted(config):
        for line in audit_chain.export(config.audit_at, f"{_day(first)}", f"{_day(last)}"):
            sys.stdout.buffer.write(line)


def _checkpoint(text: str) -> tuple[tuple[str, int], str]:
    found = CHECKPOINT.fullmatch(text)
    if found is None:
        raise SetupError(
            "A checkpoint is INSTANCE:SEQUENCE:HEAD, as verbs and the server's log tell it."
        )
    return (found[1], int(found[2])), found[3]


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise SetupError("A day is YYYY-MM-DD.") from None


def _line(found: Found) -> str:
    held = (
        f"{found.instance}: entries {found.first} to {found.last}, {found.checkpoints} checkpoints,"
        f" {found.unsealed} entries after the last"
    )
    return f"{held}. CHANGED: {found.fault}" if found.fault else f"{held}. As written."
