"""What is restored is what was saved, and works; only the change log has another name."""

import asyncio
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from graph import backup, local_admin, registry
from graph.backup import restoring
from graph.backup.restoring import Restored
from graph.errors import SetupError
from graph.local import LocalDatabase, start_local
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests.backup import world
from tests.backup.conftest import Drill
from tests.backup.forged import forged
from tests.backup.world import asked
from tests.canaries.seeing import Sight
from tests.canaries.stored import dense

ACCOUNT = "query ($number: String!) { account(by: {importerNumber: $number}) { name } }"
FOLLOW = "subscription ($after: String) { changes(after: $after) { kind earliest } }"
DESK = """{ viewer { savedViews(first: 5) { nodes { title } } }
  webhooks(first: 5) { nodes { url deliveries(first: 5) { totalCount { value } } } } }"""


@pytest.fixture(scope="module")
def restored(drill: Drill, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Restored]:
    """First from what is no dump at all; then, in the same folder, as it was."""
    data = tmp_path_factory.mktemp("restored") / "graph"
    other = forged(data.with_name("other.backup"))
    with pytest.raises(SetupError, match=r"Neo4j's tool could not load the database: \S"):
        backup.restore(backup.examined(other, drill.key_file), data, quick=True)
    with pytest.raises(SetupError, match=r"A restore into .* was cut off"):
        start_local(data)
    saved = backup.examined(drill.made.file, drill.key_file)
    return data, backup.restore(saved, data, quick=True)


@pytest.fixture(scope="module")
def running(drill: Drill, restored: tuple[Path, Restored]) -> Any:
    with start_local(restored[0], quick=True) as database:
        yield database


@pytest.fixture
async def again(running: LocalDatabase) -> AsyncIterator[Graph]:
    async with world.opened(running.address) as graph:
        yield graph


async def test_all_that_was_there_is_there(drill: Drill, again: Graph) -> None:
    found = await world.everything(again)

    assert found == drill.world.all
    assert len(found) > 60


def test_it_was_seen_to_be_the_same(drill: Drill, restored: tuple[Path, Restored]) -> None:
    _, found = restored

    assert found.manifest == drill.made.manifest
    assert (found.looked_up, found.behind) == ((2, 2), [])
    assert drill.made.lacking == 0
    assert found.manifest.figures.rules == {
        "a number identifies one account at a time": 0,
        "an account has one manager in a role at a time": 0,
        "the change log is without a gap": 0,
    }
    assert found.manifest.figures.keys == {drill.key.key_id: 3}


async def test_accounts_are_found_by_their_numbers(drill: Drill, again: Graph) -> None:
    for number in (world.NUMBER, drill.ssn):
        found = await asked(again, drill.key, ACCOUNT, number=number)
        assert found == {"account": {"name": "Harbor Textiles"}}


async def test_a_write_that_is_repeated_is_known(drill: Drill, again: Graph) -> None:
    found = (await asked(again, drill.key, world.SAVE))["saveParty"]

    assert found == {"replayed": True, "party": {"id": drill.world.party}, "userErrors": []}


async def test_services_and_owners_are_registered(drill: Drill, again: Graph) -> None:
    known = await registry.read(again)

    assert known.key(drill.world.key) is not None
    assert known.owned("auth0|5f7c") == {"Account:A-1"}


async def test_who_was_signed_in_is_not_any_more(drill: Drill, again: Graph) -> None:
    assert drill.made.manifest.figures.labels["Session"] == 1
    assert await again.schema("MATCH (session:Session) RETURN session.id") == []


async def test_a_cursor_of_before_is_told_of_a_gap(drill: Drill, again: Graph) -> None:
    told = await asked(again, drill.key, world.CHANGES, after=drill.world.cursor)
    after = (await asked(again, drill.key, world.CHANGES, after=told["earliest"]))["changes"]

    context = Context(again, DEVELOPMENT, Seal(drill.key.derive(b"cursors")), drill.key)
    events: Any = await schema.stream(FOLLOW, {"after": drill.world.cursor}, context)
    async with asyncio.timeout(60):
        first = await anext(events)
    await events.aclose()

    assert told["code"] == "CURSOR_EXPIRED"
    assert after["edges"]
    assert (first.errors, first.data["changes"]["kind"]) == (None, "GAP")


def test_the_database_has_a_password_of_its_own(drill: Drill, running: LocalDatabase) -> None:
    before = (drill.data / "password").read_text().strip()

    assert running.address.password != before
    with (
        GraphDatabase.driver(running.address.uri, auth=("neo4j", before)) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


def test_no_social_security_number_is_in_the_file_or_in_what_is_made_of_it(
    drill: Drill, restored: tuple[Path, Restored], running: LocalDatabase
) -> None:
    sight = Sight(drill.marks.sent)
    files = [path for path in [drill.made.file, *restored[0].rglob("*")] if path.is_file()]
    names = {path.name for path in files}

    assert {drill.made.file.name, "neostore.propertystore.db"} <= names
    assert [path for path in files if sight.all(dense(path))] == []
    assert sight.all(f"It is {drill.ssn}.".encode()) == ["the graph"]
    secrets = [
        (drill.folder / "key").read_bytes()[:64],
        (drill.data / "password").read_bytes()[:43],
    ]
    kept = drill.made.file.read_bytes()
    assert [secret for secret in secrets if secret in kept] == []


def test_all_is_for_its_owner_only(drill: Drill, restored: tuple[Path, Restored]) -> None:
    found = [drill.made.file, restored[0], *restored[0].rglob("*")]

    assert [path for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
    assert not (restored[0] / "restoring").exists()


async def test_another_graph_than_was_saved_is_told(
    drill: Drill, running: LocalDatabase, tmp_path: Path
) -> None:
    saved = backup.examined(drill.made.file, drill.key_file)
    figures = saved.manifest.figures
    nodes = figures.nodes - figures.labels["Session"]  # which ended when it was restored
    other = replace(figures, nodes=nodes, sequence=1, labels={**figures.labels, "Account": 2})
    saved = replace(saved, manifest=replace(saved.manifest, figures=other))

    with pytest.raises(SetupError, match=r"not what was saved: labels, sequence differ"):
        await restoring.compared(running.address, saved)


def test_a_database_that_runs_is_not_touched_by_the_tool(running: LocalDatabase) -> None:
    with pytest.raises(SetupError, match="The database runs"):
        local_admin.check(running)


async def test_one_flipped_bit_anywhere_in_a_real_backup_is_refused(
    drill: Drill, tmp_path: Path
) -> None:
    whole = drill.made.file.read_bytes()
    data = tmp_path / "graph"

    for part in range(20):
        place = len(whole) * part // 20 + part
        other = tmp_path / "other.backup"
        other.write_bytes(whole[:place] + bytes([whole[place] ^ 64]) + whole[place + 1 :])
        with pytest.raises(SetupError, match="is not a whole backup"):
            backup.examined(other, drill.key_file)
    assert not data.exists()
