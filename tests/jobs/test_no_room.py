"""Files that the disk has no room for: refused with 507, and nothing of them is left."""

import errno
import io
import os
import resource
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from graph.errors import Unsent
from graph.jobs import Jobs, uploads
from graph.jobs.content import START
from graph.room import boundless
from graph.session import Graph
from tests.jobs.conftest import Start, asked, parties
from tests.resolvers.conftest import Ask

GOOD = parties(300)
PART = 1_000
Left = Callable[[], int]


class Disk:
    """The room there is, until it was asked so often; what is written takes none of it."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.asked = float("inf")

    def room(self, more: int = 0) -> None:
        self.asked -= 1
        if more > self.free or self.asked < 0:
            raise Unsent("No room.")


@pytest.fixture
def disk(graph: Graph) -> Iterator[Disk]:
    """The disk of the graph, which has room until a test takes it."""
    disk = Disk(len(GOOD))
    graph.room = disk.room
    yield disk
    graph.room = boundless
    graph.circuit.open = graph.circuit.watched = False


@pytest.fixture
def left(tmp_path: Path) -> Left:
    """How many files of uploads there are."""
    return lambda: len([*tmp_path.rglob("part-*"), *tmp_path.rglob("file-*")])


async def test_a_file_larger_than_the_room_is_not_begun(
    resting: Jobs, client: httpx2.AsyncClient, start: Start, disk: Disk, left: Left, ask: Ask
) -> None:
    job = await start()
    disk.free = len(GOOD) - 1

    refused = await client.put(job["uploadUrl"], content=GOOD)

    [error] = refused.json()["errors"]
    assert (refused.status_code, error["extensions"]["code"]) == (507, "UNAVAILABLE")
    assert "no room" in error["message"]
    assert left() == 0
    assert await asked(ask, job["id"]) == job
    disk.free = len(GOOD)
    assert (await client.put(job["uploadUrl"], content=GOOD)).status_code == 202


async def test_a_file_of_no_declared_length_ends_where_the_room_does(
    resting: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    disk: Disk,
    left: Left,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "BLOCK", PART)
    job, sent = await start(), []
    disk.asked = 4

    async def parts() -> AsyncIterator[bytes]:
        for place in range(0, len(GOOD), PART):
            sent.append(left())
            yield GOOD[place : place + PART]

    refused = await client.put(job["uploadUrl"], content=parts())

    assert refused.status_code == 507
    assert sent == [0, 1, 1, 1]  # asked at first, and before each part
    assert left() == 0


async def test_wherever_the_room_ends_nothing_is_kept(
    resting: Jobs, client: httpx2.AsyncClient, start: Start, disk: Disk, left: Left
) -> None:
    job, found = await start(), []

    for times in range(5):
        disk.asked = times
        answer = await client.put(job["uploadUrl"], content=GOOD)
        found.append((answer.status_code, left()))

    before, on_its_way, whole, command = found[:4]
    assert before == on_its_way == whole == (507, 0)
    assert command == (503, 0)
    assert found[4] == (202, 1)


async def test_a_file_whose_command_was_not_sent_is_not_kept(
    graph: Graph, resting: Jobs, client: httpx2.AsyncClient, start: Start, disk: Disk, left: Left
) -> None:
    job = await start()

    async def parts() -> AsyncIterator[bytes]:
        yield GOOD
        graph.circuit.open = graph.circuit.watched = True  # somebody else found it away

    refused = await client.put(job["uploadUrl"], content=parts())

    assert (refused.status_code, left()) == (503, 0)
    graph.circuit.open = False
    assert (await client.put(job["uploadUrl"], content=GOOD)).status_code == 202


@contextmanager
def full(size: int) -> Iterator[None]:
    """No file of this process may grow beyond this size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_small_file_that_only_its_sync_writes_is_refused_on_a_full_disk(
    resting: Jobs, client: httpx2.AsyncClient, start: Start, left: Left
) -> None:
    job = await start()
    assert START < len(GOOD) < io.DEFAULT_BUFFER_SIZE

    with full(START):
        refused = await client.put(job["uploadUrl"], content=GOOD)

    assert (refused.status_code, left()) == (507, 0)
    assert (await client.put(job["uploadUrl"], content=GOOD)).status_code == 202


async def test_a_disk_without_room_for_a_folder_is_full(
    resting: Jobs, client: httpx2.AsyncClient, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mkdir(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    job = await start()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", mkdir)
        refused = await client.put(job["uploadUrl"], content=GOOD)

    assert refused.status_code == 507
    assert (await client.put(job["uploadUrl"], content=GOOD)).status_code == 202
