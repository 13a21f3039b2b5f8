"""Where there is no network but the machine's own: a server starts, and tries to reach nobody else.

Part of `make night`, for it needs `unshare` and `strace`, and a network of its own, which not every
machine gives: `.venv/bin/pytest -s tests/cli/offline.py`. OFFLINE_TESTS says which tests are run
there too, by default a few that start processes, sockets and a database.
"""

import fcntl
import json
import os
import re
import socket
import struct
import subprocess
import sys
from pathlib import Path

import httpx2

from tests.cli.product import Serving, run
from tests.processes import ROOT

TESTS = os.environ.get(
    "OFFLINE_TESTS",
    "tests/graph/test_session.py tests/graph/test_jars.py tests/feed tests/cli/test_verbs.py"
    " tests/webhooks tests/transport/test_page.py tests/transport/identity",
).split()
GET, SET, UP = 0x8913, 0x8914, 1  # flags of an interface: SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP
CONNECT = re.compile(r"connect\(\d+, \{sa_family=(AF_\w+), (.*?)\}, \d+\)")
HERE = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "(::1|::ffff:127\.[\d.]+)"')
QUIET = {"AF_UNIX", "AF_UNSPEC", "AF_NETLINK"}  # no network
ASK = "{ viewer { name } }"


def apart(*words: str, traced: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run this file's `inside` in a network of its own; fails where nobody may."""
    command = [sys.executable, "-m", "tests.cli.offline", *words]
    if traced:
        tracing = ["-f", "--seccomp-bpf", "-qq", "-e", "trace=connect", "-o", str(traced)]
        command = ["strace", *tracing, *command]
    return subprocess.run(
        ["unshare", "-n", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def elsewhere(trace: str) -> list[str]:
    """Whom something tried to reach that is not this machine."""
    tried = CONNECT.findall(trace)
    return [f"{how} {whom}" for how, whom in tried if how not in QUIET and not HERE.search(whom)]


def test_a_server_starts_and_answers_without_a_network_and_reaches_for_nobody(
    tmp_path: Path,
) -> None:
    trace = tmp_path / "trace"

    done = apart("serve", str(tmp_path), traced=trace)

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["lonely"]  # nothing else can be reached: the network is really apart
    assert told["answer"]["data"]["viewer"]["name"]
    assert told["page"] == 200
    assert told["verb"] == 0
    found = trace.read_text()
    assert [each for each in elsewhere(found) if "192.0.2.1" not in each] == []
    assert len(CONNECT.findall(found)) > 10
    assert elsewhere(found)  # what this test tried itself is seen


def test_tests_need_no_network() -> None:
    done = apart("test", *TESTS)

    sys.stdout.write(done.stdout[-2000:])
    assert done.returncode == 0, done.stdout[-4000:]


def up() -> None:
    """Have the machine's own interface, which a new network has switched off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(one, GET, asked))[1]
        fcntl.ioctl(one, SET, struct.pack("16sh14x", b"lo", flags | UP))


def lonely() -> bool:
    """Whether an address elsewhere (one that is nobody's) is out of reach at once."""
    with socket.socket() as one:
        try:
            one.connect(("192.0.2.1", 443))
        except OSError:
            return True
    return False


def serve(folder: Path) -> None:
    """Start a server on a fresh database, ask it in each way, and print what came of it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRAPH_")}
    own = {"DATA": str(folder / "graph"), "IDENTIFIER_KEY_FILE": str(folder / "keys" / "k")}
    environment = {**kept, **own, "PYTHONPATH": str(ROOT)}
    server = Serving(environment, folder / "server.log")
    try:
        server.wait(900)
        told = {
            "lonely": lonely(),
            "answer": server.ask(ASK),
            "page": httpx2.get(
                f"{server.url}/graphql", headers={"accept": "text/html"}
            ).status_code,
            "verb": run(environment, "ask", ASK).returncode,
        }
    finally:
        server.process.terminate()
        server.process.wait()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    what, *given = sys.argv[1:]
    up()
    if what == "serve":
        serve(Path(given[0]))
    else:
        os.execv(sys.executable, [sys.executable, "-m", "pytest", "-q", "-x", *given])
