"""Short texts as Neo4j keeps them: in four to eight bits a character, inside of a property's longs.

The long has, from its lowest bit: 24 of the property's key, 4 of the type, 5 of the encoding, 6 of
the length; then come the characters, and go on in up to three more longs.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

LOWER, UPPER = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = "".join(chr(0xC0 + place) for place in range(64))
EUROPEAN = f"{LETTERS[:0x17]}.{LETTERS[0x18:0x37]}-{LETTERS[0x38:]} {UPPER}01234_{LOWER}56789"
LATIN = "".join(map(chr, range(256)))
UTF8 = 0
TABLES = {
    UTF8: (8, LATIN),
    1: (4, "0123456789 .-+,'"),
    2: (4, "0123456789 -:/+,"),
    6: (6, f" {LOWER}     0123456789_.-:/+,'@|;*?&%#()$<>="),
    7: (6, EUROPEAN[64:]),
    9: (7, EUROPEAN),
    10: (8, LATIN),
    11: (4, "0123456789abcdef"),
    12: (4, "0123456789ABCDEF"),
}
"""Bits of a character and what they mean, by encoding; the others have no digits."""
# A key below 4096, and one of these encodings of the type of short texts.
KINDS = b"[" + b"".join(b"\\x%xb" % kind for kind in TABLES) + b"]"
BIG = re.compile(KINDS + rb"\x00[\x00-\x0f]")
LITTLE = re.compile(rb"[\x00-\x0f]\x00" + KINDS)
LONGS = 32  # bytes
HEADER = 39  # bits
LEAST = 9  # characters


def short_texts(stored: bytes) -> Iterator[bytes]:
    """Everything in these bytes that may be a short text, and much that is none."""
    for found in BIG.finditer(stored):
        yield _text(stored[found.start() - 4 :][:LONGS], "big") if found.start() > 3 else b""
    for found in LITTLE.finditer(stored):
        yield _text(stored[found.start() - 1 :][:LONGS], "little") if found.start() else b""


def _text(raw: bytes, order: Literal["big", "little"]) -> bytes:
    longs = (int.from_bytes(raw[at : at + 8], order) << (8 * at) for at in range(0, LONGS, 8))
    value = sum(longs)
    length, kind = value >> 33 & 0x3F, value >> 28 & 0x1F
    width, table = TABLES.get(kind, (0, ""))
    if length < LEAST or not width or HEADER + length * width > LONGS * 8:
        return b""
    value >>= HEADER
    text = "".join(table[value >> width * at & (1 << width) - 1] for at in range(length))
    return text.encode("latin-1" if kind == UTF8 else "utf-8")


def dense(path: Path, block: int = 1 << 16) -> bytes:
    """A file without its empty blocks: logs are made long before they are written."""
    blocks = []
    with path.open("rb") as file:
        while part := file.read(block):
            if part.count(0) < len(part):
                blocks.append(part)
    return b"".join(blocks)
