"""Identifiers of the trade: importer numbers, filer codes, entry numbers, LEI and DUNS.

No message here repeats what was given: it could be a social security number.
"""

import re
from dataclasses import dataclass, field

from stdnum import lei as lei_number

from graph.errors import BadInput
from graph.identifier_key import IdentifierKey as IdentifierKey
from graph.terms import ImporterNumberType

FAKE_SSNS = frozenset({"078-05-1120", "219-09-9999", "457-55-5462"})  # printed in advertisements

EIN = re.compile(r"([0-9]{2}-[0-9]{7})([0-9A-HJ-NP-Y]{2})?")
SSN = re.compile(r"(?!000|666|9[0-9]{2})[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}")
ITIN = re.compile(r"9[0-9]{2}-[0-9]{2}-[0-9]{4}")
CBP = re.compile(r"[0-9]{6}-[0-9]{5}")
FILER_CODE = re.compile(r"(?!000)[0-9A-Z]{3}")
ENTRY = re.compile(r"([0-9A-Z]{3})-([0-9]{7})-([0-9])")
DUNS = re.compile(r"([0-9]{2})-?([0-9]{3})-?([0-9]{4})")

EIN_FORM = (
    "An IRS number has the form NN-NNNNNNNXX: two digits, a hyphen, seven digits and a suffix of"
    " two digits or letters, never O, I or Z."
)
SSN_FORM = (
    "A social security number has the form NNN-NN-NNNN, where no group is all zeros and the first"
    " is neither 666 nor above 899."
)
CBP_FORM = (
    "A number assigned by CBP has the form YYDDPP-NNNNN: six digits, a hyphen and five digits."
)
NUMBER_FORM = (
    "An importer number has the form NN-NNNNNNNXX (IRS), NNN-NN-NNNN (social security) or"
    " YYDDPP-NNNNN (assigned by CBP); the hyphens are part of it."
)
FAKE_SSN = "This social security number was never a person's: it is known from print."
FILER_FORM = "A filer code has three digits or capital letters and is not 000."
ENTRY_FORM = (
    "An entry number has the form XXX-NNNNNNN-N: a filer code, seven digits and a check digit."
)
ENTRY_CHECK = "The last digit of this entry number does not fit the others."
LEI_FORM = "An LEI has 20 capital letters and digits, of which the last two check the others."
DUNS_FORM = "A DUNS number has nine digits."
BARE_EIN = "An IRS number without suffix was given: recorded with suffix 00."


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """An importer number in its one spelling; the whole of it stays out of reprs."""

    type: ImporterNumberType
    canonical: str = field(repr=False)
    display: str
    root: str | None = None
    suffix: str | None = None
    note: str | None = None  # what was assumed; for the answer to who wrote it


def parse_number(
    text: str, *, fakes: frozenset[str] | None = None, itins: bool = False
) -> ParsedNumber:
    """The number in its one spelling; a bare IRS number gets suffix 00, with a note.

    Raises BadInput, whose message names the expected form and never the value.
    """
    number = text.strip().upper()
    if found := EIN.fullmatch(number):
        return _ein(found[1], found[2])
    if SSN.fullmatch(number) or (itins and ITIN.fullmatch(number)):
        if number in (FAKE_SSNS if fakes is None else fakes):
            raise BadInput(FAKE_SSN)
        return ParsedNumber(ImporterNumberType.SSN, number, masked(number))
    if CBP.fullmatch(number):
        return ParsedNumber(ImporterNumberType.CBP_ASSIGNED, number, number)
    raise BadInput(_expected(number))


def root_of(text: str) -> str | None:
    """The root if this is a bare IRS number, which finds every number of that root."""
    found = EIN.fullmatch(text.strip().upper())
    return found[1] if found and not found[2] else None


def masked(number: str) -> str:
    """The number as it may be shown where its type is not known: its last four characters."""
    return "***-**-" + number.strip()[-4:]


def filer_code(text: str) -> str:
    """The code in capitals. Raises BadInput."""
    return _matched(FILER_CODE, text, FILER_FORM)


def entry_number(text: str) -> str:
    """The entry number in capitals. Raises BadInput for its form or its check digit."""
    number = _matched(ENTRY, text, ENTRY_FORM)
    if FILER_CODE.fullmatch(number[:3]) is None:
        raise BadInput(ENTRY_FORM)
    if check_digit(number[:3] + number[4:11]) != number[-1]:
        raise BadInput(ENTRY_CHECK)
    return number


def check_digit(body: str) -> str:
    """The check digit of filer code and seven digits: Luhn, letters as CATAIR counts them."""
    digits = [_value(character) * (1 + place % 2) for place, character in enumerate(body)]
    return str(-sum(digit // 10 + digit % 10 for digit in digits) % 10)


def lei(text: str) -> str:
    """The LEI in capitals, its check digits verified. Raises BadInput."""
    number = text.strip().upper()
    if len(number) != 20 or not number.isascii() or not lei_number.is_valid(number):
        raise BadInput(LEI_FORM)
    return number


def duns(text: str) -> str:
    """The nine digits of a DUNS number. Raises BadInput."""
    found = DUNS.fullmatch(text.strip())
    if found is None:
        raise BadInput(DUNS_FORM)
    return "".join(found.groups())


def _ein(root: str, suffix: str | None) -> ParsedNumber:
    number = root + (suffix or "00")
    note = None if suffix else BARE_EIN
    return ParsedNumber(ImporterNumberType.IRS_EIN, number, number, root, suffix or "00", note)


def _expected(number: str) -> str:
    """The form of the type that the hyphens tell."""
    hyphens = [place for place, character in enumerate(number) if character == "-"]
    forms = {(2,): EIN_FORM, (3, 6): SSN_FORM, (6,): CBP_FORM}
    return forms.get(tuple(hyphens), NUMBER_FORM)


def _value(character: str) -> int:
    """A digit's own value; A-I are 1-9, J-R are 1-9, S-Z are 2-9."""
    if character.isdigit():
        return int(character)
    place = ord(character) - ord("A")
    return place % 9 + 1 if place < 18 else place - 16


def _matched(pattern: re.Pattern[str], text: str, form: str) -> str:
    found = text.strip().upper()
    if pattern.fullmatch(found) is None:
        raise BadInput(form)
    return found
