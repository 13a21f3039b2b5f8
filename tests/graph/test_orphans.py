"""A database whose server is killed with -9 ends by itself, whatever it is doing.

`make night` does it ten times and allows 2 s; a run does it once and has patience, for the machine
does other things.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from graph.local import joined
from tests.graph.test_local import ask, runs, wait_until

ROUNDS = int(os.environ.get("ORPHAN_ROUNDS", "1"))
LIMIT = float(os.environ.get("ORPHAN_LIMIT", "40"))
OWNER = """
import sys, time
from pathlib import Path
from neo4j import GraphDatabase
from graph.local import start_local
database = start_local(Path(sys.argv[1]), quick=True)
address = database.address
driver = GraphDatabase.driver(address.uri, auth=(address.user, address.password))
def begun(statement):
    work = driver.session(fetch_size=1).begin_transaction()
    work.run(statement)
    return work
open = [begun("CREATE (:Kept)") for _ in range(8)]  # and never committed
open.append(begun("UNWIND range(1, 1000000000) AS n RETURN n"))
print(database.pid, flush=True)
time.sleep(600)
"""


def gone_after(folder: Path, number: int) -> float:
    """Kill a server whose database is at work: seconds until the database is gone."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    with owner:
        assert owner.stdout
        child = int(owner.stdout.readline())
        address = joined(folder)
        assert address
        assert ask(address, "MATCH (kept:Kept) RETURN count(kept)") == [number]
        ask(address, "CREATE (:Kept)")
        owner.kill()
        begun = time.monotonic()
        wait_until(lambda: not runs(child), LIMIT)
        return time.monotonic() - begun


def test_an_orphan_at_work_is_gone_and_has_what_was_acknowledged(tmp_path: Path) -> None:
    took = [gone_after(tmp_path, number) for number in range(ROUNDS)]

    sys.stdout.write(f"\norphans gone after {', '.join(f'{one:.2f}' for one in took)} s\n")
    assert max(took) < LIMIT
