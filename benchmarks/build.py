"""The graph of a benchmark, written once by the product's own writer and kept in a folder."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from benchmarks import world
from benchmarks.world import RECORDED, World
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.local import start_local
from graph.migrate import migrate
from graph.reference.install import install
from graph.session import Graph, connect

KEY = "identifier.key"
STAMP = "benchmark.json"
HEAP, PAGES = "3g", "3g"
TRANSACTION = "1400m"  # the peer gathers what it pages, and deserves the memory for it
PEER = (  # what the peer's own README asks for, and cannot share with us
    "CREATE INDEX peer_name IF NOT EXISTS FOR (a:Account) ON (a.name, a.id)",
    "CREATE INDEX peer_name_alone IF NOT EXISTS FOR (a:Account) ON (a.name)",
    "CREATE INDEX peer_status_name IF NOT EXISTS FOR (a:Account) ON (a.status, a.name, a.id)",
    "CREATE INDEX peer_account IF NOT EXISTS FOR (a:Account) ON (a.id)",
    "CREATE INDEX peer_party IF NOT EXISTS FOR (p:Party) ON (p.id)",
    "CREATE INDEX peer_manager IF NOT EXISTS FOR (m:AccountManager) ON (m.id)",
    "CREATE FULLTEXT INDEX account_text IF NOT EXISTS FOR (a:Account) ON EACH [a.name]",
    "CALL db.awaitIndexes(600)",
)


def stamp(accounts: int) -> str:
    """What tells a graph that is as this code would make it."""
    source = Path(world.__file__).read_bytes() + Path(__file__).read_bytes()
    return f"{accounts} {hashlib.sha256(source).hexdigest()[:16]}"


def there(folder: Path, accounts: int) -> bool:
    """Whether the folder holds this graph, whole."""
    file = folder / STAMP
    return file.exists() and json.loads(file.read_text())["stamp"] == stamp(accounts)


async def fill(
    graph: Graph, accounts: int, key: IdentifierKey, progress: Callable[[str], None]
) -> int:
    """Write the world of a size; answers how many things and claims were new."""
    await migrate(graph)
    await install(graph, RECORDED)
    created = 0
    for part, rows in enumerate(World(accounts, key).rows(), 1):
        progress(f"Writing {len(rows):,} rows, part {part} of 9 of {accounts:,} accounts")
        outcome = await write(graph, rows, at=RECORDED)
        if outcome.refusals:
            refusal = outcome.refusals[0]
            raise SetupError(f"The benchmark's world was refused: {refusal.value} {refusal.reason}")
        created += outcome.created
    for statement in PEER:
        await graph.schema(statement)
    return created


async def built(folder: Path, accounts: int, progress: Callable[[str], None]) -> None:
    """See that the folder holds the graph of this size."""
    if there(folder, accounts):
        return
    key = IdentifierKey.at(folder / KEY)
    with start_local(folder, heap=HEAP, page_cache=PAGES) as database:
        async with connect(database.address) as graph:
            await fill(graph, accounts, key, progress)
    (folder / STAMP).write_text(json.dumps({"stamp": stamp(accounts)}))
