"""Importer numbers and filer codes as callers write them."""

from collections.abc import Sequence

from graph import identifiers
from graph.commands.writing import Path, Writing
from graph.errors import BadInput
from graph.identifiers import IdentifierKey, ParsedNumber
from graph.load import look
from graph.load.references import code_row, number_row
from graph.load.rotation import rekey
from graph.load.rows import NodeRow
from graph.terms import UserErrorCode

TWICE = "This is given twice. Keep one."


def parsed(writing: Writing, text: str, *path: Path) -> ParsedNumber | None:
    """A number in its one spelling; noted, never with the number, if it has no form."""
    try:
        return identifiers.parse_number(text)
    except BadInput as error:
        writing.refuse(UserErrorCode.INVALID_FORMAT, str(error), *path)
        return None


def coded(writing: Writing, text: str, *path: Path) -> str | None:
    """A filer code in its one spelling; noted if it has no form."""
    try:
        return identifiers.filer_code(text)
    except BadInput as error:
        writing.refuse(UserErrorCode.INVALID_FORMAT, str(error), *path)
        return None


def all_parsed(
    writing: Writing, texts: Sequence[str], *path: Path
) -> list[tuple[int, ParsedNumber]]:
    """The numbers of a list with their places, none twice."""
    found: list[tuple[int, ParsedNumber]] = []
    for at, text in enumerate(texts):
        number = parsed(writing, text, *path, at)
        if number is None:
            continue
        if any(number.canonical == other.canonical for _, other in found):
            writing.refuse(UserErrorCode.ALREADY_EXISTS, TWICE, *path, at)
        found.append((at, number))
    return found


def all_coded(writing: Writing, texts: Sequence[str], *path: Path) -> list[tuple[int, str]]:
    """The codes of a list with their places, none twice."""
    found: list[tuple[int, str]] = []
    for at, text in enumerate(texts):
        code = coded(writing, text, *path, at)
        if code is None:
            continue
        if any(code == other for _, other in found):
            writing.refuse(UserErrorCode.ALREADY_EXISTS, TWICE, *path, at)
        found.append((at, code))
    return found


async def number_rows(
    writing: Writing, numbers: Sequence[ParsedNumber], key: IdentifierKey
) -> list[NodeRow]:
    """The things of numbers: those there are, or new ones."""
    await rekey(writing.ask, (number_row(number, key, 0) for number in numbers))
    lookups = {key.lookup(number.canonical) for number in numbers}
    known = await look.numbers(writing.ask, lookups)
    rows = []
    for number in numbers:
        there = known.get(key.lookup(number.canonical), "").partition(":")[2]
        rows.append(number_row(number, key, 0, there or None))
    return rows


def code_rows(codes: Sequence[str], broker: bool) -> list[NodeRow]:
    """The things of codes."""
    return [code_row(code, 0, "BROKER" if broker else "SELF_FILER") for code in codes]
