"""Exports on their way: what is asked for, how far they come, what stops them."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

from graph import ids
from graph.address import Address
from graph.export.bounds import Bounds
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.jobs import exporting
from tests.jobs.conftest import ended
from tests.jobs.exporting import Export, fetched, read
from tests.resolvers.conftest import Ask

HERE = {"format": "JSON_LINES"}
CHANGES = "query ($after: String) { changes(first: 100, after: $after) { nodes { kind } } }"


async def refused(ask: Ask, **asked: object) -> list[tuple[str, str]]:
    """Why an export is not begun."""
    answer = (await ask(exporting.START, input=asked))["startExport"]
    assert answer["job"] is None
    return [(e["code"], ".".join(e["path"])) for e in answer["userErrors"]]


async def test_what_cannot_be_asked_for_is_refused_with_its_place(
    exported: Graph, resting: Jobs, ask: Ask, mill: str
) -> None:
    nothing = ids.encode("Party:O-99")
    number = ids.encode("Party:219-09-9999")

    assert await refused(ask, format="GLEIF", around=[mill]) == [("INVALID_FORMAT", "input.format")]
    assert await refused(ask, **HERE) == [("REQUIRED", "input.around")]
    assert await refused(ask, **HERE, around=[mill], accounts={}) == [("REQUIRED", "input.around")]
    assert await refused(ask, **HERE, around=[]) == [("OUT_OF_RANGE", "input.around")]
    assert await refused(ask, **HERE, around=[nothing]) == [("NOT_FOUND", "input.around")]
    assert await refused(ask, **HERE, around=["?"]) == [("INVALID_FORMAT", "input.around")]
    assert await refused(ask, **HERE, around=[mill], depth=11) == [("OUT_OF_RANGE", "input.depth")]
    assert await refused(ask, **HERE, around=[mill], walk={"avoid": [number]}) == [
        ("INVALID_FORMAT", "input.walk")
    ]
    assert await refused(ask, **HERE, accounts={"nameContains": "219-09-9999"}) == [
        ("INVALID_FORMAT", "input.accounts")
    ]
    assert (
        await refused(ask, **HERE, accounts={"managerIds": [number]})
        == [("INVALID_FORMAT", "input.accounts")] * 2
    )  # it is no manager, and would be kept
    assert await refused(ask, **HERE, around=[mill], walk={"maxDegree": 0}) == [
        ("INVALID_FORMAT", "input.walk")
    ]
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert await refused(ask, **HERE, around=[mill], moment={"knownAt": future}) == [
        ("INVALID_FORMAT", "input.moment")
    ]


async def test_a_repeat_answers_as_the_first_time(
    exported: Graph, resting: Jobs, ask: Ask, mill: str
) -> None:
    asked = {**HERE, "around": [mill], "idempotencyKey": "one"}

    first, again = [(await ask(exporting.START, input=asked))["startExport"] for _ in range(2)]

    assert (first["replayed"], again["replayed"]) == (False, True)
    assert first["job"] == again["job"]
    assert (first["job"]["state"], first["job"]["downloadUrl"]) == ("QUEUED", None)


async def test_accounts_by_a_filter_stand_in_the_middle(
    export: Export, client: httpx2.AsyncClient
) -> None:
    job = await export(**HERE, accounts={"nameContains": "harbor"}, depth=1)

    found = read("JSON_LINES", await fetched(client, job))

    middle = [node["label"] for node in found.nodes.values() if node["distance"] == 0]
    assert middle == ["Harbor Textiles"]
    assert {"R. Alder", "S. Birch", "12-3456789AB"} <= set(found.labels.values())


async def test_a_filter_that_nothing_meets_gives_an_empty_file(
    export: Export, client: httpx2.AsyncClient
) -> None:
    for format_ in (*exporting.READERS, "BODS"):
        job = await export(format=format_, accounts={"nameContains": "nobody"})
        body = await fetched(client, job)
        assert (job["total"], job["completeness"]["state"]) == (0, "COMPLETE")
        if format_ != "BODS":
            assert read(format_, body).labels == {}


async def test_a_moment_holds_whatever_is_written_later_and_its_cursor_goes_on_from_there(
    exported: Graph,
    resting: Jobs,
    address: Address,
    ask: Ask,
    client: httpx2.AsyncClient,
    mill: str,
) -> None:
    answer = (await ask(exporting.START, input={**HERE, "around": [mill]}))["startExport"]
    later: list[worlds.Row] = [
        worlds.organization("O-9", "Later"),
        worlds.owns("Party:O-9", "Party:O-2", 5),
    ]
    await write(exported, later, at=datetime.now(UTC))

    async with resting.running(address):
        job = await ended(ask, answer["job"]["id"])
        found = read("JSON_LINES", await fetched(client, job))
        again = await ended(
            ask,
            (await ask(exporting.START, input={**HERE, "around": [mill], "moment": job["moment"]}))[
                "startExport"
            ]["job"]["id"],
        )

    assert "Later" not in found.labels.values()
    told = (await ask(CHANGES, after=job["cursor"]))["changes"]["nodes"]
    assert {each["kind"] for each in told} == {"PARTY_SAVED", "RELATIONSHIP_RECORDED"}
    assert again["cursor"] == job["cursor"]  # found in the log, for an instant in the past
    assert read("JSON_LINES", await fetched(client, again)) == found


async def test_a_part_that_is_too_large_is_cut_and_says_so(
    exported: Graph, key: IdentifierKey, address: Address, ask: Ask, resting: Jobs, mill: str
) -> None:
    resting._bounds = Bounds(things=4)
    async with resting.running(address):
        first = await ask(exporting.START, input={**HERE, "around": [mill], "depth": 4})
        job = await ended(ask, first["startExport"]["job"]["id"])
    assert job["completeness"]["state"] == "TRUNCATED"
    assert "more than 4 things" in job["completeness"]["reason"]
    assert job["completeness"]["hint"].startswith("Ask for a smaller 'depth'")
    assert job["done"] == job["total"] == 4

    resting._bounds = Bounds(relationships=2)
    async with resting.running(address):
        first = await ask(exporting.START, input={**HERE, "around": [mill], "depth": 4})
        job = await ended(ask, first["startExport"]["job"]["id"])
    assert job["completeness"]["state"] == "TRUNCATED"
    assert "2 relationships" in job["completeness"]["reason"]


async def test_files_are_for_this_user_alone_and_nothing_else_is_left(
    export: Export, mill: str, tmp_path: Path
) -> None:
    job = await export(**HERE, around=[mill])

    [folder] = (tmp_path / "jobs").glob("J-*")
    kept = sorted(folder.iterdir())

    assert [path.name for path in kept] == ["export", "manifest.json", "told"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    expires = datetime.fromisoformat(job["expiresAt"])
    finished = datetime.fromisoformat(job["finishedAt"])
    assert timedelta(hours=23, minutes=59) < expires - finished <= timedelta(hours=24)


async def test_a_file_is_gone_after_a_day(
    export: Export,
    graph: Graph,
    resting: Jobs,
    client: httpx2.AsyncClient,
    ask: Ask,
    mill: str,
    tmp_path: Path,
) -> None:
    job = await export(**HERE, around=[mill])
    old = (datetime.now(UTC) - timedelta(hours=25)).timestamp()
    for path in (tmp_path / "jobs").glob("J-*/*"):
        os.utime(path, (old, old))

    resting._folder.sweep([])
    gone = await client.get(job["downloadUrl"])
    await graph.schema("MATCH (j:Job) SET j.expiresAt = datetime() - duration({hours: 1})")
    over = await client.get(job["downloadUrl"])

    assert (gone.status_code, over.status_code) == (410, 410)
    assert (await ask(exporting.ONE, id=job["id"]))["node"]["downloadUrl"] is None
