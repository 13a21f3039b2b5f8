"""Typed text as full-text queries: cut into folded words, so that nothing else needs escaping."""

import re

from graph.text import fold

WORD = re.compile(r"\w+(?:[.'\u2019]\w+)*")


def expression(text: str) -> str | None:
    """A query for names with words that begin with these words; None if there is no word."""
    found = WORD.findall(fold(text))
    return " AND ".join(f"({word} OR {word}*)" for word in found) if found else None
