"""The issuer of this machine: where no identity provider is configured, and on loopback only.

Its tokens are verified like all others; only who may make them differs: whoever can read the key.
"""

import base64
import hashlib
import os
import time
import uuid
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from graph.errors import SetupError
from graph.policy import DEVELOPMENT
from graph.roles import Role
from transport.issuers import LIFE, Issuer, key_of
from transport.key_sets import Fixed

NAME = "account-graph-development"
FILE = "development.key"


class Development:
    """The signing key of a data folder."""

    def __init__(self, key: Ed25519PrivateKey, audience: str) -> None:
        """Sign with this key."""
        self._key = key
        public = key.public_key()
        raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._kid = base64.urlsafe_b64encode(hashlib.sha256(raw).digest()[:12]).decode()
        known = key_of(public)
        assert known
        self.keys = Fixed({self._kid: known})
        roles = MappingProxyType({role.value: role for role in Role})
        self.issuer = Issuer(NAME, audience, ("EdDSA",), mapping=roles)

    @classmethod
    def at(cls, folder: Path, audience: str) -> "Development":
        """The key in this folder, made if there is none. Raises SetupError if others read it."""
        path = folder / FILE
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
        return cls(key, audience)

    def token(self, roles: Collection[Role], person: str | None, seconds: float) -> str:
        """A token for local use. Raises SetupError for one that would live too long."""
        if seconds > LIFE:
            raise SetupError("A token lives for at most 60 minutes. Give a shorter time.")
        if person is not None and not (person.isprintable() and 0 < len(person) <= 100):
            raise SetupError("A person's id has 1 to 100 printable characters.")
        sub = person or (DEVELOPMENT.id if Role.DEVELOPMENT in roles else "somebody")
        now = time.time()
        issued = min(now, now + seconds - 1)  # one that has ended began before it did
        claims = {
            "iss": NAME,
            "aud": self.issuer.audience,
            "sub": sub,
            "name": person or (DEVELOPMENT.name if sub == DEVELOPMENT.id else sub),
            "iat": int(issued),
            "exp": int(now + seconds),
            "jti": uuid.uuid4().hex,
            "roles": sorted(roles),
        }
        return jwt.encode(claims, self._key, "EdDSA", {"typ": "at+jwt", "kid": self._kid})


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
