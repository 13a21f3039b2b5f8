"""Whoever follows a job is told of each step, until it is over; looking costs one question."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import httpx2
import pytest

from graph import desk, ids
from graph.demo import desk as demo
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.jobs import followers as watching
from graph.jobs.followers import Followers
from graph.load import loading
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests.commands.conftest import Give
from tests.jobs.conftest import Finish, Start, parties
from tests.resolvers.conftest import code

FOLLOW = (
    "subscription ($id: ID!) { jobProgress(id: $id) { state done total changed refused"
    " finishedAt cursor } }"
)


@pytest.fixture
def context(graph: Graph, seal: Seal, key: IdentifierKey, resting: Jobs) -> Context:
    return Context(graph, DEVELOPMENT, seal, key, jobs=resting)


async def follow(context: Context, id_: str) -> AsyncGenerator[dict[str, Any], None]:
    """What is told of a job."""
    stream = await schema.subscribe(FOLLOW, {"id": id_}, context_value=context)
    assert isinstance(stream, AsyncGenerator), stream
    async with aclosing(stream):
        async for result in stream:
            assert result.errors is None
            assert result.data
            yield result.data["jobProgress"]


async def told(context: Context, id_: str) -> list[dict[str, Any]]:
    return [each async for each in follow(context, id_)]


async def test_each_step_is_told_and_then_the_end(
    graph: Graph,
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    context: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)
    monkeypatch.setattr(watching, "EVERY", 3600)  # only what is told at once counts here
    job = await start()
    followers = [asyncio.create_task(told(context, job["id"])) for _ in range(3)]
    await asyncio.sleep(0.3)
    await client.put(job["uploadUrl"], content=parties(45, "P-X,,US"))

    heard = await asyncio.gather(*followers)

    for steps in heard:
        assert steps[0]["state"] == "AWAITING_UPLOAD"
        *running, ended = steps[1:]
        # The end follows the last batch at once: who is busy then is told only the end.
        done, changed = [0, 10, 20, 30, 40, 46], [0, 10, 20, 30, 40, 45]
        assert [each["done"] for each in running] in (done, done[:-1])
        assert [each["changed"] for each in running] == changed[: len(running)]
        assert {each["total"] for each in steps[1:]} == {46}
        assert {each["state"] for each in running} == {"RUNNING"}
        assert [ended[name] for name in ("state", "done", "changed", "refused")] == [
            *("SUCCEEDED", 46, 45, 1)
        ]
        assert ended["finishedAt"]


async def test_a_job_that_runs_elsewhere_is_looked_at_once_for_all(
    graph: Graph, resting: Jobs, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "EVERY", 3600)
    keys = [ids.decode((await start())["id"]) for _ in range(2)]
    following = Followers(graph)
    jobs = [await desk.job(graph, DEVELOPMENT, key) for key in keys]
    followers = [following.steps(job) for job in jobs if job for _ in range(20)]
    for each in followers:
        assert (await anext(each)).state == "AWAITING_UPLOAD"
    states = ("QUEUED", "RUNNING", "FAILED")

    for state in states:
        waiting = [asyncio.ensure_future(anext(each)) for each in followers]
        await graph.schema(f"MATCH (j:Job) SET j.state = '{state}'")
        graph.statements = 0
        await following.look(keys)
        assert [job.state for job in await asyncio.gather(*waiting)] == [state] * 40
        assert graph.statements == 1

    for each in followers:
        assert [job async for job in each] == []
    await following.close()


async def test_a_job_is_looked_at_while_it_is_followed_and_no_longer(
    graph: Graph, resting: Jobs, start: Start, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.01)
    job = await start()
    follower = asyncio.create_task(told(context, job["id"]))
    await asyncio.sleep(0.1)
    await graph.schema("MATCH (j:Job) SET j.state = 'FAILED', j.finishedAt = datetime()")

    steps = await follower

    assert [each["state"] for each in steps] == ["AWAITING_UPLOAD", "FAILED"]
    await asyncio.sleep(0.1)
    graph.statements = 0
    await asyncio.sleep(0.1)
    assert graph.statements == 0


async def test_who_stops_following_leaves_the_others(
    graph: Graph, resting: Jobs, start: Start, context: Context, give: Give
) -> None:
    job = await start()
    stays = asyncio.create_task(told(context, job["id"]))
    leaves = follow(context, job["id"])
    assert (await anext(leaves))["state"] == "AWAITING_UPLOAD"

    await leaves.aclose()
    await give("cancelJob", "", id=job["id"])

    assert [each["state"] for each in await stays] == ["AWAITING_UPLOAD", "CANCELLED"]


async def test_a_job_that_is_over_is_told_once(
    harbor: Graph, resting: Jobs, context: Context
) -> None:
    await demo.write(harbor)

    [only] = await told(context, ids.encode("Job:J-1"))

    assert (only["state"], only["refused"]) == ("SUCCEEDED", 3)


@pytest.mark.parametrize("key_", ["Job:J-0", "Party:P-1", ""])
async def test_what_is_no_job_cannot_be_followed(graph: Graph, context: Context, key_: str) -> None:
    given = {"id": ids.encode(key_) if key_ else "nonsense"}
    stream = await schema.subscribe(FOLLOW, given, context_value=context)
    results = [stream] if not isinstance(stream, AsyncGenerator) else [r async for r in stream]

    [result] = results
    assert [code(error) for error in result.errors or []] == ["BAD_USER_INPUT"]


async def test_a_stopped_load_keeps_what_was_written_and_writes_no_more(
    graph: Graph,
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    give: Give,
    context: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)
    job = await start()
    steps = follow(context, job["id"])
    await anext(steps)
    await client.put(job["uploadUrl"], content=parties(3000))
    async for step in steps:
        if step["done"] >= 30:
            break

    stopped = await give("cancelJob", "job { state changed }", id=job["id"])
    written = await graph.schema("MATCH (p:Party) RETURN count(p) AS number")
    last = [each async for each in steps][-1]

    assert stopped["job"]["state"] == last["state"] == "CANCELLED"
    assert 30 <= stopped["job"]["changed"] == written[0]["number"] < 3000
    again = await start()
    await client.put(again["uploadUrl"], content=parties(1))
    await finish(again["id"])  # the one before has let go of the server
    assert await graph.schema("MATCH (p:Party) RETURN count(p) AS number") == written
    assert (await desk.job(graph, DEVELOPMENT, ids.decode(job["id"]))).changed == last["changed"]  # type: ignore[union-attr]
