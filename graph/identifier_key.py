"""The secret that importer numbers are looked up with, and how one follows another."""

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from graph.errors import SetupError
from graph.private_files import private, synced

SECRET = rb"[0-9a-fA-F]{64}"
FILE = re.compile(rb"(%b)(?:\s+before (%b))?(?:\s+root (%b))?" % (SECRET, SECRET, SECRET))


@dataclass(frozen=True, slots=True)
class IdentifierKey:
    """The secret that importer numbers are looked up with: without it, none can be found.

    After a rotation `before` is the secret it follows, for numbers that were stored with that and
    cannot be computed anew. `root` is the first one ever: ids and cursors are made with it, and an
    id never changes.
    """

    secret: bytes = field(repr=False)
    before: bytes | None = field(default=None, repr=False)
    root: bytes | None = field(default=None, repr=False)

    @classmethod
    def at(cls, path: Path) -> "IdentifierKey":
        """The key in this file (64 hexadecimal digits), which is made if there is none.

        Raises SetupError if others may read the file, or if it holds no key.
        """
        with suppress(FileExistsError):
            if not path.exists():
                _make(path)
        if path.stat().st_mode & 0o077:
            raise SetupError(f"Others may read the key {path}: run `chmod 600 {path}`.")
        found = FILE.fullmatch(path.read_bytes().strip())
        if found is None:
            raise SetupError(f"{path} holds no key: it must be 64 hexadecimal digits.")
        return cls(*map(_bytes, found.groups()))  # type: ignore[arg-type]

    @property
    def key_id(self) -> str:
        """Names the key without telling it; stored beside what it has hashed."""
        return _named(self.secret)

    @property
    def id_before(self) -> str | None:
        """Names the key that this one follows."""
        return _named(self.before) if self.before else None

    @property
    def root_id(self) -> str:
        """Names the root without telling it; stored in backups."""
        return _hash(self._root, b"root id")[:16]

    def lookup(self, number: str) -> str:
        """What a whole number, in its one spelling, is found by."""
        return _hash(self.secret, number.encode())

    def lookup_before(self, number: str) -> str | None:
        """What it was found by before this key; None if there was none, or it is forgotten."""
        return _hash(self.before, number.encode()) if self.before else None

    def number_id(self, number: str) -> str:
        """The id of an importer number that was given none."""
        return "N-" + _hash(self._root, b"id" + number.encode())[:24]

    def attribute(self, kind: str, value: str) -> str:
        """What a shared address, phone or the like is known by."""
        return _hash(self._root, f"attribute {kind} {value}".encode())

    def derive(self, info: bytes) -> bytes:
        """A key of 32 bytes for another purpose, such as sealing cursors."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._root)

    def followed(self) -> "IdentifierKey":
        """A new key that follows this one, which must not follow one itself."""
        assert self.before is None
        return IdentifierKey(secrets.token_bytes(32), self.secret, self._root)

    def alone(self) -> "IdentifierKey":
        """This key, with the one before forgotten."""
        return replace(self, before=None)

    def put(self, path: Path) -> None:
        """Write it in the place of the one in this file: wholly, or not at all."""
        text = self.secret.hex()
        text += f"\nbefore {self.before.hex()}" if self.before else ""
        text += f"\nroot {self.root.hex()}" if self.root else ""
        draft = _draft(path, text)
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @property
    def _root(self) -> bytes:
        return self.root or self.secret


def _bytes(text: bytes | None) -> bytes | None:
    return bytes.fromhex(text.decode("ascii")) if text else None


def _hash(secret: bytes, message: bytes) -> str:
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def _named(secret: bytes) -> str:
    return _hash(secret, b"key id")[:16]


def _make(path: Path) -> None:
    """Write a new key under another name first: nobody ever reads half of one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(path, secrets.token_hex(32))
    try:
        os.link(draft, path)  # fails if another was first, whose key then counts
    finally:
        draft.unlink()


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    file = private(draft, exclusive=True)
    file.write(f"{text}\n".encode("ascii"))
    synced(file)
    return draft
