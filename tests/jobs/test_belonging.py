"""Whose a job is: who started it sees it, and the change log names them."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.identifiers import IdentifierKey
from graph.jobs import Jobs, NotTaken
from graph.paging import Seal
from graph.policy import Viewer
from graph.roles import Role
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests.jobs.conftest import NEW, Finish, Start
from tests.resolvers.conftest import Ask, code

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "docs" / "samples"
PORTS = ROOT / "graph" / "reference" / "schedule_d_ports.csv"
Asked = Callable[..., Awaitable[tuple[Any, list[Any]]]]
RIGHTS = (Permission.IMPORT, Permission.EXPORT)


def asking_as(viewer: Viewer, graph: Graph, seal: Seal, key: IdentifierKey, jobs: Jobs) -> Asked:
    """A way to ask as somebody else: the data, and the codes of errors."""

    async def asked_so(document: str, **variables: Any) -> tuple[Any, list[Any]]:
        context = Context(graph, viewer, seal, key, jobs=jobs)
        result = await schema.execute(document, variables, context_value=context)
        return result.data, [code(error) for error in result.errors or []]

    return asked_so


async def test_only_who_may_load_starts_a_load(
    graph: Graph, seal: Seal, key: IdentifierKey, resting: Jobs
) -> None:
    ask = asking_as(Viewer("other", "Other", (), sees_all=True), graph, seal, key, resting)

    started = await ask(
        "mutation ($i: StartImportInput!) { startImport(input: $i) { job { id } } }", i=NEW
    )

    assert started == ({"startImport": None}, ["FORBIDDEN"])


@pytest.mark.parametrize("rights", [(), RIGHTS], ids=["who may not load", "who may load too"])
async def test_a_job_is_there_for_who_started_it_and_for_nobody_else(
    graph: Graph,
    seal: Seal,
    key: IdentifierKey,
    resting: Jobs,
    start: Start,
    rights: tuple[Permission, ...],
) -> None:
    job = await start()
    other = Viewer("other", "Other", rights, sees_all=True, roles=(Role.INTEGRATOR,))
    ask = asking_as(other, graph, seal, key, resting)
    *_, id_, use, token = job["uploadUrl"].split("/")

    seen = await ask("query ($id: ID!) { node(id: $id) { id } }", id=job["id"])
    stopped = await ask(
        "mutation ($i: TargetInput!) { cancelJob(input: $i) { userErrors { code } } }",
        i={"id": job["id"]},
    )
    listed = await ask("{ viewer { jobs { id } } }")
    with pytest.raises(NotTaken) as sent:
        await resting.reached(other, id_, use, token)

    assert seen == ({"node": None}, [])
    assert stopped == ({"cancelJob": {"userErrors": [{"code": "NOT_FOUND"}]}}, [])
    assert listed == ({"viewer": {"jobs": []}}, [])
    assert sent.value.why == "absent"
    await graph.schema("MATCH (j:Job) SET j.owner = 'other'")
    assert (await ask("query ($id: ID!) { node(id: $id) { id } }", id=job["id"]))[0]["node"]


CHANGES = """{ changes(first: 100) { nodes { kind actor reason
  relationship { recordedBy } } } }"""


@pytest.mark.parametrize(
    ("content", "file", "kinds"),
    [
        (
            "ACCOUNTS",
            (SAMPLES / "accounts.csv").read_bytes(),
            {"ACCOUNT_OPENED", "IDENTIFIER_ATTACHED", "IDENTIFIER_SAVED"},
        ),
        ("REFERENCE_DATA", PORTS.read_bytes(), {"REFERENCE_DATA_LOADED"}),
    ],
)
async def test_what_a_job_changes_is_told_of_who_started_it(
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    ask: Ask,
    content: str,
    file: bytes,
    kinds: set[str],
) -> None:
    job = await start(content=content, reason="Yearly")
    await client.put(job["uploadUrl"], content=file)
    await finish(job["id"])

    found = (await ask(CHANGES))["changes"]["nodes"]

    assert kinds <= {each["kind"] for each in found}
    assert {(each["actor"], each["reason"]) for each in found} == {("Development viewer", "Yearly")}
    recorded = {each["relationship"]["recordedBy"] for each in found if each["relationship"]}
    assert recorded <= {"load"}  # by which a later load compares it with its own
