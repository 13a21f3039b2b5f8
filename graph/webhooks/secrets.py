"""Secrets of webhooks: told once, kept encrypted with a key that is not in the database.

The key comes from the file of the identifier key. A secret is sealed for its webhook: put beside
another one, it opens nothing.
"""

import base64
import os
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from standardwebhooks.webhooks import Webhook as Signer

from graph.identifier_key import IdentifierKey

PREFIX = "whsec_"
BYTES = 32
HINT = 8  # characters that are shown, the prefix among them
NONCE = 12
BOTH = timedelta(hours=24)  # for which the secret before signs too


def make() -> str:
    """A new secret, as Standard Webhooks spell it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode("ascii")


def hint(secret: str) -> str:
    """What may be shown of a secret."""
    return secret[:HINT]


class Locksmith:
    """Seals secrets, and opens them."""

    def __init__(self, key: IdentifierKey) -> None:
        """Derive the key of this purpose."""
        self._cipher = AESGCM(key.derive(b"webhook secrets"))

    def seal(self, webhook: str, secret: str) -> str:
        """What is stored of the secret of this webhook."""
        nonce = os.urandom(NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, secret.encode("ascii"), webhook.encode())
        return base64.b64encode(sealed).decode("ascii")

    def open(self, webhook: str, sealed: str | None) -> str | None:
        """The secret; None where none was stored, or another key sealed it."""
        try:
            raw = base64.b64decode(sealed or "", validate=True)
            found = self._cipher.decrypt(raw[:NONCE], raw[NONCE:], webhook.encode())
        except (ValueError, InvalidTag):
            return None
        return found.decode("ascii")


def signature(keys: Sequence[str], id: str, at: datetime, body: bytes) -> str:
    """The header `webhook-signature`: one signature for each secret, the newest first."""
    text = body.decode("utf-8")
    return " ".join(Signer(key).sign(id, at, text) for key in keys)
