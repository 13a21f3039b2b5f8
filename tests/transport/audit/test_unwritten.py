"""A full disk refuses requests; a kill loses nothing: servers in processes of their own."""

import asyncio
import json
import os
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.transport.audit.reading import KEY, audited, entries, everything, verified
from tests.transport.serving import Running, running
from tests.transport.test_socket import ask, closed, dialled, heard
from transport import Audit, Journal
from transport.audit_chain import verify
from transport.audit_files import Unwritten
from transport.audit_folder import files
from transport.audit_reserve import Reserve
from transport.signing import signing_key

ASK = {"query": "{ caller }"}
EVENTS = {"accept": "text/event-stream"}


async def full(folder: Path) -> None:
    """Fill the file, ask in every way, make room, and ask again; prints what was answered."""
    kept = Journal.at(folder, "server", 30, reserve=64 * 1024)
    told: dict[str, Any] = {}
    async with running(audit=Audit(kept)) as one, httpx2.AsyncClient() as client:
        told["before"] = (await client.post(one.graphql, json=ASK)).status_code
        async with dialled(one) as open_socket:
            room = sum(one.path.stat().st_size for one in files(folder))
            resource.setrlimit(resource.RLIMIT_FSIZE, (room + 10, resource.RLIM_INFINITY))
            events = await client.post(one.graphql, json=ASK, headers=EVENTS)
            told["events"] = [
                events.status_code,
                "caller" in events.text,
                events.text.count("UNAVAILABLE"),
            ]
            answers = [await client.post(one.graphql, json=ASK) for _ in range(3)]
            told["full"] = [
                [a.status_code, a.json()["errors"][0]["extensions"]["code"]] for a in answers
            ]
            told["socket"] = await closed(open_socket)
            told["alive"] = (await client.get(one.url + "/health/live")).status_code
            told["unready"] = await readiness(one, client)
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        await asyncio.sleep(1.1)
        told["ready"] = await readiness(one, client)
        told["after"] = (await client.post(one.graphql, json=ASK)).status_code
    kept.close()
    print(json.dumps(told))  # noqa: T201


async def readiness(one: Running, client: httpx2.AsyncClient) -> list[Any]:
    """What a balancer is told, who asks for nothing else."""
    answer = await client.get(one.url + "/health/ready")
    return [answer.status_code, answer.json()["checks"]]


async def serve(folder: Path, port: int) -> None:
    """Answer until killed."""
    async with running(port=port, audit=Audit(Journal.at(folder, "server", 30))):
        await asyncio.sleep(60)


def test_a_full_disk_refuses_requests_and_room_lets_them_in(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.transport.audit.test_unwritten", "full", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr[-2000:]
    assert json.loads(run.stdout.splitlines()[-1]) == {
        "before": 200,
        "events": [200, False, 1],
        "full": [[503, "UNAVAILABLE"]] * 3,
        "socket": 1013,
        "alive": 200,
        "unready": [503, {"audit": "not ready"}],
        "ready": [200, {"audit": "ready"}],
        "after": 200,
    }
    [found] = verify(tmp_path, signing_key(tmp_path / "audit.key").public_key())
    assert found.fault is None
    assert "RESERVE_RESTORED" in [entry["what"] for entry in everything(tmp_path)]


class Limited(Journal):
    """A journal whose disk is full while it has its reserve."""

    def _add(self, line: bytes) -> None:
        if self._reserve.path.exists():
            raise OSError(28, "No space left on device")
        super()._add(line)


async def test_the_reserve_is_given_up_for_what_runs_and_nothing_more_is_let_in(
    tmp_path: Path,
) -> None:
    kept = Limited(tmp_path, KEY)
    async with running(audit=Audit(kept)) as one, httpx2.AsyncClient() as client:
        first = await client.post(one.graphql, json={"query": "mutation { tell }"})
        second = await client.post(one.graphql, json={"query": "mutation { tell }"})

    assert (first.status_code, second.status_code) == (200, 503)
    assert len(entries(tmp_path)) == 1
    with pytest.raises(Unwritten):
        kept.admit()
    kept.close()


def test_a_reserve_that_cannot_be_taken_whole_takes_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_full(file: int, offset: int, length: int) -> None:  # as ext4 does
        taken(file, offset, length // 2)
        raise OSError(28, "No space left on device")

    taken = os.posix_fallocate
    reserve = Reserve(tmp_path / "reserve", 64 * 1024)
    monkeypatch.setattr(os, "posix_fallocate", until_full)
    with pytest.raises(OSError, match="No space"):
        reserve.take()
    assert (list(tmp_path.iterdir()), reserve.held) == ([], False)

    monkeypatch.undo()
    reserve.take()
    assert (reserve.path.stat().st_size, reserve.held) == (64 * 1024, True)


async def test_a_socket_that_was_let_in_is_closed_when_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with audited(tmp_path) as one, dialled(one) as socket:
        await ask(socket, "{ caller }")
        assert (await heard(socket))["type"] == "next"
        await heard(socket)
        monkeypatch.setattr(Journal, "admit", refuse)
        await ask(socket, "{ caller }", id="2")

        assert await closed(socket) == 1013


def refuse(_: Journal) -> None:
    raise Unwritten("There is no room.")


async def test_a_kill_loses_no_entry_and_the_next_process_goes_on(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    answered = 0
    for _ in range(3):
        command = [sys.executable, "-m", "tests.transport.audit.test_unwritten"]
        process = await asyncio.create_subprocess_exec(*command, "serve", str(tmp_path), str(port))
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await ready(client)
            asking = [asyncio.create_task(keep_asking(client)) for _ in range(4)]
            await asyncio.sleep(0.5)
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
            answered += sum(await asyncio.gather(*asking))

    last = Journal.at(tmp_path, "server", 30)
    last.close()
    [found] = verify(tmp_path, signing_key(tmp_path / "audit.key").public_key())
    assert found.fault is None
    assert answered > 10
    assert answered <= len(entries(tmp_path)) <= answered + 12  # those that were being answered
    assert verified(tmp_path).fault  # by another key


async def ready(client: httpx2.AsyncClient) -> None:
    """Wait until it answers."""
    while True:
        try:
            await client.get("/health/live")
        except httpx2.TransportError:
            await asyncio.sleep(0.05)
        else:
            return


async def keep_asking(client: httpx2.AsyncClient) -> int:
    """How many answers came until there were no more."""
    count = 0
    try:
        while (await client.post("/graphql", json=ASK)).status_code == 200:
            count += 1
    except httpx2.TransportError:
        pass
    return count


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    asyncio.run(full(Path(where)) if what == "full" else serve(Path(where), int(rest[0])))
