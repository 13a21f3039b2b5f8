"""The page docs/writing.md: its documents are valid, its codes and mutations are the schema's."""

import re
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, build_schema, parse, validate

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
SCHEMA = build_schema((ROOT / "docs" / "schema.graphql").read_text(encoding="utf-8"))
DOCUMENTS = re.findall(r'"query": "([^"]*)"', PAGE)


def section(title: str) -> str:
    """The text below a heading."""
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_page_has_documents() -> None:
    assert [document.split()[0] for document in DOCUMENTS] == ["mutation", "subscription", "query"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_is_valid(document: str) -> None:
    assert validate(SCHEMA, parse(document)) == []


def test_the_codes_are_those_of_the_schema() -> None:
    codes = SCHEMA.type_map["UserErrorCode"]
    assert isinstance(codes, GraphQLEnumType)

    told = re.findall(r"`([A-Z_]+)`", "".join(re.findall(
        r"^\| `[A-Z].*?(?= \| )", section("Refused: `userErrors`"), re.MULTILINE)))  # fmt: skip

    assert sorted(told) == sorted(codes.values)


def test_the_mutations_named_are_there() -> None:
    written = SCHEMA.mutation_type
    assert written

    named = set(re.findall(r"`([a-z]+[A-Z]\w*)`", section("Which write")))

    assert named
    assert named <= set(written.fields)
