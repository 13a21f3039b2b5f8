"""Change the change log's and the migrations' code in one place after the other: `make mutants`.

Each mutant runs the tests of its file in a process of its own, until one fails; they share one
database, which is brought in order before each. A mutant that no test notices is a fault, unless
`accepted.toml` says why it changes nothing.

Usage: python -m tests.mutants [FILE...] [--only TEXT]
"""

import ast
import asyncio
import os
import signal
import sys
import time
import tomllib
from collections import Counter
from contextlib import nullcontext
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
import typer

from graph.address import Address
from graph.local import start_local
from graph.migrate import migrate
from graph.session import PATIENT, connect
from tests.mutants.mutating import Mutant, mutants

ROOT = Path(__file__).parents[2]
LOG = ("tests/feed/test_filters.py", "tests/resolvers/test_changes.py", "tests/feed/test_gaps.py")
PLAIN = ("--noconftest", "tests/graph/test_migration_files.py")  # without the database
STARTS = ("tests/graph/test_migration_files.py", "tests/graph/test_migrate.py")
POLICY = tuple(f"tests/graph/test_{each}.py" for each in ("gates", "cedar", "roles", "policy"))
FILES = {
    "graph/roles.py": POLICY,
    "graph/rights.py": POLICY,
    "graph/policy.py": POLICY,
    "graph/changes.py": ("tests/graph/test_changes.py", *LOG),
    "graph/migration_files.py": PLAIN,
    "graph/migrate.py": STARTS,
    "graph/migration_lock.py": STARTS,
}
OURS = {"graph", "resolvers", "schema", "transport", "tests", "config", "callers", "server"}
OPTIONS = (
    *("-xq", "-p", "pytest_asyncio.plugin", "-p", "no:cacheprovider"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
SECONDS = 240  # then it hangs, which is noticed as well
FIRST = (  # what a migration may leave behind that was changed
    "DROP CONSTRAINT trial_name IF EXISTS",
    "DROP INDEX trial_name IF EXISTS",
    "DROP INDEX trial_day IF EXISTS",
    "MATCH (node:MigrationLock|Trial) DELETE node",
)


def main(
    files: Annotated[list[str] | None, typer.Argument(help="Of which; all if not given.")] = None,
    only: Annotated[str, typer.Option(help="Only mutants whose name holds this.")] = "",
) -> None:
    """Try each mutant, tell what came of it, and fail if one lives that should not."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # they take longer than most of the tests
    for name in ("server", "tests.conftest", "tests.resolvers.conftest", "pytest_asyncio.plugin"):
        import_module(name)  # what they need of others stays, so that a process begins with it
    accepted = _accepted()
    came: Counter[str] = Counter()
    with TemporaryDirectory() as folder, start_local(Path(folder), quick=True) as database:
        for file in files or FILES:
            same = Mutant(file, 0, "", "unchanged", ast.parse((ROOT / file).read_text("utf-8")))
            if _outcome(same, database.address, {}) != "LIVES":
                raise SystemExit(f"The tests of {file} fail as it is.")
            for mutant in mutants(ROOT / file, ROOT):
                if only in mutant.name:
                    outcome = _outcome(mutant, database.address, accepted)
                    came[outcome] += 1
                    print(f"{outcome:9} {mutant.line:4} {mutant.name}", flush=True)  # noqa: T201
    print(", ".join(f"{number} {what}" for what, number in sorted(came.items())))  # noqa: T201
    if came["LIVES"]:
        raise SystemExit(1)


def _accepted() -> dict[str, str]:
    found = tomllib.loads((Path(__file__).parent / "accepted.toml").read_text(encoding="utf-8"))
    return {name: each["why"] for each in found["accepted"] for name in each["mutants"]}


def _outcome(mutant: Mutant, address: Address, accepted: dict[str, str]) -> str:
    if mutant.name in accepted:
        return "accepted"
    if FILES[mutant.file] != PLAIN:
        asyncio.run(_in_order(address))
    child = os.fork()
    if child == 0:
        os._exit(_tried(mutant, address))
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return "LIVES" if os.waitstatus_to_exitcode(status) == 0 else "killed"
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "hung"


async def _in_order(address: Address) -> None:
    async with connect(address, PATIENT) as graph:
        for statement in FIRST:
            await graph.schema(statement)
        await migrate(graph)


def _tried(mutant: Mutant, address: Address) -> int:
    """What pytest says of the tests, in a process that has only the mutant."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    try:
        _plant(mutant)
        local: Any = import_module("graph.local")
        shared = SimpleNamespace(address=address)
        local.start_local = lambda *_, **__: nullcontext(shared)
        return int(pytest.main([*OPTIONS, *FILES[mutant.file]]))
    except BaseException:
        return 1  # it cannot even be imported


def _plant(mutant: Mutant) -> None:
    name = mutant.file.removesuffix(".py").replace("/", ".")
    spec = find_spec(name)
    assert spec
    module = module_from_spec(spec)
    sys.modules[name] = module
    exec(compile(mutant.tree, spec.origin or name, "exec"), module.__dict__)
    setattr(sys.modules["graph"], name.rpartition(".")[2], module)


if __name__ == "__main__":
    typer.run(main)
