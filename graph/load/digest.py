"""A digest of the whole graph: equal for equal graphs, whenever and in whatever order written."""

import hashlib
from typing import Any

import orjson
from neo4j import Query

from graph.queries import query
from graph.rows import OPEN_INSTANT
from graph.session import Graph

PAGE = 1000
INSTANTS = {
    "recordedAt",
    "changedAt",
    "recordedTo",
    "retrievedAt",
    "installedAt",
}  # when it was written
STATEMENTS = (
    query("load/digest_entities"),
    query("load/digest_others"),
    query("load/digest_periods"),
    query("load/digest_formers"),
    query("load/digest_claims"),
)


async def digest(graph: Graph) -> str:
    """SHA-256 over all things and claims in key order, a page at a time."""
    found = hashlib.sha256()
    for statement in STATEMENTS:
        await _add(graph, statement, found)
    return found.hexdigest()


async def _add(graph: Graph, statement: Query, found: "hashlib._Hash") -> None:
    after = ""
    while rows := await graph.read(statement, after=after, limit=PAGE):
        for row in rows:
            plain = _plain(row)
            found.update(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS, default=_text) + b"\n")
        after = rows[-1]["place"]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Without the instants of writing; what stands is told apart from what is superseded."""
    parts = [row["properties"]] if "properties" in row else []
    parts += [claim["properties"] for claim in row.get("claims", ()) if claim["properties"]]
    for properties in parts:
        if "recordedTo" in properties:
            properties["stands"] = properties["recordedTo"].year == OPEN_INSTANT.year
        for name in INSTANTS & properties.keys():
            del properties[name]
    return {**row, "labels": sorted(row.get("labels", ()))}


def _text(value: object) -> str:
    return str(value)
