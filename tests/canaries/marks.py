"""The numbers, how people and programs spell them, and how they are found in any bytes.

No number is both valid and never issued but the three that were printed in advertisements: areas
000, 666 and 9xx are refused, and since 2011 all others are given out at random. So a thousand marks
are these three in many spellings, each pushed through every input.
"""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

NUMBERS = ("078-05-1120", "219-09-9999", "457-55-5462")
WIDE = {ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "hyphens": lambda number: number,
    "nothing": lambda number: number.replace("-", ""),
    "spaces": lambda number: number.replace("-", " "),
    "dots": lambda number: number.replace("-", "."),
    "underscores": lambda number: number.replace("-", "_"),
    "hard hyphens": lambda number: number.replace("-", "\u2011"),
    "dashes": lambda number: number.replace("-", "\u2013"),
    "minus signs": lambda number: number.replace("-", "\u2212"),
    "wide digits": lambda number: number.translate(WIDE),
    "outer spaces": lambda number: f"  {number} ",
}
"""As people write them: a text may not be stored with one of these in it."""
CODINGS: dict[str, Callable[[str], str]] = {
    "base64": lambda number: base64.b64encode(number.encode()).decode(),
    "hex": lambda number: number.encode().hex(),
    "percent": lambda number: number.replace("-", "%2D"),
    "JSON": lambda number: "".join(f"\\u{ord(character):04x}" for character in number),
}
"""As programs write them: what a caller hides like this is text, but nothing may decode it."""
PACKED = {**{str(digit): digit for digit in range(10)}, " ": 10, ".": 11, "-": 12}
"""Neo4j keeps a short text of digits in four bits each, from the low end of big-endian longs."""


def written() -> Iterator[str]:
    """Every number as people write it."""
    for number in NUMBERS:
        for spell in SPELLINGS.values():
            yield spell(number).strip()


def needles() -> dict[bytes, str]:
    """What the numbers look like in bytes, and the text that each is of."""
    found: dict[bytes, str] = {}
    for text in written():
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            raw = text.encode(coding)
            found[raw] = text
            found[raw.hex().encode()] = found[raw.hex().upper().encode()] = text
            for shift in range(3):  # where in a group of three bytes it begins
                coded = base64.b64encode(bytes(shift) + raw)
                first = -(-shift * 8 // 6)
                found[coded[first : (shift + len(raw)) * 8 // 6]] = text
        found[text.replace("-", "%2D").encode()] = text
        found[text.replace("-", "%2d").encode()] = text
        found[text.replace("-", "\\u002d").encode()] = text
    for number in NUMBERS:
        found[CODINGS["JSON"](number).encode()] = number
    return found


NEEDLES = needles()


def sightings(told: bytes) -> list[str]:
    """The numbers that these bytes tell, in whatever spelling."""
    return sorted({text for needle, text in NEEDLES.items() if needle in told})


def packed(stored: bytes) -> list[str]:
    """The numbers that a file of Neo4j tells in its packed form."""
    found = set()
    for start in range(8):
        whole = len(stored) - (len(stored) - start) % 8
        turned = bytearray(whole - start)
        for place in range(8):  # the longs, low byte first
            turned[place::8] = stored[start + 7 - place : whole : 8]
        for text in {spelt for spelt in written() if set(spelt) <= set(PACKED)}:
            if any(_holds(bytes(turned), text, shift) for shift in range(8)):
                found.add(text)
    return sorted(found)


def _holds(turned: bytes, text: str, shift: int) -> bool:
    value = sum(PACKED[character] << (4 * place) for place, character in enumerate(text))
    bits = 4 * len(text)
    size = (shift + bits + 7) // 8
    mask = ((1 << bits) - 1) << shift
    inner = (value << shift).to_bytes(size, "little")[1 : (shift + bits) // 8]
    at = turned.find(inner)
    while at > 0:
        told = int.from_bytes(turned[at - 1 : at - 1 + size], "little")
        if told & mask == value << shift:
            return True
        at = turned.find(inner, at + 1)
    return False


def dense(path: Path, block: int = 1 << 16) -> bytes:
    """A file without its empty blocks: logs are made long before they are written."""
    blocks = []
    with path.open("rb") as file:
        while part := file.read(block):
            if part.count(0) < len(part):
                blocks.append(part)
    return b"".join(blocks)
