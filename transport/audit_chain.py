"""Whether the audit is what was written: read again from the first line to the last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from transport.audit_files import EVERY, NOTHING
from transport.audit_folder import digest, files
from transport.signing import key_id

LATE = 10  # entries that a checkpoint may be late after a full disk
Outside = Mapping[tuple[str, int], str]
"""Checkpoints that were kept elsewhere: instance and sequence to the hash of that line."""


@dataclass
class Found:
    """What is known of the entries of one instance; `fault` is the first that was found."""

    instance: str
    first: int = 0
    last: int = 0
    checkpoints: int = 0
    unsealed: int = 0  # entries after the last checkpoint: nothing but the chain holds them yet
    fault: str | None = None


class Broken(Exception):
    """A line that is not what was written."""


def verify(folder: Path, key: Ed25519PublicKey, outside: Outside | None = None) -> list[Found]:
    """What is found for each instance in the folder, and for those known from outside."""
    given = outside or {}
    names = {one.instance for one in files(folder)} | {name for name, _ in given}
    names |= {path.stem for path in folder.glob("*.lock")}
    return [_verified(folder, name, key, given) for name in sorted(names)]


def export(folder: Path, first: str, last: str) -> Iterator[bytes]:
    """The lines of all instances from a day to another, both included: YYYY-MM-DD, UTC."""
    for one in files(folder):
        if first <= one.day <= last:
            with one.path.open("rb") as file:
                yield from file


def _verified(folder: Path, instance: str, key: Ed25519PublicKey, outside: Outside) -> Found:
    found = Found(instance)
    chain = Chain(found, key)
    wanted = {sequence for of, sequence in outside if of == instance}
    seen: dict[int, str] = {}  # of those only: years of entries have no room in memory
    try:
        for name, number, line in _lines(folder, instance):
            try:
                chain.follow(line)
            except Broken as broken:
                raise Broken(f"{name}, line {number}: {broken}") from None
            if found.last in wanted:
                seen[found.last] = chain.previous
        chain.end()
        for (of, sequence), head in outside.items():
            if of == instance and seen.get(sequence) != head:
                raise Broken(f"The checkpoint {sequence} given from outside is not there.")
        if not found.last:
            raise Broken("There are no entries: they were deleted, or a process never began.")
    except Broken as broken:
        found.fault = str(broken)
    return found


def _lines(folder: Path, instance: str) -> Iterator[tuple[str, int, bytes]]:
    for one in files(folder, instance):
        with one.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                yield one.path.name, number, line


class Chain:
    """Follows the lines of one instance."""

    def __init__(self, found: Found, key: Ed25519PublicKey) -> None:
        """Begin before the first line."""
        self.previous = NOTHING
        self._found, self._key = found, key
        self._torn: bytes | None = None
        self._pruned = 0  # entries before the first that is there
        self._told = 0  # through which entry it was said that they were let go

    def follow(self, line: bytes) -> None:
        """Take the next line. Raises Broken."""
        text = line.removesuffix(b"\n")
        entry = _entry(text) if line.endswith(b"\n") else None
        if entry is None or "previous" not in entry:
            if self._torn is not None:
                raise Broken("This is no entry.")
            self._torn = text
            return
        self._closed_off(entry)
        self._linked(entry)
        self._found.last = entry["sequence"]
        self.previous = digest(text)
        self._found.unsealed += 1
        if entry.get("what") == "PRUNED":
            self._told = max(self._told, int(entry.get("through", 0)))
        if entry.get("what") == "CHECKPOINT" or "signature" in entry:
            self._signed(entry, text)
        elif self._found.unsealed > EVERY + LATE:
            raise Broken(f"A checkpoint is missing: there is one for each {EVERY} entries.")

    def end(self) -> None:
        """There are no more. Raises Broken."""
        if self._torn is not None:
            raise Broken("The last line is torn; the server closes it off when it starts.")
        if self._pruned > self._told:
            raise Broken(f"Entries before {self._found.first} are missing, and none says why.")

    def _closed_off(self, entry: dict[str, Any]) -> None:
        """A torn line is right if the next process says so."""
        if self._torn is None:
            return
        told = entry.get("what"), entry.get("torn"), entry.get("tornSha256")
        if told != ("RECOVERY", len(self._torn), digest(self._torn)):
            raise Broken("The line before is no entry.")
        self._torn = None

    def _linked(self, entry: dict[str, Any]) -> None:
        if not self._found.first:
            self._found.first = entry["sequence"]
            self._pruned = entry["sequence"] - 1
            if self._pruned:
                self.previous, self._found.last = entry["previous"], self._pruned
        if entry["sequence"] != self._found.last + 1:
            raise Broken(f"Entry {self._found.last + 1} is missing.")
        if entry["previous"] != self.previous:
            raise Broken("The entry before was changed, or this one.")
        if entry.get("instance") != self._found.instance:
            raise Broken("This is an entry of another instance.")

    def _signed(self, entry: dict[str, Any], text: bytes) -> None:
        if orjson.dumps(entry) != text:  # another spelling of the same
            raise Broken("This checkpoint is not spelled as it was written.")
        given = str(entry.pop("signature", ""))
        if entry.get("key") != key_id(self._key):
            raise Broken("This checkpoint is signed by another key.")
        try:
            signature = bytes.fromhex(given)
            self._key.verify(signature, orjson.dumps(entry))
            if signature.hex() != given:
                raise ValueError("Another spelling")
        except (InvalidSignature, ValueError):
            raise Broken("The signature of this checkpoint is wrong.") from None
        self._found.checkpoints += 1
        self._found.unsealed = 0


def _entry(text: bytes) -> dict[str, Any] | None:
    try:
        entry = orjson.loads(text)
    except ValueError:
        return None
    whole = isinstance(entry, dict) and isinstance(entry.get("sequence"), int)
    return entry if whole else None
