"""Social security numbers in texts, however they are written."""

import pytest

from graph.secrecy import hidden, tells_ssn
from tests.canaries.marks import NUMBERS, SPELLINGS

OTHERS = [
    "12-3456789AB", "061234-12345", "ABC-1234567-6", "312 555 0110", "+1 312-555-0110",
    "2026-11-26", "15-048-3782", "219-09-99991", "1219-09-9999", "219-0-9999",
    "5493001KJTIIGC8Y1R12", "Q7Z", "60606-4321", "123-45-67890", "3.14.15", "Harbor Mill",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("spelled", sorted(set(SPELLINGS) - {"nothing"}))
def test_a_number_is_seen_in_a_text(number: str, spelled: str) -> None:
    text = f"of {SPELLINGS[spelled](number)}, they say"

    assert tells_ssn(text)
    assert number[-4:] in hidden(text)
    assert not tells_ssn(hidden(text))
    assert number[:3] not in hidden(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert not tells_ssn(text)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("219099999", True),
        ("of 219099999.", True),
        ("\uff12\uff11\uff19\uff10\uff19\uff19\uff19\uff19\uff19", True),
        ("000099999", False),  # no such number was ever given out
        ("666099999", False),
        ("987654321", False),
        ("219009999", False),
        ("219090000", False),
        ("2190999990", False),
        ("DUNS-219099999", False),
        ("LR219099999", False),
    ],
)
def test_nine_digits_count_where_they_may_be_one(text: str, tells: bool) -> None:
    assert tells_ssn(text, bare=True) is tells
    assert not tells_ssn(text)


def test_what_looks_like_a_number_of_any_type_is_masked() -> None:
    assert hidden("12-3456789AB and 219 09 9999") == "***-**-89AB and ***-**-9999"
    assert hidden("Harbor") == "Harbor"
