"""Text as it is compared: one spelling for names that people write in many ways."""

import unicodedata


def fold(name: str) -> str:
    """The name as search and order see it: no marks, no case, single spaces."""
    if name.isascii():  # which most names are
        return " ".join(name.lower().split())
    spelled = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(mark for mark in spelled if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())


def named(column: str) -> str:
    """A column as a message may name it: a file without a header has values in its place."""
    plain = len(column) <= 40 and sum(map(str.isdigit, column)) <= 2
    return column if plain else "(not shown here: it may be a value)"
