"""The issuer of this machine: where no identity provider is configured, and on loopback only.

Its tokens are verified like all others; only who may make them differs: whoever can read the key.
"""

import time
import uuid
from collections.abc import Collection
from pathlib import Path
from types import MappingProxyType

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from graph.errors import SetupError
from graph.policy import DEVELOPMENT
from graph.roles import Role
from graph.secrecy import tells_ssn
from transport.issuers import LIFE, Issuer, key_of
from transport.key_sets import Fixed
from transport.signing import key_id, signing_key

NAME = "account-graph-development"
FILE = "development.key"


class Development:
    """The signing key of a data folder."""

    def __init__(self, key: Ed25519PrivateKey, audience: str) -> None:
        """Sign with this key."""
        self._key = key
        public = key.public_key()
        self._kid = key_id(public)
        known = key_of(public)
        assert known
        self.keys = Fixed({self._kid: known})
        roles = MappingProxyType({role.value: role for role in Role})
        self.issuer = Issuer(NAME, audience, ("EdDSA",), mapping=roles)

    @classmethod
    def at(cls, folder: Path, audience: str) -> "Development":
        """The key in this folder, made if there is none. Raises SetupError if others read it."""
        return cls(signing_key(folder / FILE), audience)

    def token(self, roles: Collection[Role], person: str | None, seconds: float) -> str:
        """A token for local use. Raises SetupError for one that would not be believed."""
        if seconds > LIFE:
            raise SetupError("A token lives for at most 60 minutes. Give a shorter time.")
        if person is not None and not (person.isprintable() and 0 < len(person) <= 100):
            raise SetupError("A person's id has 1 to 100 printable characters.")
        if person is not None and tells_ssn(person, bare=True):
            raise SetupError("A person's id is no social security number. Give another id.")
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
