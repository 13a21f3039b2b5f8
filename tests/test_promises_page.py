"""The page docs/promises.md: every promise has a row, and what it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/promises.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (R\d+) \| (.*) \|$", PAGE, re.MULTILINE))
FILES = sorted(set(re.findall(r"`((?:tests|graph|benchmarks)/[\w/.]+)`", PAGE)))
TARGETS = sorted(set(re.findall(r"`make ([a-z-]+)`", PAGE)))
VARIABLES = sorted(set(re.findall(r"`([A-Z]+_?[A-Z]+)(?:=\d+)?`", PAGE)))


def cells(number: str) -> list[str]:
    """What a row says beside its number."""
    return [cell.strip() for cell in re.split(r" \|(?= )", " " + ROWS[number] + " ")]


def test_every_promise_has_a_row_of_six_cells() -> None:
    assert list(ROWS) == [f"R{number}" for number in range(1, 31)]
    assert {len(cells(number)) for number in ROWS} == {5}


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_named_is_there(file: str) -> None:
    assert (ROOT / file).exists()


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_that_is_named_is_there(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_that_is_named_is_read(variable: str) -> None:
    read = [path for path in (ROOT / "tests").rglob("*.py") if f'"{variable}"' in path.read_text()]

    assert read or variable in {"CONFLICT", "UNAVAILABLE"}


@pytest.mark.parametrize("number", sorted(ROWS))
def test_a_promise_is_shown_or_said_to_be_missing(number: str) -> None:
    _, shown, *_, missing = cells(number)

    assert "`" in shown or missing


def test_the_page_is_found_from_those_that_lead_to_it() -> None:
    for page, link in (("README.md", "docs/promises.md"), ("docs/security.md", "promises.md")):
        assert f"]({link})" in (ROOT / page).read_text(encoding="utf-8")
