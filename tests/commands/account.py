"""The importer in the harbor, and what is selected of an account."""

from datetime import UTC, datetime

from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import Graph
from tests.commands.conftest import gid

SELECTED = """account {
  id key name status national openedOn closedOn version
  primaryManager { key } center { code }
  ... on ImporterAccount { importerNumbers { nodes { key display } } filerCodes { nodes { code } } }
  ... on BrokerAccount { licenseNumber filerCodes { nodes { code } } }
}"""
N1, N2, N3 = (gid(f"ImporterNumber:N-{number}") for number in (1, 2, 3))


async def activate(graph: Graph) -> None:
    """Make the participation an active one."""
    part: dict[str, object] = {"status": "ACTIVE"}
    row = NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), part)
    await write(graph, [row], at=datetime.now(UTC))
