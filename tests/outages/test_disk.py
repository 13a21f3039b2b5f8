"""A disk that has no room: no write, while reading goes on and the server says what is wrong."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

import transport
from graph.errors import Unavailable
from graph.identifiers import IdentifierKey
from graph.load import load
from graph.load.digest import digest
from graph.paging import Seal
from graph.room import LEAST, SHARE, Room, boundless
from graph.session import Graph
from server import CHECKS
from tests.commands.conftest import gid
from tests.jobs.conftest import parties
from tests.resolvers.conftest import Ask, asking

SAVE = (
    """mutation { saveParty(input: {kind: ORGANIZATION, name: "Heron"}) { userErrors { code } } }"""
)


def test_below_the_floor_there_is_no_room(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free

    Room(tmp_path, free // 2).check()
    with pytest.raises(Unavailable, match=r"MiB left, and writing ends at .* MiB\."):
        Room(tmp_path, free * 2).check()


def test_a_tenth_stays_free_and_two_gigabytes_at_least(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk(total: int, free: int) -> None:
        usage = (total, total - free, free)
        told = type("Usage", (), dict(zip(("total", "used", "free"), usage, strict=True)))
        monkeypatch.setattr(shutil, "disk_usage", lambda _: told)

    for total in (LEAST * 2, LEAST * SHARE * 5):
        floor = max(LEAST, total // SHARE)
        disk(total, floor)
        Room(tmp_path).check()
        disk(total, floor - 1)
        with pytest.raises(Unavailable):
            Room(tmp_path).check()
        disk(total, floor + 5)
        Room(tmp_path).check(5)
        with pytest.raises(Unavailable):
            Room(tmp_path).check(6)


@pytest.fixture
def ask(graph: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    """The data of one operation."""
    return asking(graph, seal, key)


@pytest.fixture
def full(harbor: Graph, tmp_path: Path) -> Iterator[Graph]:
    """A graph whose disk has no room."""
    harbor.room = Room(tmp_path, 2 * shutil.disk_usage(tmp_path).free).check
    yield harbor
    harbor.room = boundless


async def test_nothing_is_written_while_all_is_read(full: Graph, ask: Ask) -> None:
    before = await digest(full)

    told = await ask(SAVE, "UNAVAILABLE")
    found = await ask("query ($id: ID!) { node(id: $id) { id } }", id=gid("Account:A-1"))

    assert told == {"saveParty": None}
    assert found == {"node": {"id": gid("Account:A-1")}}
    assert await digest(full) == before


async def test_a_file_is_not_loaded_and_waits_for_room(
    full: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    file = tmp_path / "parties.csv"
    file.write_bytes(parties(1))

    with pytest.raises(Unavailable, match="MiB left"):
        await load(full, "parties", [file], source="Register", at=datetime.now(UTC), key=key)
    full.room = boundless
    done = await load(full, "parties", [file], source="Register", at=datetime.now(UTC), key=key)

    assert done.total("created") == 1


async def test_the_server_says_so_when_it_is_asked_whether_it_is_ready(full: Graph) -> None:
    request = SimpleNamespace(state=SimpleNamespace(graph=full))

    with pytest.raises(transport.ReadOnly):
        await CHECKS["disk"](request)  # type: ignore[arg-type]
