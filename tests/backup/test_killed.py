"""kill -9 of `backup` and of `restore`: nothing half is taken for whole, and the same again ends.

A run kills one backup and two restores; BACKUP_KILLS=20 says how many of each. BACKUP_SEED, which
is printed, repeats at which steps.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random, SystemRandom

from graph import backup
from graph.backup.archive import DRAFT
from tests.backup.conftest import Drill
from tests.processes import COMMAND, ROOT

KILLS = int(os.environ.get("BACKUP_KILLS", "0"))
SEED = int(os.environ.get("BACKUP_SEED", "0")) or SystemRandom().randrange(1, 1_000_000)
SAVING = ("Starting the database", "Reading what there is to save", "Saving the database")
RESTORING = (
    "Loading the database",
    "Starting the database",
    "Checking what was stored",
    "Comparing it with what was saved",
)
PATIENCE = 300.0


class Verb:
    """A verb of the command line, on a data folder."""

    def __init__(self, drill: Drill, data: Path) -> None:
        others = {name: value for name, value in os.environ.items() if "GRAPH_" not in name}
        ours = {"DATA": str(data), "IDENTIFIER_KEY_FILE": str(drill.key_file)}
        self.environment = {**others, **ours, "PYTHONPATH": str(ROOT)}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def killed(self, step: str, seconds: float, *words: str) -> None:
        """Begin it, and kill it so long after it has told this step."""
        with subprocess.Popen(
            [*COMMAND, *words],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stderr
            for line in process.stderr:
                if line.strip() == step:
                    break
            time.sleep(seconds)
            process.kill()
        assert process.returncode in (-signal.SIGKILL, 0)  # it may have been quick


def chosen(random: Random, daily: Sequence[str], steps: Sequence[str]) -> list[str]:
    """At which steps to kill."""
    return [random.choice(steps) for _ in range(KILLS)] or list(daily)


def test_a_backup_that_is_killed_leaves_none_that_is_half(drill: Drill, tmp_path: Path) -> None:
    sys.stdout.write(f"\nBACKUP_SEED={SEED}\n")
    random, data = Random(SEED), tmp_path / "graph"
    shutil.copytree(drill.data, data)
    verb = Verb(drill, data)

    for turn, step in enumerate(chosen(random, SAVING[2:], SAVING)):
        file = tmp_path / f"{turn}.backup"
        verb.killed(step, random.uniform(0, 1.5), "backup", str(file))
        if file.exists():
            backup.examined(file, drill.key_file)
    done = verb.run("backup", str(tmp_path / "whole.backup"))
    read = verb.run("backup", "--verify", str(tmp_path / "whole.backup"))

    assert done.returncode == 0, done.stderr
    assert done.stdout == read.stdout
    assert f"digest {drill.made.manifest.figures.digest}\n" in read.stdout
    assert f"Keep the key {drill.key_file} elsewhere" in done.stderr
    assert [path for path in tmp_path.iterdir() if path.name.endswith(DRAFT)] == []


def test_a_restore_that_is_killed_ends_when_it_is_given_again(drill: Drill, tmp_path: Path) -> None:
    sys.stdout.write(f"\nBACKUP_SEED={SEED}\n")
    random, data = Random(SEED), tmp_path / "graph"
    verb, file = Verb(drill, data), str(drill.made.file)

    for step in chosen(random, (RESTORING[0], RESTORING[3]), RESTORING):
        verb.killed(step, random.uniform(0, 1.5), "restore", file)
    done = verb.run("restore", file)

    assert done.returncode == 0, done.stderr
    assert "digest and counts are the same, and 2 of 2 numbers that were looked up" in done.stderr
    assert f"digest {drill.made.manifest.figures.digest}\n" in done.stdout
    assert not (data / "restoring").exists()
