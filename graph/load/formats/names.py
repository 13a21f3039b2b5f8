"""Parties that a source knows by their names only."""

import hashlib
import re

from graph.load.rows import NodeRow
from graph.text import fold
from graph.words import search_name

LABELS = ("Party", "Organization")
ALL = 1_000_000_000  # parts per billion: the whole


def party(kind: type[NodeRow], source: str, id_: str, name: str, line: int) -> NodeRow:
    """An organization under an id of a source's own."""
    properties: dict[str, object] = {"name": name, "searchName": search_name(name)}
    return kind("Party", f"{source}-{id_}", LABELS, properties, line)


def by_name(kind: type[NodeRow], source: str, name: str, line: int) -> NodeRow:
    """One name, whatever its case and punctuation, is one party, under the spelling met first."""
    plain = " ".join(re.sub(r"[^\w]+", " ", fold(name).replace("&", " and ")).split())
    return party(kind, source, hashlib.sha256(plain.encode()).hexdigest()[:16], name, line)
