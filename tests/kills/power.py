"""Stores as a power cut may leave them, at random instants while eight write: each recovers whole.

Part of `make night`: `.venv/bin/pytest -s tests/kills/power.py`; POWER_CUTS says how many, the seed
is printed: POWER_SEED repeats the choices.

The database stands still while its files are copied, so a copy is what a kill leaves. Power takes
more: what was written since a file was last synced is on the disk or not, page by page. So there
are two copies, one before and one in a checkpoint, which is what writes the store; of each file
that was written between them, and that strace saw no sync of since, pages of both are put together
by chance. Syncs are held up, so that there is such a file. The log of transactions is that of the
second copy: `syncs.py` shows that it is synced.
"""

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random, SystemRandom

import pytest

from graph import changes, local_admin, local_conf
from graph.identifiers import IdentifierKey
from graph.local import LocalDatabase, start_local
from graph.session import PATIENT, connect
from scripts.bearer import bearer
from tests.beside import all_is_told
from tests.kills import truth
from tests.kills.served import Server, founded
from tests.kills.traced import SYNCS, WRITES, Call, calls, frozen, tracing
from tests.kills.writers import Client, Told, Writer
from tests.processes import free_port, secret_in

CUTS = int(os.environ.get("POWER_CUTS", "3"))
SEED = int(os.environ.get("POWER_SEED", "0")) or SystemRandom().randrange(1, 1_000_000)
WRITERS = 8
WRITING = (0.5, 4.0)  # seconds between the first copy and the wait for a checkpoint
CHECKPOINTS = {"db.checkpoint.interval.time": "1s"}  # Neo4j looks every ten seconds
PAGE = 8192
STORE = "data/databases"
INDEXES = f"{STORE}/neo4j/schema/index"
HELD_UP = f"{','.join(SYNCS)}:delay_enter=300000"  # microseconds
INTO = 15.0  # seconds, at most, from the beginning of a checkpoint to the second copy
PATIENCE = 120.0


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalDatabase]:
    usual = local_conf.settings
    monkeypatch.setattr(local_conf, "settings", lambda *given: {**usual(*given), **CHECKPOINTS})
    with start_local(tmp_path / "graph", quick=True) as found:
        yield found


def copied(database: LocalDatabase, into: Path) -> float:
    """Copy the folder of the database as it is now, and say when that was by the clock."""
    assert database.pid
    with frozen(database.pid):
        now = time.time()
        shutil.copytree(database.home, into)
    return now


def touched(home: Path) -> dict[Path, int]:
    """When each file of the store was last written; only a checkpoint writes most of them."""
    files = [*(home / STORE / "neo4j").glob("neostore*"), *(home / INDEXES).glob("*/*/index-*")]
    return {each: each.stat().st_mtime_ns for each in files}


async def written_anew(home: Path, known: dict[Path, int]) -> None:
    """Wait until a file is written that was not written since: it is not synced yet."""
    now = touched(home)
    rest = {each: at for each, at in known.items() if now[each] == at}
    async with asyncio.timeout(PATIENCE):
        while rest.items() <= touched(home).items():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def synced_since(found: list[Call], at: float) -> set[str]:
    """The files that were synced after they had been written; others are what they were, synced."""
    written: dict[str, float] = {}
    for each in found:
        if each.name in WRITES:
            written.setdefault(each.file, each.begun)
    syncs = [each for each in found if each.name in SYNCS and each.ended <= at]
    return {each.file for each in syncs if each.begun >= written.get(each.file, at)}


def cut(earlier: Path, now: Path, safe: set[Path], random: Random) -> int:
    """Put pages of the earlier copy in the place of those of now; how many were.

    Files that are `safe` were written and synced between.
    """
    old = 0
    for path in sorted((now / STORE).rglob("*")):
        name = path.relative_to(now)
        if path.is_file() and (earlier / name).is_file() and name not in safe:
            old += mixed((earlier / name).read_bytes(), path, random)
    return old


def mixed(before: bytes, path: Path, random: Random) -> int:
    """One or more of the pages that have changed become what they were; how many did."""
    found = path.read_bytes()
    pages = [slice(at, min(at + PAGE, len(before))) for at in range(0, len(before), PAGE)]
    changed = [page for page in pages if found[page] != before[page]]
    old = random.sample(changed, random.randint(1, len(changed))) if changed else []
    with path.open("r+b") as file:
        for page in old:
            file.seek(page.start)
            file.write(before[page])
    return len(old)


async def test_what_was_acknowledged_is_there_after_the_power_was_cut(
    database: LocalDatabase, tmp_path: Path, key: IdentifierKey
) -> None:
    sys.stdout.write(f"\nPOWER_SEED={SEED} POWER_CUTS={CUTS}\n")
    random, told = Random(SEED), Told()
    await founded(database)
    secret = secret_in(tmp_path, key)
    server = Server(database, secret, free_port())
    client = Client(f"{server.url}/graphql", bearer(secret.parent / "data"), told)
    crew = [Writer(number, client, SEED) for number in range(WRITERS)]
    try:
        await server.start()
        async with connect(database.address, PATIENT) as graph:
            await all_is_told(graph)
            start = (await changes.place(graph)).sequence
        for number in range(CUTS):
            folder = tmp_path / f"cut-{number}"
            folder.mkdir()
            known, old = await one_cut(crew, database, folder, random)
            kept = await recovered(folder / "now", key, known, start)
            tell(number, known, kept, old)
            shutil.rmtree(folder)
    finally:
        await server.kill()
    assert len(told.written) >= CUTS


async def one_cut(
    crew: list[Writer], database: LocalDatabase, folder: Path, random: Random
) -> tuple[Told, int]:
    """Eight write; the power is cut, in a copy; what they had been told, and pages it took."""
    over, told = asyncio.Event(), crew[0].told
    writing = [asyncio.create_task(writer.write(over.is_set)) for writer in crew]
    with tracing(database.pid or 0, folder / "trace", HELD_UP):
        copied(database, folder / "earlier")
        known = touched(database.home)
        await asyncio.sleep(random.uniform(*WRITING))
        await written_anew(database.home, known)
        await asyncio.sleep(random.uniform(0, INTO))
        await written_anew(database.home, known)
        written = dict(told.written)
        at = copied(database, folder / "now")
    over.set()
    async with asyncio.timeout(600):
        await asyncio.gather(*writing)
    found = calls((folder / "trace").read_text(errors="replace").splitlines())
    home = f"{database.home}/"
    safe = {Path(each.removeprefix(home)) for each in synced_since(found, at)}
    old = cut(folder / "earlier", folder / "now", safe, random)
    return Told(written, abandoned=told.names.keys() - written.keys(), names=told.names), old


async def recovered(home: Path, key: IdentifierKey, known: Told, start: int) -> int:
    """Start what is left, and compare it with what was told; how many commands it holds."""
    with start_local(home, quick=True) as database:
        async with connect(database.address, PATIENT) as graph:
            kept, _ = await truth.every_write_is_whole(graph, key, known, start)
        database.rest(120)
        local_admin.check(database)
    return kept


def tell(number: int, known: Told, kept: int, old: int) -> None:
    """One line of counts so far."""
    sys.stdout.write(
        f"{number + 1:3} {len(known.written)} acknowledged before, {kept} are there;"
        f" {old} pages of the store were taken\n"
    )
    sys.stdout.flush()
