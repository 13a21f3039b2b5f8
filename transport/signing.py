"""Keys that sign, each in a file of its own that nobody else may read."""

import base64
import hashlib
import os
import uuid
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from graph.errors import SetupError


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key in this file, made if there is none. Raises SetupError if others may read it."""
    with suppress(FileExistsError):
        if not path.exists():
            _make(path)
    if path.stat().st_mode & 0o077:
        raise SetupError(f"Others may read the key {path}: run `chmod 600 {path}`.")
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise SetupError(f"{path} holds no Ed25519 key: remove it, and a new one is made.")
    return key


def key_id(public: Ed25519PublicKey) -> str:
    """A short name of a key: part of its hash."""
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()[:12]).decode()


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    new = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
    try:
        os.link(new, path)  # whole, or not there; whoever comes second takes the first one's
    finally:
        new.unlink()
