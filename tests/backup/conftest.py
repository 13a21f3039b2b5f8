"""A graph, its backup, and the graph that was made of it: once for all tests."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph import backup
from graph.backup.making import Made
from graph.identifiers import IdentifierKey
from graph.local import start_local
from tests.backup import world
from tests.backup.world import World
from tests.canaries.marks import Marks


@dataclass(frozen=True, slots=True)
class Drill:
    """What was saved, by whom and where."""

    folder: Path  # holds `graph`, and beside it `key`
    key: IdentifierKey
    marks: Marks
    ssn: str
    world: World
    made: Made

    @property
    def data(self) -> Path:
        return self.folder / "graph"

    @property
    def key_file(self) -> Path:
        return self.folder / "key"


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    folder = tmp_path_factory.mktemp("drill")
    key = IdentifierKey.at(folder / "key")
    marks = Marks(secrets.token_hex(8))
    ssn = marks.new("the graph")
    with start_local(folder / "graph", quick=True) as database:
        found = asyncio.run(world.written(database.address, key, ssn))
    at = datetime.now(UTC)
    file = backup.target(folder / "graph", folder, at)
    made = backup.back_up(folder / "graph", file, key, at, product="0.0.0", quick=True)
    return Drill(folder, key, marks, ssn, found, made)
