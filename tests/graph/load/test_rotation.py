"""A key follows another: every number is found before, between and after, under one id."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph import identifiers
from graph.identifiers import IdentifierKey
from graph.load import load
from graph.load.rotation import rekeyed, rotated
from graph.load.write import write
from graph.paging import Seal
from graph.session import Graph
from tests import worlds
from tests.commands.conftest import give as give
from tests.resolvers.conftest import Ask, asking

SSN, OTHER = "219-09-9999", "078-05-1120"
EIN, CBP = "12-3456789AB", "061234-12345"
FILE = """id,kind,name,opened_on,importer_numbers
A-1,IMPORTER,Quay,2020-01-01,{}
"""
FIND = """query ($n: String!) {
  account(by: {importerNumber: $n}) { name }
  importerNumber(number: $n) { id }
}"""
SAVE = """mutation ($i: ImporterNumberInput!) {
  saveImporterNumber(input: $i) { userErrors { code } }
}"""
KEYS = "MATCH (n:ImporterNumber) RETURN n.display AS display, n.keyId AS key ORDER BY display"


@pytest.fixture(autouse=True)
def accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifiers, "FAKE_SSNS", frozenset[str]())


@pytest.fixture
async def stored(graph: Graph, key: IdentifierKey, tmp_path: Path) -> Graph:
    """An account with a number of each type."""
    await taken(graph, key, tmp_path, f"{SSN};{EIN};{CBP}")
    return graph


async def taken(graph: Graph, key: IdentifierKey, folder: Path, numbers: str, **more: Any) -> Any:
    file = folder / "accounts.csv"
    file.write_text(FILE.format(numbers), encoding="utf-8")
    report = await load(graph, "accounts", [file], at=datetime.now(UTC), key=key, **more)
    assert report.refused == []
    return report


async def found(graph: Graph, seal: Seal, key: IdentifierKey) -> list[Any]:
    """What each number is found as."""
    ask: Ask = asking(graph, seal, key)
    return [await ask(FIND, n=number) for number in (SSN, EIN, CBP)]


async def keys(graph: Graph) -> list[str]:
    return [row["key"] for row in await graph.schema(KEYS)]


async def test_every_number_is_found_before_and_after_a_rotation(
    stored: Graph, seal: Seal, key: IdentifierKey
) -> None:
    before = await found(stored, seal, key)

    new = await rotated(stored, key, forget=False)
    assert new
    between = await found(stored, seal, replace(new))
    done = await rekeyed(stored, new)
    after = await found(stored, seal, new)

    assert all(one["account"] == {"name": "Quay"} for one in before)
    assert [one["importerNumber"] for one in between[:1]] == [before[0]["importerNumber"]]
    assert after == before  # the same ids
    assert (done.moved, done.left) == (2, 1)
    assert await keys(stored) == [key.key_id, new.key_id, new.key_id]


async def test_a_number_that_is_loaded_again_gets_the_new_key_and_keeps_its_id(
    stored: Graph, seal: Seal, key: IdentifierKey, tmp_path: Path
) -> None:
    before = await found(stored, seal, key)
    new = key.followed()
    await rekeyed(stored, new)

    trial = await taken(stored, new, tmp_path, f"{SSN};{EIN};{CBP}", dry_run=True)
    assert await keys(stored) == [key.key_id, new.key_id, new.key_id]
    again = await taken(stored, new, tmp_path, f"{SSN};{EIN};{CBP}")

    assert (trial.total("created"), again.total("created")) == (0, 0)
    assert await keys(stored) == [new.key_id] * 3
    assert await found(stored, seal, new.alone()) == before


async def test_a_number_that_was_given_an_id_is_known_by_it(
    graph: Graph, seal: Seal, key: IdentifierKey, tmp_path: Path
) -> None:
    rows = (worlds.number(key, "N-7", SSN),)
    assert (await write(graph, rows, at=worlds.RECORDED)).refused == []
    new = key.followed()
    file = tmp_path / "accounts.csv"
    file.write_text(FILE.format(SSN), encoding="utf-8")

    report = await load(graph, "accounts", [file], at=datetime.now(UTC), key=new)

    assert [one.refusal.code for one in report.refused] == ["ALREADY_EXISTS"]  # under another id
    assert await graph.schema("MATCH (n:ImporterNumber) RETURN count(n) AS n") == [{"n": 1}]


async def test_a_number_that_is_written_again_gets_the_new_key(
    stored: Graph, seal: Seal, key: IdentifierKey
) -> None:
    new = key.followed()
    await rekeyed(stored, new)
    ask = asking(stored, seal, new)

    answer = await ask(SAVE, i={"number": SSN})
    other = await ask(SAVE, i={"number": OTHER})

    assert answer["saveImporterNumber"]["userErrors"] == [{"code": "ALREADY_EXISTS"}]
    assert other["saveImporterNumber"]["userErrors"] == []
    assert set(await keys(stored)) >= {new.key_id}


async def test_no_key_is_forgotten_while_a_number_has_it(stored: Graph, key: IdentifierKey) -> None:
    new = await rotated(stored, key, forget=False)
    assert new
    await rekeyed(stored, new)

    assert await rotated(stored, new, forget=False) is None
    given_up = await rotated(stored, new, forget=True)
    assert given_up
    assert (given_up.before, given_up.root) == (new.secret, key.secret)
    assert (await rekeyed(stored, given_up)).left == 0  # those given up have a key nobody has


def test_a_key_and_the_one_before_are_one_file(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "identifier.key"
    first = IdentifierKey.at(path)

    second = first.followed()
    second.put(path)
    third = second.alone().followed()

    assert IdentifierKey.at(path) == second
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["identifier.key"]
    assert (second.id_before, first.id_before) == (first.key_id, None)
    assert second.lookup_before(SSN) == first.lookup(SSN) != second.lookup(SSN)
    assert third.root == first.secret
    for one in (second, third):
        assert one.number_id(SSN) == first.number_id(SSN)
        assert one.derive(b"cursors") == first.derive(b"cursors")
        assert one.attribute("PHONE", "+1") == first.attribute("PHONE", "+1")
        assert first.secret.hex() not in repr(one)
