"""Codes to sign in with on this machine's pages, where no identity provider is configured.

A code is 50 random bits for a person to copy. Only its hash is kept, in a file of the data folder
that nobody else may read, with whom it signs in; so a verb can make one for a server that runs. It
holds for five minutes, once, and not after five wrong ones; a new code takes the place of the last.
"""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.private_files import write_private
from graph.roles import Role
from transport.development import Development
from transport.issuers import Claims, verify

FILE = "sign-in.code"
LIFE = 300.0  # seconds
WRONG = 5
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else
LENGTH = 10
TOKEN_SECONDS = 60.0


class Codes:
    """The code of a data folder: there is one at most."""

    def __init__(self, folder: Path, local: Development) -> None:
        """Keep it in this folder; whom it signs in, the `local` issuer says."""
        self._path = folder / FILE
        self._local = local
        self._wrong = 0
        self._tried = ""  # the code that was tried wrongly, by its hash

    def make(self, roles: Collection[Role], person: str | None) -> str:
        """A new code. Raises SetupError for somebody whom no token would name."""
        self._local.token(roles, person, TOKEN_SECONDS)
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        kept = {
            "sha256": _digest(code),
            "until": time.time() + LIFE,
            "roles": sorted(role.value for role in roles),
            "person": person,
        }
        write_private(self._path, json.dumps(kept))
        return f"{code[:5]}-{code[5:]}"

    async def take(self, given: str) -> Claims | None:
        """Whom this code signs in, and it never does again; None for any other."""
        kept = self._kept()
        right = hmac.compare_digest(kept["sha256"], _digest(given))
        if time.time() >= kept["until"]:
            self._drop()
            return None
        if not right:
            self._count(kept["sha256"])
            return None
        self._drop()
        roles = [Role(name) for name in kept["roles"]]
        text = self._local.token(roles, kept["person"], TOKEN_SECONDS)
        return await verify(text, self._local.issuer, self._local.keys)

    def _count(self, sha256: str) -> None:
        self._wrong = self._wrong + 1 if sha256 == self._tried else 1
        self._tried = sha256
        if self._wrong >= WRONG:
            self._drop()

    def _kept(self) -> dict[str, Any]:
        """What is kept of the code; of none, what no code fits."""
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_text(encoding="ascii"))
            if isinstance(found, dict) and found.keys() == {"sha256", "until", "roles", "person"}:
                return found
        return {"sha256": _digest(secrets.token_hex()), "until": 0.0}

    def _drop(self) -> None:
        self._path.unlink(missing_ok=True)


def _digest(code: str) -> str:
    """The hash of a code, however it was copied."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
