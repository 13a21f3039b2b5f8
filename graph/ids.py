"""Global ids: opaque spellings of business keys."""

import base64
import re
from binascii import b2a_base64
from functools import lru_cache

KEY = re.compile(r"[A-Z][A-Za-z]*:[A-Za-z0-9._-]{1,120}")


URL_SAFE = bytes.maketrans(b"+/", b"-_")
REMEMBERED = 50_000  # ids: the same things are told again and again


def encode_bytes(raw: bytes) -> str:
    """Base64url without padding."""
    return b2a_base64(raw, newline=False).translate(URL_SAFE, b"=").decode("ascii")


def decode_bytes(text: str) -> bytes:
    """The bytes behind one canonical spelling; ValueError for anything else."""
    raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if encode_bytes(raw) != text:  # b64decode skips junk: one id would have many spellings
        raise ValueError("not canonical")
    return raw


@lru_cache(maxsize=REMEMBERED)
def encode(text: str) -> str:
    """The global id that spells a key."""
    return encode_bytes(text.encode())


def decode(text: str) -> str:
    """The text behind a global id; ValueError for anything else."""
    return decode_bytes(text).decode("utf-8")
