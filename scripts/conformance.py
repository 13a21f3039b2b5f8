"""Judge the product's endpoint by the conformance kit, over the demonstration graph.

`python scripts/conformance.py` runs every script that `tests/conformance/not_yet.toml` does not
leave out, then the example clients of docs/clients, then random writes until the graph is no longer
what it was; `python scripts/conformance.py relay errors writes` runs these. A check that is skipped
fails; with `NO_SKIP=` in the environment it does not.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import conformance_settings
import example_clients
from graphql import build_schema, parse, validate

from config import environment
from graph.local_lock import joined

ROOT = Path(__file__).parents[1]
PRODUCT = str(Path(sys.executable).with_name("account-graph"))
KIT = ROOT / "tests" / "conformance"
OPERATIONS = ROOT / "docs" / "operations"
STREAMS = "1000"  # of the kit's one caller, who opens some hundred at once
NO_FLOOR = {"DISK_FLOOR": "0"}  # however full this machine is
STARTED_WITHIN = 900.0
WRITES = "writes"  # in the place of a script: the kit's fuzz, of mutations


def main(scripts: list[str]) -> int:
    """The kit's exit status."""
    not_yet = tomllib.loads((KIT / "not_yet.toml").read_text(encoding="utf-8"))
    waiting = {name for names in not_yet["operations"].values() for name in names}
    listed = subprocess.run([KIT / "run", "--list"], capture_output=True, text=True, check=True)
    known = listed.stdout.split()
    if unknown := not_yet["scripts"].keys() - set(known):
        sys.exit(f"not_yet.toml names scripts that the kit does not have: {sorted(unknown)}")
    wanted = scripts or [*(name for name in known if name not in not_yet["scripts"]), WRITES]
    chosen = [name for name in wanted if name != WRITES]
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        operations = built(Path(folder) / "operations", waiting)
        subprocess.run([KIT / "run", "--install"], check=True)
        manifest = manifested(Path(folder) / "manifest.json", operations)
        with served(Path(folder), manifest) as (address, process):
            given = conformance_settings.settings(
                address, process, operations, Path(folder) / "graph"
            )
            with trusting(Path(folder), manifest) as trusted:
                given |= {"MANIFEST": str(manifest), "TRUSTED_URL": trusted + "/graphql"}
                failed = judged(chosen, given) if chosen else 0
            if not scripts:
                failed |= min(example_clients.main(address, given["AUTH"]), 1)
            if WRITES in wanted:
                failed |= judged(["fuzz"], given | writes())
    if not scripts:
        for name, reason in not_yet["scripts"].items():
            say(f"not yet: {name}, {reason}")
    return failed


def judged(scripts: list[str], given: dict[str, str]) -> int:
    """The kit's exit status for some scripts."""
    done = subprocess.run([KIT / "run", *scripts], env={**os.environ, **given}, check=False)
    return done.returncode


def writes() -> dict[str, str]:
    """What makes the kit's fuzz one of mutations; run last, for nobody knows what they leave."""
    read = build_schema(conformance_settings.SDL.read_text(encoding="utf-8")).query_type
    assert read
    return {
        "FUZZ_MUTATIONS": "1",
        "FUZZ_EXCLUDE": ",".join(f"Query.{name}" for name in read.fields),
        "FUZZ_SECONDS": "170",
        "SCRIPT_TIMEOUT": "180",
    }


def built(folder: Path, waiting: set[str]) -> Path:
    """A folder with the operations of the contract that the schema answers already."""
    schema = build_schema(conformance_settings.SDL.read_text(encoding="utf-8"))
    folder.mkdir()
    wrong = []
    for document in sorted(OPERATIONS.glob("*.graphql")):
        text = document.read_text(encoding="utf-8")
        valid = not validate(schema, parse(text))
        if valid is (document.stem in waiting):
            wrong.append(document.stem)
        if valid:
            shutil.copy(document, folder)
            if (variables := document.with_suffix(".json")).is_file():
                shutil.copy(variables, folder)
    if wrong:
        sys.exit(f"not_yet.toml is not true for these operations: {', '.join(wrong)}")
    return folder


def manifested(file: Path, operations: Path) -> Path:
    """The manifest of these operations."""
    with file.open("w") as out:
        subprocess.run([PRODUCT, "manifest", operations], stdout=out, check=True)
    return file


@contextmanager
def served(folder: Path, manifest: Path) -> Iterator[tuple[str, int]]:
    """The demonstration graph in a folder of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "GRAPH_URI"}
    environment["IDENTIFIER_KEY_FILE"] = str(folder / "identifier.key")
    environment["TRUSTED_DOCUMENTS"] = str(manifest)
    environment["STREAMS_PER_CALLER"] = STREAMS
    with running(["--demo", "--data", str(folder / "graph")], environment, folder / "log") as one:
        yield one


@contextmanager
def trusting(folder: Path, manifest: Path) -> Iterator[str]:
    """A second server of the same graph, which runs nothing but the manifest."""
    address = joined(folder / "graph")
    assert address
    ours = {
        **environment(address),
        "IDENTIFIER_KEY_FILE": str(folder / "identifier.key"),
        "TRUSTED_DOCUMENTS": str(manifest),
        "TRUSTED_ONLY": "true",
    }
    words = ["--data", str(folder / "graph")]  # where the key of the tokens is
    with running(words, {**os.environ, **ours}, folder / "trusted.log") as (url, _):
        yield url


@contextmanager
def running(words: list[str], environment: dict[str, str], log: Path) -> Iterator[tuple[str, int]]:
    """A server at a port of its own, and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [PRODUCT, "serve", "--port", str(port), *words]
    with (
        log.open("w") as out,
        subprocess.Popen(
            command, cwd=ROOT, env={**environment, **NO_FLOOR}, stdout=out, stderr=out
        ) as server,
    ):
        try:
            wait(address + "/health/ready", server, log)
            yield address, server.pid
        finally:
            server.send_signal(signal.SIGTERM)


def wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server is ready; says what it said where it never is."""
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if json.load(answer)["status"] == "ready":
                    return
        except (OSError, urllib.error.HTTPError):
            pass
        time.sleep(0.3)
    say(log.read_text(encoding="utf-8")[-4000:])
    sys.exit("The server did not become ready.")


def say(text: str) -> None:
    """Tell the person, not the machine that reads the last line."""
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
