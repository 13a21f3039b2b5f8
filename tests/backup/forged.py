"""Backups as the product would write them, of whatever a test wants in them."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from graph.backup import archive
from graph.backup.manifest import Figures, Manifest

FIGURES = Figures(
    nodes=2, labels={"Account": 2}, types={}, keys={}, migrations={}, rules={}, sequence=0,
    earliest=1, digest="none",
)  # fmt: skip
MANIFEST = Manifest(
    product="9.9.9", neo4j="5.26.28", at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    incarnation=None, root=None, store=1, dump=0, sha256="", figures=FIGURES,
)  # fmt: skip


def forged(path: Path, dump: bytes = b"a dump", manifest: Manifest = MANIFEST) -> Path:
    """A file that is whole, with this in it."""
    with archive.Draft(path) as draft:
        size, sha256 = draft.dump(io.BytesIO(dump))
        draft.keep(replace(manifest, dump=size, sha256=sha256))
    return path


def changed(path: Path, to: Path, change: Callable[[Manifest], Manifest]) -> Path:
    """The same dump with another manifest."""
    manifest = archive.verified(path)
    with archive.dump_of(path) as dump:
        return forged(to, dump.read(), change(manifest))
