"""Files to load, and a load of them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from graph.identifiers import IdentifierKey
from graph.load import Report, load
from graph.session import Graph

AT = datetime(2024, 12, 1, tzinfo=UTC)


def written(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


async def taken(graph: Graph, key: IdentifierKey, content: str, *files: Path) -> Report:
    return await load(graph, content, files, at=AT, key=key)
