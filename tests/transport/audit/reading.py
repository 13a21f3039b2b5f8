"""What the tests of the audit share: the entries of a folder, and journals to write them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.transport.serving import Running, running
from transport import Audit, Journal, keeping
from transport.audit_chain import Found, verify
from transport.audit_folder import files

KEY = Ed25519PrivateKey.generate()
MANAGEMENT = ("START", "CHECKPOINT", "RECOVERY", "PRUNED", "RESERVE_RESTORED")


def journal(folder: Path, **settings: Any) -> Journal:
    """A journal that writes there."""
    return Journal(folder, KEY, **settings)


def everything(folder: Path) -> list[dict[str, Any]]:
    """All entries, those about the audit itself too."""
    lines = [line for one in files(folder) for line in one.path.read_bytes().splitlines()]
    return [json.loads(line) for line in lines]


def entries(folder: Path) -> list[dict[str, Any]]:
    """The entries about what was asked."""
    return [entry for entry in everything(folder) if entry["what"] not in MANAGEMENT]


def verified(folder: Path, **outside: str) -> Found:
    """What is found of the one instance; `outside` is `_SEQUENCE=head`."""
    given = {("server", int(name[1:])): head for name, head in outside.items()}
    [found] = verify(folder, KEY.public_key(), given)
    return found


@asynccontextmanager
async def audited(folder: Path, **settings: Any) -> AsyncIterator[Running]:
    """A toy server with an audit in this folder; closed in order."""
    audit = Audit(journal(folder))
    async with keeping(audit), running(audit=audit, **settings) as one:
        yield one
