"""Keys of services: `agk_<id>_<secret><check>`, of which only the hash is kept.

The last six characters check the others, so that a key cut short is told from one that is not
known, and a scanner of repositories can tell a key without asking us.
"""

import hashlib
import hmac
import secrets
import zlib
from dataclasses import dataclass, field

PREFIX = "agk_"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ID, SECRET, CHECK = 12, 43, 6  # characters; 43 of 62 hold 256 bits


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is shown once; what is kept of it is `id` and `sha256`."""

    id: str
    text: str = field(repr=False)

    @property
    def sha256(self) -> str:
        """What is kept."""
        return digest(self.text)


def make() -> NewKey:
    """A key of 256 random bits."""
    id = "".join(secrets.choice(ALPHABET) for _ in range(ID))
    body = f"{PREFIX}{id}_{_spelt(secrets.randbits(256), SECRET)}"
    return NewKey(id, body + _check(body))


def id_of(text: str) -> str | None:
    """The id in a key; None if it is none, or is not whole."""
    body, check = text[:-CHECK], text[-CHECK:]
    id, _, secret = body.removeprefix(PREFIX).partition("_")
    whole = len(id) == ID and len(secret) == SECRET and (id + secret + check).isalnum()
    if not (whole and text.startswith(PREFIX) and text.isascii()):
        return None
    return id if hmac.compare_digest(check, _check(body)) else None


def digest(text: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _check(body: str) -> str:
    return _spelt(zlib.crc32(body.encode("ascii")), CHECK)


def _spelt(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))
