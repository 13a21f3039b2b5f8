"""A job as the server that runs it knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from graph.load.rows import Source
from graph.rows import native
from graph.terms import FileFormat, ImportContent


@dataclass(frozen=True, slots=True)
class Claimed:
    """A load that this server may run; `run` names it on the node, `tries` counts from 1."""

    key: str
    run: str
    tries: int
    content: str
    format: str
    file: str
    source: Source
    dry_run: bool
    reason: str | None
    actor: str  # who started it, as the change log names them
    done: int  # rows, when a run before this one ended

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Claimed":
        """From what the node says."""
        read = native(said.get("retrievedAt"))
        return cls(
            said["key"],
            said["run"],
            said["tries"],
            loader_word(ImportContent(said["content"])),
            loader_word(FileFormat(said["format"])),
            said["file"],
            Source(
                said["source"],
                said.get("sourceReference"),
                said.get("sourceUrl"),
                read and read.astimezone(UTC),
            ),
            said["dryRun"],
            said.get("reason"),
            said.get("actor") or said["owner"],
            said["done"],
        )


def loader_word(term: ImportContent | FileFormat) -> str:
    """How the loader spells a content or a format."""
    return term.value.lower().replace("_", "-")
