"""Typed text as full-text queries: cut into folded words, so that nothing else needs escaping."""

import re
from collections.abc import Sequence

from graph.text import fold

WORD = re.compile(r"\w+(?:[.'\u2019]\w+)*")


def search_name(name: str) -> str:
    """A name as it is searched and ordered: its folded words, one space between them.

    What stands between words does not count, so whoever splits it at spaces finds the words that
    the full-text indexes know. A name without any word stays as it is folded.
    """
    folded = fold(name)
    return " ".join(WORD.findall(folded)) or folded


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(WORD.findall(fold(text)))


def begun(found: Sequence[str]) -> str:
    """A query for names with words that begin with these folded words, of which there is one."""
    return " AND ".join(f"({word} OR {word}*)" for word in found)


def expression(text: str) -> str | None:
    """A query for names with words that begin with these words; None if there is no word."""
    found = words(text)
    return begun(found) if found else None
