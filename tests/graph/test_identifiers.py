"""Importer numbers, codes and the key they are looked up with."""

from pathlib import Path

import pytest

from graph import identifiers
from graph.errors import BadInput, SetupError
from graph.identifiers import IdentifierKey, parse_number
from graph.terms import ImporterNumberType
from graph.text import fold

NOBODY = "219-09-9999"  # on the list of numbers known from print; accepted where it is emptied


@pytest.mark.parametrize(
    ("_case", "text", "canonical", "root", "suffix"),
    [
        ("an IRS number", "30-064135300", "30-064135300", "30-0641353", "00"),
        ("its letters in capitals", " 12-3456789ab ", "12-3456789AB", "12-3456789", "AB"),
        ("a bare one", "12-3456789", "12-345678900", "12-3456789", "00"),
        ("one assigned by CBP", "061234-12345", "061234-12345", None, None),
    ],
)
def test_a_number_has_one_spelling(
    _case: str, text: str, canonical: str, root: str | None, suffix: str | None
) -> None:
    parsed = parse_number(text)

    assert (parsed.canonical, parsed.root, parsed.suffix) == (canonical, root, suffix)
    assert parsed.display == canonical


def test_a_bare_number_says_what_was_assumed() -> None:
    assert parse_number("12-3456789").note == identifiers.BARE_EIN
    assert parse_number("12-345678900").note is None
    assert identifiers.root_of("12-3456789") == "12-3456789"
    assert identifiers.root_of("12-345678900") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("12-3456789OI", identifiers.EIN_FORM),
        ("12-3456789Z1", identifiers.EIN_FORM),
        ("12-3456789A", identifiers.EIN_FORM),
        ("12-34567٣9", identifiers.EIN_FORM),
        ("123456789AB", identifiers.NUMBER_FORM),
        ("", identifiers.NUMBER_FORM),
        ("666-12-3456", identifiers.SSN_FORM),
        ("900-12-3456", identifiers.SSN_FORM),
        ("123-00-4567", identifiers.SSN_FORM),
        ("078-05-1120", identifiers.FAKE_SSN),
        ("0612A4-12345", identifiers.CBP_FORM),
    ],
)
def test_a_wrong_number_is_told_its_form_and_not_repeated(text: str, message: str) -> None:
    with pytest.raises(BadInput) as raised:
        parse_number(text)

    assert str(raised.value) == message


def test_a_social_security_number_is_masked_and_stays_out_of_reprs() -> None:
    parsed = parse_number(NOBODY, fakes=frozenset())

    assert parsed.type is ImporterNumberType.SSN
    assert parsed.display == "***-**-9999"
    assert "219" not in repr(parsed)


def test_taxpayer_numbers_are_taken_only_where_it_is_configured() -> None:
    assert parse_number("900-12-3456", itins=True).display == "***-**-3456"


@pytest.mark.parametrize(
    "text", ["ABC-1234567-6", "999-9999999-0", "sp7-0000001-4", "B76-0324527-8"]
)
def test_an_entry_number_carries_its_check_digit(text: str) -> None:
    assert identifiers.entry_number(text) == text.upper()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SP7-0000001-5", identifiers.ENTRY_CHECK),
        ("000-0000001-5", identifiers.ENTRY_FORM),
        ("SP70000001-5", identifiers.ENTRY_FORM),
    ],
)
def test_a_wrong_entry_number_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadInput) as raised:
        identifiers.entry_number(text)

    assert str(raised.value) == message


def test_codes_and_registrations() -> None:
    assert identifiers.filer_code("q7z") == "Q7Z"
    assert identifiers.lei("5493001kjtiigc8y1r12") == "5493001KJTIIGC8Y1R12"
    assert identifiers.duns("12-345-6789") == "123456789"
    for parse, text in (
        (identifiers.filer_code, "000"),
        (identifiers.lei, "5493001KJTIIGC8Y1R13"),
        (identifiers.duns, "12345678"),
    ):
        with pytest.raises(BadInput):
            parse(text)


def test_the_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "identifier.key"

    key = IdentifierKey.at(path)

    assert IdentifierKey.at(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["identifier.key"]
    assert key.lookup("12-345678900") != key.lookup("12-345678901")
    assert key.number_id("12-345678900")[:2] == "N-"
    assert len(key.number_id("12-345678900")) == 26
    assert key.derive(b"cursors") != key.derive(b"other")
    assert key.attribute("PHONE", "+1") != key.attribute("EMAIL", "+1")
    assert key.secret.hex() not in repr(key)


@pytest.mark.parametrize(("mode", "text"), [(0o644, "0" * 64), (0o600, "short")])
def test_a_key_that_others_read_or_that_is_none_is_refused(
    tmp_path: Path, mode: int, text: str
) -> None:
    path = tmp_path / "identifier.key"
    path.write_text(text)
    path.chmod(mode)

    with pytest.raises(SetupError):
        IdentifierKey.at(path)


def test_folding_twice_is_folding_once() -> None:
    characters = [chr(code) for code in range(0x2FFFF) if not 0xD800 <= code < 0xE000]

    changing = [c for c in characters if fold(fold(f"a{c}b")) != fold(f"a{c}b")]

    assert changing == []


def test_folding_takes_marks_case_and_spaces() -> None:
    assert fold("  Å la  Straße ﬁn") == "a la strasse fin"
