"""What stands of assignments, and what is selected of them."""

from typing import Any

from graph.session import Graph
from tests.commands.conftest import gid

ACCOUNTS = "accounts { key version primaryManager { key } center { code } centerEligibility }"
MADE = "assignments { id type role basis topic { code } validFrom validTo from { key } to { key } }"
A1, A2 = gid("Account:A-1"), gid("Account:A-2")


async def current(graph: Graph, type_: str) -> list[dict[str, Any]]:
    """What stands and holds today."""
    return await graph.schema(
        f"MATCH (a)-[r:{type_}]->(b) WHERE r.recordedTo.year = 9999 AND r.validFrom <= date()"
        " AND date() < r.validTo RETURN a.key AS from, b.key AS to, r.role AS role,"
        " toString(r.validFrom) AS since ORDER BY from, role, to"
    )
