"""Each format, read by a reader of its own, says what GraphQL says of the same part."""

import base64
import hashlib
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import httpx2
import pytest

from tests.jobs.exporting import FORMULA, READERS, Export, Read, fetched, read
from tests.resolvers.conftest import Ask

NEIGHBORHOOD = """
  query ($around: [ID!]!, $depth: Int!, $walk: WalkInput, $moment: MomentInput) {
    neighborhood(around: $around, depth: $depth, walk: $walk, moment: $moment, limit: 1000) {
      nodes { distance entity { __typename key label } }
      relationships { id type from { key } to { key } validFrom recordedAt recordedBy
        share { min max disclosed } interest role source { name url } version }
      completeness { state }
    }
  }
"""


async def told(ask: Ask, job: dict[str, Any], **asked: Any) -> dict[str, Any]:
    """What GraphQL answers about the same part at the same moment."""
    moment = {name: job["moment"][name] for name in ("asOf", "knownAt")}
    found: dict[str, Any] = (await ask(NEIGHBORHOOD, moment=moment, **asked))["neighborhood"]
    return found


@pytest.mark.parametrize("depth", [0, 1, 3])
@pytest.mark.parametrize("format_", READERS)
async def test_a_file_tells_what_graphql_tells(
    export: Export, client: httpx2.AsyncClient, ask: Ask, mill: str, format_: str, depth: int
) -> None:
    job = await export(format=format_, around=[mill], depth=depth)

    found = read(format_, await fetched(client, job))
    same = await told(ask, job, around=[mill], depth=depth)

    _alike(found, same)
    assert job["completeness"]["state"] == same["completeness"]["state"] == "COMPLETE"
    assert (job["done"], job["total"]) == (len(same["nodes"]), len(same["nodes"]))


def _alike(found: Read, same: dict[str, Any]) -> None:
    labels = {each["entity"]["key"]: each["entity"]["label"] for each in same["nodes"]}
    spelt = {id_: label.lstrip("'") for id_, label in found.labels.items()}
    assert {i: _one_line(label) for i, label in spelt.items()} == {
        i: _one_line(label) for i, label in labels.items()
    }
    ends = {(r["type"], r["from"]["key"], r["to"]["key"]) for r in same["relationships"]}
    assert found.ends == ends
    assert len(found.edges) == len(same["relationships"])


def _kind(entity: dict[str, str]) -> str:
    """The name of its type, as an enum spells it."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", entity["__typename"]).upper()


def _one_line(label: str) -> str:
    """XML knows one kind of line end in attributes."""
    return " ".join(label.split())


@pytest.mark.parametrize("format_", READERS)
async def test_columns_keep_their_types_and_values(
    export: Export, client: httpx2.AsyncClient, ask: Ask, mill: str, format_: str
) -> None:
    job = await export(format=format_, around=[mill], depth=3)

    found = read(format_, await fetched(client, job))
    same = await told(ask, job, around=[mill], depth=3)

    kinds = {each["entity"]["key"]: _kind(each["entity"]) for each in same["nodes"]}
    far = {each["entity"]["key"]: each["distance"] for each in same["nodes"]}
    assert {i: node["kind"] for i, node in found.nodes.items()} == kinds
    assert {i: int(node["distance"]) for i, node in found.nodes.items()} == far
    [flag] = [node for node in found.nodes.values() if node["kind"] == "RISK_FLAG"]
    assert float(flag["severity"]) == 0.25
    [textiles] = [node for node in found.nodes.values() if node["label"] == "Harbor Textiles"]
    assert textiles["national"] in (True, "true")
    [owning] = [edge for edge in found.edges if str(edge.get("shareMax")) in ("30", "30.0")]
    assert float(owning["shareMin"]) == 20
    assert owning["interest"] == "SHAREHOLDING"
    assert owning["validFrom"] in ("2020-01-01", date(2020, 1, 1))
    assert owning["recordedAt"] in (
        "2021-01-01T00:00:00.000000Z",
        datetime(2021, 1, 1, tzinfo=UTC),
    )


async def test_cells_that_a_spreadsheet_would_compute_are_text(
    export: Export, client: httpx2.AsyncClient, mill: str
) -> None:
    job = await export(format="CSV", around=[mill], depth=3)

    found = read("CSV", await fetched(client, job))

    cells = [cell for row in (*found.nodes.values(), *found.edges) for cell in row.values()]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


async def test_a_manifest_says_what_the_file_is(
    export: Export, client: httpx2.AsyncClient, mill: str
) -> None:
    job = await export(format="GRAPHML", around=[mill], depth=2, walk={"direction": "IN"})

    answer = await client.get(job["downloadUrl"])
    beside = (await client.get(f"{job['downloadUrl']}/manifest")).json()

    digest = hashlib.sha256(answer.content).digest()
    assert beside["file"] == {
        "name": "graph.graphml",
        "mediaType": "application/graphml+xml",
        "bytes": len(answer.content),
        "sha256": digest.hex(),
    }
    assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="graph.graphml"'
    assert answer.headers["content-type"] == "application/graphml+xml"
    assert answer.headers["link"].startswith(f"<{httpx2.URL(job['downloadUrl']).path}/manifest>")
    assert beside["moment"] == {**job["moment"], "cursor": job["cursor"]}
    assert beside["completeness"] == job["completeness"]
    assert beside["request"]["walk"]["direction"] == "IN"
    assert (beside["request"]["around"], beside["request"]["depth"]) == ([mill], 2)


@pytest.mark.parametrize("format_", [*READERS, "BODS"])
async def test_the_same_request_gives_the_same_bytes_but_for_the_moment(
    export: Export, client: httpx2.AsyncClient, mill: str, format_: str
) -> None:
    files = [
        await fetched(client, await export(format=format_, around=[mill], depth=3))
        for _ in range(2)
    ]
    job = await export(format=format_, around=[mill], depth=3)
    manifest = (await client.get(f"{job['downloadUrl']}/manifest")).json()
    again = await export(**manifest["variables"]["input"])

    assert await fetched(client, again) == await fetched(client, job)  # as the manifest says
    if format_ in ("CSV", "PARQUET"):
        assert read(format_, files[0]) == read(format_, files[1])
        return
    lines = [file.splitlines() for file in files]
    assert len(lines[0]) == len(lines[1])
    differing = [one for one, other in zip(*lines, strict=True) if one != other]
    assert len(differing) <= (0 if format_ == "BODS" else 1)
    assert all(b"knownAt" in line for line in differing)


async def test_what_a_reader_of_json_finds_of_the_file_itself(
    export: Export, client: httpx2.AsyncClient, mill: str
) -> None:
    job = await export(format="NODE_LINK_JSON", around=[mill])

    found = json.loads(await fetched(client, job))["graph"]

    assert found["moment"] == {**job["moment"], "cursor": job["cursor"]}
    assert found["about"]["counts"] == {"nodes": job["total"], "relationships": 4}
