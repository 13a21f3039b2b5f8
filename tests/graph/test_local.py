"""None"""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest

from graph import local, local_jvm, local_ready
from graph.address import Address
from graph.errors import SetupError
from graph.local import LocalDatabase, joined, start_local
from tests.graph.sockets import listening

OWNER = """
import sys, time
from pathlib import Path
from graph.local import start_local
database = start_local(Path(sys.argv[1]), quick=True)
print(database.pid, flush=True)
time.sleep(60)
"""


def ask(address: Address, statement: str) -> list[object]:
    auth = (address.user, address.password)
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver:
        records = driver.execute_query(statement, database_=address.database).records
        return [record[0] for record in records]


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def runs(pid: int) -> bool:
    return local_jvm.command_of(pid) != ""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDatabase]:
    folder = tmp_path_factory.mktemp("a folder with spaces and ü")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-Dset.by.mistake=1")
        patch.setenv("_JAVA_OPTIONS", "-Dset.by.mistake=2")
        patch.setenv("NEO4J_HOME", "/nowhere")
        patch.setenv("LC_ALL", "C")
        started = start_local(folder, quick=True)
    with started:
        yield started


def test_it_answers(database: LocalDatabase) -> None:
    assert ask(database.address, "RETURN 1") == [1]
    assert database.alive()


def test_it_listens_on_one_loopback_socket_only(database: LocalDatabase) -> None:
    assert database.pid

    (address,) = listening(database.pid)

    host, port = address.split(":")
    assert int(port, 16) == database.port
    assert host in ("0100007F", "0000000000000000FFFF00000100007F")


def test_no_foreign_setting_reaches_the_child(database: LocalDatabase) -> None:
    environment = Path(f"/proc/{database.pid}/environ").read_bytes().split(b"\0")

    foreign = [entry for entry in environment if entry.startswith((b"JAVA", b"_JAVA", b"NEO4J"))]
    assert foreign == []


def test_what_it_keeps_is_for_its_owner_only(database: LocalDatabase) -> None:
    home = database.home
    private = ("password", "connection.json", "server.lock", "conf/neo4j.conf")

    assert mode(home) == 0o700
    assert {name: mode(home / name) for name in private} == dict.fromkeys(private, 0o600)
    assert [path for path in home.rglob("*") if mode(path) & 0o077] == []


def test_the_password_is_in_no_log_and_no_command_line(database: LocalDatabase) -> None:
    secret = database.address.password.encode()

    shown = [path for path in (database.home / "logs").rglob("*") if secret in path.read_bytes()]
    assert shown == []
    assert secret not in Path(f"/proc/{database.pid}/cmdline").read_bytes()
    assert secret.decode() not in repr(database)


def test_another_verb_joins_it(database: LocalDatabase) -> None:
    script = (
        "import sys; from pathlib import Path; from graph.local import joined\n"
        "address = joined(Path(sys.argv[1])); print(address.uri, address.password)"
    )
    command = [sys.executable, "-c", script, str(database.home)]

    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert told == [database.address.uri, database.address.password]
    assert joined(database.home) == database.address


def test_the_connection_file_names_both_processes(database: LocalDatabase) -> None:
    told = json.loads((database.home / "connection.json").read_text())

    assert (told["pid"], told["child"], told["port"]) == (os.getpid(), database.pid, database.port)


def test_a_second_server_is_refused_at_once(database: LocalDatabase) -> None:
    begin = time.monotonic()

    with pytest.raises(SetupError) as refusal:
        start_local(database.home)

    assert time.monotonic() - begin < 1
    assert str(refusal.value) == (
        f"A server already runs on the data folder {database.home} (process {os.getpid()},"
        f" database port {database.port}). Stop it, or choose another folder with --data."
    )
    assert ask(database.address, "RETURN 1") == [1]


def test_files_and_addresses_are_closed_to_cypher(database: LocalDatabase) -> None:
    for source in ("file:///etc/passwd", f"http://127.0.0.1:{database.port}/"):
        with pytest.raises(neo4j.exceptions.Neo4jError):
            ask(database.address, f"LOAD CSV FROM '{source}' AS line RETURN line")


def test_after_a_kill_of_the_child_nothing_acknowledged_is_lost(database: LocalDatabase) -> None:
    address, child = database.address, database.pid
    assert child
    ask(address, "CREATE (:Kept {name: 'before'})")

    os.kill(child, signal.SIGKILL)
    wait_until(lambda: not database.alive())
    assert joined(database.home) is None  # the connection file is there, but stale
    database.restart()

    assert database.address == address
    assert database.pid != child
    assert ask(address, "MATCH (kept:Kept) RETURN kept.name") == ["before"]
    assert joined(database.home) == address


def test_the_child_of_a_killed_server_leaves_and_the_next_server_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout
    with owner:
        child = int(owner.stdout.readline())
        before = joined(tmp_path)
        assert before
        ask(before, "CREATE (:Kept {name: 'before'})")
        owner.kill()
    with start_local(tmp_path, quick=True) as database:
        assert not runs(child)
        assert database.address.password == before.password
        assert ask(database.address, "MATCH (kept:Kept) RETURN kept.name") == ["before"]
        assert database.pid
        os.kill(database.pid, signal.SIGSTOP)  # deaf, as a child that hangs
        monkeypatch.setattr(local, "STOP_SECONDS", 0.2)

    assert not database.alive()
    assert joined(tmp_path) is None
    assert not (tmp_path / "connection.json").exists()
    database.stop()  # again: nothing to do


def test_another_port_is_tried_when_one_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: LocalDatabase
) -> None:
    monkeypatch.setattr(local, "PORTS", 2)
    tried: list[int] = []

    def taken() -> int:
        tried.append(database.port)
        return database.port

    monkeypatch.setattr(local, "_free_port", taken)

    with pytest.raises(local.PortTaken, match=f"Port {database.port} is taken"):
        start_local(tmp_path, quick=True)

    assert tried == [database.port] * 2


def test_a_wrong_password_is_not_waited_for_for_ever(
    database: LocalDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_ready, "AUTH_SECONDS", 0.2)
    wrong = Address(database.address.uri, "neo4j", "wrong")

    with pytest.raises(SetupError, match="The password file in the data folder is not"):
        local_ready.until_ready(wrong, database.port, lambda: None)


def test_an_answer_that_never_comes_ends_the_wait(
    database: LocalDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # bound, yet it does not listen
        monkeypatch.setattr(database, "port", silent.getsockname()[1])
        with pytest.raises(SetupError, match="Neo4j does not answer"):
            database.wait(0.2)


def test_the_database_must_answer_not_the_port_alone(database: LocalDatabase) -> None:
    absent = replace(database.address, database="absent")

    def check() -> None:
        raise SetupError("asked whether to go on waiting")

    with pytest.raises(SetupError, match="asked whether"):
        local_ready.until_ready(absent, database.port, check)
