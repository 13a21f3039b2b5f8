"""Social security numbers in texts: found however people write them, and masked.

Nine digits in a row are often something else (a DUNS number, a number of a register, a file), so
each caller says whether they count.
"""

import re
import unicodedata

from graph.identifiers import masked

SEPARATED = re.compile(r"(?<!\d)\d{3}([-._ ])\d{2}[-._ ]\d{4}(?!\d)", re.ASCII)
# What was issued or may be: no group of zeros, neither 666 nor 9xx in front.
BARE = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}(?![\w-])", re.ASCII)
LIKE_A_NUMBER = re.compile(
    r"\d{2}-\d{7}\w{0,2}|\d{6}-\d{5}|\d{3}[-._ ]?\d{2}[-._ ]?\d{4}(?!\d)", re.ASCII
)
MINUS = {0x2212: "-", 0x00AD: "-"}  # a minus sign and a soft hyphen are no dashes to Unicode


def plain(text: str) -> str:
    """The text with each digit as 0 to 9 and each dash as a hyphen."""
    if text.isascii():
        return text
    return "".join(map(_plain, unicodedata.normalize("NFKC", text).translate(MINUS)))


def tells_ssn(text: str, *, bare: bool = False) -> bool:
    """Whether a text may tell a social security number; `bare` if nine digits in a row may."""
    found = plain(text)
    return SEPARATED.search(found) is not None or (bare and BARE.search(found) is not None)


def hidden(text: str) -> str:
    """The text with what looks like an importer number of any type masked."""
    return LIKE_A_NUMBER.sub(lambda found: masked(found[0]), plain(text))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return {"Pd": "-", "Zs": " ", "Cf": ""}.get(category, character)
