"""The files a Neo4j folder needs before it starts: settings and the one user's password."""

import os
import re
import secrets
from hashlib import sha256
from pathlib import Path

from graph.errors import SetupError
from graph.private_files import write_private

USER = "neo4j"
HASHINGS = 1024
CGROUP_LIMITS = (  # of a container: what the machine has says nothing there
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def mebibytes(size: str) -> int:
    """`1g` or `256m` as a number of MiB."""
    match = re.fullmatch(r"(\d+)([mMgG])", size)
    if not match:
        raise SetupError(f"A memory size is a number and m or g, such as 512m, not {size!r}.")
    return int(match[1]) * (1024 if match[2] in "gG" else 1)


def memory() -> int:
    """How much memory this process may use, in MiB."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for path in CGROUP_LIMITS:
        if path.exists() and (text := path.read_text(encoding="ascii").strip()).isdigit():
            limits.append(int(text))
    return min(limits) >> 20


def default_heap() -> str:
    """1 GiB, less on a small machine."""
    return "1g" if memory() >= 3072 else "512m"


def default_page_cache(home: Path) -> str:
    """The store with a fifth to grow, at least 256 MiB and at most a quarter of the memory."""
    store = home / "data" / "databases" / "neo4j"
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) >> 20
    return f"{max(256, min(size * 6 // 5, memory() // 4))}m"


def settings(
    port: int, heap: str, page_cache: str, transaction: str | None = None
) -> dict[str, str]:
    """The whole of neo4j.conf; an unknown name would stop the start."""
    total = mebibytes(heap) // 2
    return {
        # One socket, on the loopback, and no word to anybody.
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "server.bolt.telemetry.enabled": "false",
        "client.allow_telemetry": "false",
        # Memory and disk of a desk, not of a database host. Preallocation of the log stays
        # on: without it a full disk can leave a store that never starts again.
        "server.memory.heap.max_size": heap,
        "server.memory.pagecache.size": page_cache,
        "db.tx_log.rotation.size": "32m",
        "db.tx_log.rotation.retention_policy": "2 files",
        "db.memory.transaction.max": transaction or f"{min(256, total)}m",
        "dbms.memory.transaction.total.max": f"{total}m",
        # Nothing waits or runs for ever; the defaults do.
        "db.transaction.timeout": "60s",
        "db.transaction.monitor.check.interval": "500ms",
        "db.lock.acquisition.timeout": "10s",
        "db.shutdown_transaction_end_timeout": "1s",
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        "dbms.cypher.forbid_exhaustive_shortestpath": "true",
        # LOAD CSV reads any file and any address unless all three are set.
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "server.directories.import": "import",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        "dbms.security.procedures.allowlist": "db.index.fulltext.queryNodes,db.awaitIndexes",
        # Three wrong tries would lock our only user out.
        "dbms.security.auth_max_failed_attempts": "0",
    }


def write_settings(
    home: Path,
    port: int,
    heap: str,
    page_cache: str,
    transaction: str | None = None,
    *,
    quick: bool = False,
) -> None:
    """Write conf/neo4j.conf anew; `quick` keeps plans while the graph grows and is emptied."""
    chosen = settings(port, heap, page_cache, transaction)
    if quick:
        chosen["dbms.cypher.min_replan_interval"] = "1d"
    lines = (f"{name}={value}\n" for name, value in chosen.items())
    write_private(home / "conf" / "neo4j.conf", "".join(lines))


def password(home: Path) -> str:
    """The database's password: made, with its hash for Neo4j, before the first start."""
    file = home / "password"
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    if holds(home):
        raise SetupError(
            f"{home} holds a database, but its password file {file} is missing. Put it back"
            " from a backup, or start on another folder and load the data again."
        )
    secret = secrets.token_urlsafe(32)
    # The hash first: a start that is cut off between the two makes both anew.
    write_private(home / "data" / "dbms" / "auth.ini", auth_ini(secret, secrets.token_bytes(32)))
    write_private(file, secret + "\n")
    return secret


def holds(home: Path) -> bool:
    """Whether there is a database in this folder."""
    return (home / "data" / "databases" / "system").exists()


def unfinished(home: Path) -> Path:
    """The file that says that a restore into this folder has begun and not ended."""
    return home / "restoring"


def whole(home: Path) -> None:
    """Raises SetupError for a folder with half a restore in it."""
    if unfinished(home).exists():
        raise SetupError(
            f"A restore into {home} was cut off, so what is there is not whole. Run it again:"
            " `account-graph restore FILE`."
        )


def auth_ini(secret: str, salt: bytes) -> str:
    """What `neo4j-admin dbms set-initial-password` would write, without 1.5 s of Java."""
    digest = sha256(salt + secret.encode()).digest()
    for _ in range(HASHINGS - 1):
        digest = sha256(digest).digest()
    return f"{USER}:SHA-256,{digest.hex().upper()},{salt.hex().upper()},{HASHINGS}:\n"
