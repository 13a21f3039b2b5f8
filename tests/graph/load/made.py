"""Rows in few words, for what is written."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from neo4j import Query

from graph.load.rows import ClaimRow, NodeRow, Source
from graph.load.write import write
from graph.session import Graph

AT = datetime(2024, 6, 1, tzinfo=UTC)
LATER = AT + timedelta(days=1)
SOURCE = Source("register")
DAY = date(2024, 1, 1)
Row = NodeRow | ClaimRow


def party(id_: str, **properties: object) -> NodeRow:
    return NodeRow("Party", id_, ("Party", "Organization"), {"name": id_, **properties})


def account(id_: str, kind: str = "Importer") -> NodeRow:
    return NodeRow("Account", id_, ("Account", kind), {"name": id_, "status": "ACTIVE"})


def manager(id_: str, active: bool = True) -> NodeRow:
    return NodeRow("AccountManager", id_, ("AccountManager",), {"name": id_, "active": active})


def number(id_: str, lookup: str) -> NodeRow:
    return NodeRow("ImporterNumber", id_, ("ImporterNumber",), {"lookup": lookup})


def owns(owner: str, owned: str, low: int = 5, high: int = 5) -> ClaimRow:
    shares: dict[str, object] = {"minShare": low, "maxShare": high, "interest": "SHAREHOLDING"}
    return ClaimRow("OWNS", f"Party:{owner}", f"Party:{owned}", SOURCE, DAY, properties=shares)


def managed(
    whose: str, by: str, first: date = DAY, last: date | None = None, role: str = "PRIMARY"
) -> ClaimRow:
    start, end = f"Account:{whose}", f"AccountManager:{by}"
    return ClaimRow("MANAGED_BY", start, end, SOURCE, first, last, {"role": role})


def claim(type_: str, start: str, end: str, first: date = DAY, last: date | None = None) -> Row:
    return ClaimRow(type_, start, end, SOURCE, first, last)


async def codes(graph: Graph, rows: Sequence[Row], at: datetime = AT) -> list[str]:
    return [refusal.code for refusal in (await write(graph, rows, at=at)).refusals]


async def versions(graph: Graph, type_: str) -> list[dict[str, Any]]:
    return await graph.read(
        Query(
            "MATCH ()-[claim]->() WHERE type(claim) = $type"
            " RETURN claim {.id, .version, .supersededBy, .maxShare,"
            " open: claim.recordedTo.year = 9999, from: toString(claim.recordedAt)} AS claim"
            " ORDER BY claim.version"
        ),
        type=type_,
    )
