"""A folder of a module's own, and a server on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.product import Serving
from tests.processes import ROOT


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("product")


@pytest.fixture(scope="module")
def environment(folder: Path) -> dict[str, str]:
    ours = {"DATA": str(folder / "graph"), "IDENTIFIER_KEY_FILE": str(folder / "keys" / "k")}
    others = {name: value for name, value in os.environ.items() if not name.startswith("GRAPH_")}
    return {**others, **ours, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def serving(environment: dict[str, str], folder: Path) -> Iterator[Serving]:
    server = Serving(environment, folder / "server.log")
    try:
        server.wait()
        yield server
    finally:
        server.process.kill()
        server.process.wait()
