"""The pages of docs/use-cases: one for each operation that is answered, true to it."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OPERATIONS = ROOT / "docs" / "operations"
PAGES = ROOT / "docs" / "use-cases"
LINES = 80
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def answered() -> list[str]:
    """The operations that the schema answers."""
    later = tomllib.loads((ROOT / "tests/conformance/not_yet.toml").read_text(encoding="utf-8"))
    waiting = {name for names in later["operations"].values() for name in names}
    names = [path.stem for path in sorted(OPERATIONS.glob("*.graphql"))]
    return [name for name in names if name not in waiting]


def operation(name: str) -> str:
    """The text of an operation."""
    return (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")


def page(name: str) -> str:
    """The text of a page."""
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def pages() -> list[str]:
    """All pages but the index."""
    return sorted(path.stem for path in PAGES.glob("*.md") if path.stem != "README")


def blocks(name: str) -> list[tuple[str, str]]:
    """The blocks of code of a page: the language and the text."""
    return BLOCK.findall(page(name))


def test_every_operation_has_a_page_and_no_other() -> None:
    assert pages() == answered()


@pytest.mark.parametrize("name", pages())
def test_a_page_is_headed_by_the_question_of_its_operation(name: str) -> None:
    question = operation(name).splitlines()[0].removeprefix("# ")

    assert page(name).splitlines()[0] == f"# {question}"


@pytest.mark.parametrize("name", pages())
def test_a_page_leads_to_its_operation_and_its_variables(name: str) -> None:
    for ending in ("graphql", "json"):
        assert f"(../operations/{name}.{ending})" in page(name)


@pytest.mark.parametrize("name", pages())
def test_the_variables_of_a_page_are_those_of_the_demo_world(name: str) -> None:
    given = json.loads((OPERATIONS / f"{name}.json").read_text(encoding="utf-8"))

    [told] = [json.loads(text) for language, text in blocks(name) if language == "json"]

    assert told.keys() == given.keys()
    assert {**told, "moment": None} == {**given, "moment": None}


@pytest.mark.parametrize("name", pages())
def test_an_answer_names_nothing_that_the_operation_does_not_ask(name: str) -> None:
    words = set(re.findall(r"\w+", operation(name)))

    [answer] = [text for language, text in blocks(name) if language == "js"]

    assert set(re.findall(r"(\w+):(?= |$)", re.sub(r'"[^"]*"', "", answer), re.MULTILINE)) <= words


@pytest.mark.parametrize("name", pages())
def test_a_page_is_short(name: str) -> None:
    assert len(page(name).splitlines()) < LINES


def test_the_index_leads_to_every_page() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")

    assert sorted(set(re.findall(r"\(([\w-]+)\.md\)", index))) == pages()
