"""How a number is seen in any bytes: as people write it, as programs do, and as Neo4j stores it.

Nothing is looked for by its text: whatever has the shape of a number is read, and looked up among
those that were sent. So a thousand numbers are found as fast as one.
"""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote_to_bytes

from tests.canaries.marks import PLANTED, WIDE
from tests.canaries.stored import short_texts

PLAIN = [(wide.encode(), chr(digit).encode()) for digit, wide in WIDE.items()] + [
    (dash.encode(), b"-") for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe63\uff0d"
]
SEPARATED = re.compile(rb"[0-9]{3}[-._ ][0-9]{2}[-._ ][0-9]{4}")
RUN = re.compile(rb"[0-9]{9,}")
DIGITS = re.compile(rb"[^0-9]")
BEHIND, BEFORE = b"0123456789abcdefABCDEF.", b"0123456789abcdefABCDEF"
"""Beside nine digits these make them a part of a hash or of a measure."""

HEX = re.compile(rb"[0-9a-fA-F]+")
CODED = re.compile(rb"[A-Za-z0-9+/_-]*")
STANDARD = bytes.maketrans(b"-_", b"+/")
ESCAPE = re.compile(rb"\\+u([0-9a-fA-F]{4})")


def _hex(told: bytes, at: int) -> bytes:
    found = HEX.match(told, at)
    digits = found[0].decode() if found else ""
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


def _base64(told: bytes, at: int) -> bytes:
    """Of the letters around this place, which is where a group of four begins."""
    first = at
    while first >= 4 and CODED.fullmatch(told, first - 4, first):
        first -= 4
    found = CODED.match(told, first)
    letters = found[0].translate(STANDARD) if found else b""
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def _utf16(told: bytes, at: int) -> bytes:
    """In both orders: that of the first byte of a digit is not known."""
    little, big = told[at:], told[at - 1 if at else 0 :]
    texts = little.decode("utf-16-le", "replace"), big.decode("utf-16-be", "replace")
    return "\n".join(texts).encode("utf-8", "replace")


def _percent(told: bytes, _at: int) -> bytes:
    return unquote_to_bytes(told)


def _escaped(told: bytes, _at: int) -> bytes:
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)).encode("utf-8", "replace"), told)


# What begins a number in each coding, how many bytes may belong to it before and after, and how it
# is read. In base64 three digits in one group, of which every number has some.
CODINGS: list[tuple[re.Pattern[bytes], int, int, Callable[[bytes, int], bytes]]] = [
    (re.compile(rb"3[0-9]3[0-9]3[0-9]"), 0, 80, _hex),
    (re.compile(rb"(?:[eE][fF][bB][cC]9[0-9]){3}"), 0, 80, _hex),
    (re.compile(rb"[MNOP][DTjz][AEIMQUYcgk][wxyz0-5]"), 24, 28, _base64),
    (re.compile(rb"77y[Q-Z]77y[Q-Z]"), 24, 60, _base64),
    (re.compile(rb"[0-9]\x00[0-9]\x00[0-9]"), 1, 40, _utf16),
    (re.compile(rb"[\x10-\x19]\xff[\x10-\x19]\xff[\x10-\x19]"), 1, 40, _utf16),
    (re.compile(rb"%[0-9a-fA-F]{2}"), 60, 120, _percent),
    (re.compile(rb"\\u[0-9a-fA-F]{4}"), 60, 120, _escaped),
]


class Sight:
    """Sees the numbers that were sent."""

    def __init__(self, sent: Mapping[str, str]) -> None:
        """By their digits; where they were sent is what is told of them."""
        self._sent = sent

    def of(self, told: bytes) -> list[str]:
        """Where the numbers that these bytes tell were sent, except those the test planted."""
        return [where for where in self.all(told) if not where.startswith(PLANTED)]

    def all(self, told: bytes) -> list[str]:
        """Where all numbers that these bytes tell were sent."""
        views = [told, b"\n".join(_decoded(told))]
        if b"\0" in told:
            views.append(b"\n".join(short_texts(told)))
        return sorted({self._sent[n] for view in views for n in _numbers(view) if n in self._sent})


def _numbers(told: bytes) -> Iterator[str]:
    """The digits of everything that has the shape of a number."""
    for wide, plain in PLAIN:
        told = told.replace(wide, plain)
    for found in SEPARATED.finditer(told):
        yield DIGITS.sub(b"", found[0]).decode()
    for found in RUN.finditer(told):
        first, last = found.span()
        alone = told[max(0, first - 1) : first] not in BEHIND or not first
        if last - first == 9 and alone and (told[last : last + 1] or b"\n") not in BEFORE:
            yield found[0].decode()


def _decoded(told: bytes) -> Iterator[bytes]:
    """What stands in these bytes in a coding."""
    for pattern, before, after, decoded in CODINGS:
        for found in pattern.finditer(told):
            first = max(0, found.start() - before)
            yield decoded(told[first : found.end() + after], found.start() - first)
