"""Five start on one folder at once: one has it, and again when that one is killed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from graph.address import Address
from graph.local_conf import USER
from tests.graph.test_local import ask, runs, wait_until

STARTERS = 5
SECONDS = 30.0  # a refusal takes milliseconds, on a machine that is not busy
STARTER = """
import json, sys, time
from pathlib import Path
from graph.errors import SetupError
from graph.local import start_local
print("here", flush=True)
sys.stdin.readline()
begun = time.monotonic()
try:
    with start_local(Path(sys.argv[1]), quick=True) as database:
        print(json.dumps({"port": database.port, "child": database.pid}), flush=True)
        sys.stdin.readline()
except SetupError as error:
    print(json.dumps({"refused": str(error), "after": time.monotonic() - begun}), flush=True)
"""
Starter = subprocess.Popen[str]


@contextmanager
def starters(folder: Path) -> Iterator[list[Starter]]:
    """Processes that have begun to start, all at once."""
    command = [sys.executable, "-c", STARTER, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with ExitStack() as ended:
        found = [
            ended.enter_context(subprocess.Popen(command, text=True, **pipes))  # type: ignore[call-overload]
            for _ in range(STARTERS)
        ]
        for each in found:
            ended.callback(each.kill)
            assert line(each) == "here"
        for each in found:
            each.stdin.write("\n")
            each.stdin.flush()
        yield found


def line(starter: Starter) -> str:
    assert starter.stdout
    return starter.stdout.readline().strip()


def one_of(found: list[Starter], folder: Path) -> tuple[Starter, int, Address]:
    """The one that has the folder, its child, and where it answers; the others were refused."""
    told = [json.loads(line(each)) for each in found]
    refused = [each for each in told if "refused" in each]
    [place] = [place for place, each in enumerate(told) if "port" in each]

    assert len(refused) == STARTERS - 1
    for each in refused:
        assert each["refused"].startswith(f"A server already runs on the data folder {folder} ")
        assert each["after"] < SECONDS
    password = (folder / "password").read_text().strip()
    address = Address(f"bolt://127.0.0.1:{told[place]['port']}", USER, password)
    return found[place], told[place]["child"], address


def test_of_five_at_once_one_has_the_folder(tmp_path: Path) -> None:
    with starters(tmp_path) as found:
        winner, child, address = one_of(found, tmp_path)
        ask(address, "CREATE (:Kept {name: 'before'})")
        winner.kill()
        with starters(tmp_path) as others:
            _, another, address = one_of(others, tmp_path)

            assert another != child
            wait_until(lambda: not runs(child))
            assert ask(address, "MATCH (kept:Kept) RETURN kept.name") == ["before"]
