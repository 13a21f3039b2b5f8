"""The numbers, and how people and programs spell them.

The three that were printed in advertisements are all that may be committed, and the product refuses
them. What it accepts is tried with numbers that each run makes up: the place that a number was sent
to is known by it.
"""

import base64
import hmac
from collections.abc import Callable

NUMBERS = ("078-05-1120", "219-09-9999", "457-55-5462")
PLANTED = "planted"
"""What the places of numbers begin with that the test itself leaks, to see that they are found."""
WIDE = {ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"}
Spell = Callable[[str], str]
SPELLINGS: dict[str, Spell] = {
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
CODINGS: dict[str, Spell] = {
    "base64": lambda number: base64.b64encode(number.encode()).decode(),
    "hex": lambda number: number.encode().hex(),
    "percent": lambda number: number.replace("-", "%2D"),
    "JSON": lambda number: "".join(f"\\u{ord(character):04x}" for character in number),
}
"""As programs write them: what a caller hides like this is text, but nothing may decode it."""
WAYS = {**SPELLINGS, **CODINGS}


class Marks:
    """Numbers made up from a seed, each with the place that it is sent to."""

    def __init__(self, seed: str) -> None:
        """Begin with none."""
        self._seed = seed.encode()
        self.sent: dict[str, str] = {}

    def new(self, where: str) -> str:
        """The number of this place, NNN-NN-NNNN, which no other one has."""
        count = 0
        while True:
            number = _number(hmac.digest(self._seed, f"{where} {count}".encode(), "sha256"))
            if number not in NUMBERS and self.sent.setdefault(_digits(number), where) == where:
                return number
            count += 1

    def planted(self, where: str) -> str:
        """The number that the test leaks at this place."""
        return self.new(f"{PLANTED} {where}")


def _digits(number: str) -> str:
    return number.replace("-", "")


def _number(drawn: bytes) -> str:
    """One of the form that is accepted."""
    rest, area = divmod(int.from_bytes(drawn, "big"), 898)
    rest, group = divmod(rest, 99)
    area += 1 if area < 665 else 2  # 001 to 899, and not 666
    return f"{area:03}-{group + 1:02}-{rest % 9999 + 1:04}"
