"""Typed text as full-text queries: cut into folded words, so that nothing else needs escaping."""

import re

from graph.text import fold

WORD = re.compile(r"\w+(?:[.'\u2019]\w+)*")


def search_name(name: str) -> str:
    """A name as it is searched and ordered: its folded words, one space between them.

    What stands between words does not count, so whoever splits it at spaces finds the words that
    the full-text indexes know. A name without any word stays as it is folded.
    """
    folded = fold(name)
    return " ".join(WORD.findall(folded)) or folded


def expression(text: str) -> str | None:
    """A query for names with words that begin with these words; None if there is no word."""
    found = WORD.findall(fold(text))
    return " AND ".join(f"({word} OR {word}*)" for word in found) if found else None
