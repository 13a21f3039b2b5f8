"""Exports started, finished and read again by libraries that know nothing of ours."""

import csv
import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import networkx as nx
import pyarrow.parquet as pq

from graph.identifiers import IdentifierKey
from tests import worlds
from tests.worlds import claim

JOB = """
  id kind state format createdAt startedAt finishedAt owner done total errors { code message }
  uploadUrl downloadUrl expiresAt cursor moment { asOf knownAt }
  completeness { state exploredNodes exploredEdges reason hint }
"""
START = f"""mutation ($input: StartExportInput!) {{
  startExport(input: $input) {{
    job {{ {JOB} }} userErrors {{ code message path }} warnings {{ code }} replayed
  }}
}}"""
ONE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Job {{ {JOB} }} }} }}"
Ends = tuple[str, str, str]
Export = Callable[..., Awaitable[dict[str, Any]]]
"""A job that is over, of what is asked for."""
FORMULA = '=HYPERLINK("https://tally.example", "Mill")'


def world(key: IdentifierKey) -> tuple[worlds.Row, ...]:
    """The harbor, and what is hard to write down: a formula, marks, a masked number, a flag."""
    return (
        *worlds.harbor(key).rows,
        worlds.organization("O-3", FORMULA, country="US", aliases=["-1+1", "@mill"]),
        worlds.organization("O-4", '<Mill> & "Söhne"\r\n\ttwo lines', lei="529900T8BM49AURSDO55"),
        worlds.number(key, "N-9", "219-09-9999"),
        worlds.NodeRow(
            "RiskFlag",
            "F-1",
            ("RiskFlag",),
            {"kind": "PENALTY", "severity": 0.25, "raisedOn": worlds.SINCE, "evidence": []},
        ),
        worlds.owns("Party:O-3", "Party:O-2", 20, 30),
        worlds.owns("Party:O-4", "Party:O-3", 12, sourceUrl=None),
        claim("Party:P-1", "HOLDS", "ImporterNumber:N-9"),
        claim("Party:O-4", "CONTROLS", "Party:O-2", interest="ACCOUNTING_CONSOLIDATION"),
        claim("RiskFlag:F-1", "FLAGS", "Party:O-3"),
    )


@dataclass(frozen=True)
class Read:
    """What a file tells: labels by id, relationships by their type and ends, and more of each."""

    labels: dict[str, str]
    ends: set[Ends]
    nodes: dict[str, dict[str, Any]]
    edges: list[dict[str, Any]]


def read(format_: str, body: bytes) -> Read:
    """A file of this format."""
    nodes, edges = READERS[format_](body)
    labels = {node["id"]: node["label"] for node in nodes}
    ends = {(edge["type"], edge["from"], edge["to"]) for edge in edges}
    return Read(labels, ends, {node["id"]: node for node in nodes}, edges)


Rows = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def _networkx(graph: Any) -> Rows:
    nodes = [{"id": id_, **told} for id_, told in graph.nodes(data=True)]
    edges = [{"from": start, "to": end, **told} for start, end, told in graph.edges(data=True)]
    return nodes, edges


def _graphml(body: bytes) -> Rows:
    return _networkx(nx.read_graphml(io.BytesIO(body), force_multigraph=True))


def _gexf(body: bytes) -> Rows:
    return _networkx(nx.read_gexf(io.BytesIO(body)))


def _node_link(body: bytes) -> Rows:
    return _networkx(nx.node_link_graph(json.loads(body), edges="edges"))


def _lines(body: bytes) -> Rows:
    records = [json.loads(line) for line in body.splitlines()]
    assert [each.pop("record") for each in records[:2]] == ["about", "moment"]
    nodes = [each for each in records[2:] if each["record"] == "node"]
    return nodes, [each for each in records[2:] if each["record"] == "relationship"]


def _csv(body: bytes) -> Rows:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        assert packed.namelist() == ["nodes.csv", "relationships.csv", "manifest.json"]
        texts = [packed.read(f"{name}.csv").decode() for name in ("nodes", "relationships")]
    nodes, edges = (list(csv.DictReader(io.StringIO(text, newline=""))) for text in texts)
    return nodes, edges


def _parquet(body: bytes) -> Rows:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        tables = [
            pq.read_table(io.BytesIO(packed.read(f"{name}.parquet"))).to_pylist()
            for name in ("nodes", "relationships")
        ]
    return tables[0], tables[1]


READERS: dict[str, Callable[[bytes], Rows]] = {
    "GRAPHML": _graphml,
    "GEXF": _gexf,
    "NODE_LINK_JSON": _node_link,
    "JSON_LINES": _lines,
    "CSV": _csv,
    "PARQUET": _parquet,
}


async def fetched(client: httpx2.AsyncClient, job: dict[str, Any]) -> bytes:
    """The file of a job that succeeded."""
    assert job["state"] == "SUCCEEDED", job["errors"]
    answer = await client.get(job["downloadUrl"])
    assert answer.status_code == 200, answer.text
    return answer.content
