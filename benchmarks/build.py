"""The graph of a benchmark, written once by the product's own writer and kept in a folder."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from benchmarks import rows, world
from benchmarks.world import RECORDED, World
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.local import start_local
from graph.migrate import migrate
from graph.reference.install import install
from graph.session import PATIENT, Graph, connect

KEY = "identifier.key"
WHOLE = "whole"  # the file that tells that all was written
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


def place(root: Path, accounts: int) -> Path:
    """The folder of a graph as this code makes it: another world is another folder."""
    sources = (Path(world.__file__), Path(rows.__file__), Path(__file__))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    return root / f"{accounts}-{digest[:12]}"


async def fill(
    graph: Graph, accounts: int, key: IdentifierKey, progress: Callable[[str], None]
) -> None:
    """Write the world of a size; what is there already stays as it is."""
    await migrate(graph)
    await install(graph, RECORDED)
    for part, written in enumerate(World(accounts, key).rows(), 1):
        progress(f"Writing {len(written):,} rows, part {part} of 9 of {accounts:,} accounts")
        outcome = await write(graph, written, at=RECORDED)
        if outcome.refusals:
            refusal = outcome.refusals[0]
            raise SetupError(f"The benchmark's world was refused: {refusal.value} {refusal.reason}")
    for statement in PEER:
        await graph.schema(statement)


async def built(root: Path, accounts: int, progress: Callable[[str], None]) -> Path:
    """See that the graph of this size is there, whole; answers its folder."""
    folder = place(root, accounts)
    if (folder / WHOLE).exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    key = IdentifierKey.at(folder / KEY)
    with start_local(folder, heap=HEAP, page_cache=PAGES) as database:
        async with connect(database.address, PATIENT) as graph:
            await fill(graph, accounts, key, progress)
    (folder / WHOLE).touch()
    return folder
