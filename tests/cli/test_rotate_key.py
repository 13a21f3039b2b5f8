"""`rotate-key` where there is nothing to rotate; what it does is told beside it."""

import os
import subprocess
from pathlib import Path

from tests.processes import COMMAND, ROOT


def rotated(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the verb says of a folder."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("GRAPH_")}
    ours = {"DATA": str(folder / "graph"), "IDENTIFIER_KEY_FILE": str(folder / "k")}
    environment = {**others, **ours, "PYTHONPATH": str(ROOT)}
    command = [*COMMAND, "rotate-key"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_no_key_is_rotated_where_there_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "k").write_text("0" * 64)

    refused = rotated(tmp_path)

    assert refused.returncode == 2
    assert f"There is no graph in {tmp_path / 'graph'}" in refused.stderr
    assert (tmp_path / "k").read_text() == "0" * 64
    assert [path.name for path in tmp_path.iterdir()] == ["k"]


def test_no_key_is_made_to_follow_one_that_is_lost(tmp_path: Path) -> None:
    (tmp_path / "graph" / "data" / "databases" / "system").mkdir(parents=True)

    refused = rotated(tmp_path)

    assert refused.returncode == 2
    assert f"There is no key in {tmp_path / 'k'}" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["graph"]
