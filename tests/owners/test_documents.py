"""What the committed documents answer to an owner."""

from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import Reached, reach
from graph.session import Graph
from tests.owners.conftest import DOCUMENTS, OWNER, owner
from tests.reach.conftest import Ask, Told, asking

A1, A3, B1 = (ids.encode(f"Account:{id_}") for id_ in ("A-1", "A-3", "B-1"))


@pytest.fixture
def asked(owned: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    """A way to run a committed document as an owner, whose reach is read once."""
    ask = asking(owned, seal, key)

    async def run(viewer: Viewer, name: str, **variables: object) -> Told:
        return await ask(viewer, DOCUMENTS.get(name, name), **variables)

    return run


async def account(asked: Ask, name: str, **more: object) -> Any:
    told = await asked(OWNER, name, id=A1, **more)
    assert told.codes == []
    return told.data["account"]


async def test_an_owner_reaches_what_is_registered_and_what_hangs_on_it_today(owned: Graph) -> None:
    seen = await reach(owned, OWNER)

    assert seen.accounts == {"Account:A-1"}
    assert seen.things == {"ImporterNumber:N-1", "Issue:I-1", "Issue:I-4"}
    assert len(seen.lookups) == 1
    assert seen.brokers == {"Account:B-1"}
    for key in ("Account:B-1", "Party:O-1", "AccountManager:M-1", "Issue:I-2", "RiskFlag:F-1"):
        assert not seen.sees(key)
        assert seen.keys([key]) == [f"-{key}"]
    assert seen.sees("Center:CEE001")


async def test_an_owner_lists_their_accounts(asked: Ask) -> None:
    told = await asked(owner("A-1", "A-2", "none"), "accounts")

    assert told.codes == []
    assert [each["name"] for each in told.data["accounts"]["nodes"]] == [
        "Anchor Mill", "Harbor Mill"
    ]  # fmt: skip
    assert told.data["accounts"]["totalCount"] == {"value": 2, "relation": "EXACT"}


async def test_an_owner_reads_the_profile_of_their_account(asked: Ask) -> None:
    found = await account(asked, "profile")

    assert (found["name"], found["center"]["code"]) == ("Harbor Mill", "CEE001")
    assert [(edge["node"]["name"], edge["relationship"]["role"])
            for edge in found["managers"]["edges"]] == [("Manager M-1", "PRIMARY")]  # fmt: skip


async def test_an_owner_reads_the_numbers_of_today(asked: Ask) -> None:
    found = (await account(asked, "numbers"))["importerNumbers"]

    assert [each["display"] for each in found["nodes"]] == ["12-3456789AA"]
    assert found["totalCount"]["value"] == 1


async def test_a_moment_in_an_id_does_not_count(asked: Ask) -> None:
    past = ids.encode("Account:A-1@2022-01-01/")

    told = await asked(OWNER, "numbers", id=past)

    assert told.data["account"] == await account(asked, "numbers")


async def test_an_owner_is_told_the_names_of_brokers_of_today(asked: Ask) -> None:
    found = (await account(asked, "brokers"))["brokers"]

    assert [edge["node"] for edge in found["edges"]] == [{"name": "Pelican Brokers"}]
    assert found["edges"][0]["relationship"]["scope"] == {"code": "ENTRY", "label": "Entry"}
    assert found["totalCount"]["value"] == 1


async def test_an_owner_reads_figures_with_money(asked: Ask) -> None:
    found = (await account(asked, "performance"))["performance"]

    assert (found["total"]["lines"], found["total"]["enteredValue"]["amount"]) == (7, "5.00")
    assert found["byNumber"][0]["importerNumber"] == {"display": "12-3456789AA"}


async def test_an_owner_is_told_of_issues_that_are_shared(asked: Ask) -> None:
    first = (await account(asked, "issues", first=1))["issues"]
    then = await account(asked, "issues", first=1, after=first["pageInfo"]["endCursor"])

    assert first["totalCount"]["value"] == 2
    assert [each["title"] for each in (*first["nodes"], *then["issues"]["nodes"])] == [
        "Mill I-1", "Mill I-4"
    ]  # fmt: skip
    assert not then["issues"]["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize("name", sorted(set(DOCUMENTS) - {"accounts"}))
async def test_other_accounts_are_as_those_that_are_not_there(asked: Ask, name: str) -> None:
    await asked(OWNER, "accounts")  # their reach is known from here on

    for hidden in (A3, B1):  # that of a broker whose name they are told, too
        told = await asked(OWNER, name, id=hidden)
        missing = await asked(OWNER, name, id=ids.encode("Account:none"))
        assert told == missing
        assert (told.data, told.codes, told.statements) == ({"account": None}, [], 1)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
async def test_who_is_registered_for_nothing_is_told_nothing(
    asked: Ask, owned: Graph, name: str
) -> None:
    for viewer in (owner(), owner("none")):
        told = await asked(viewer, name, id=A1)
        if viewer.named:
            assert told.codes == []
            assert str(told.data).count("Harbor") == 0
        else:
            assert (told.codes, told.statements) == (["FORBIDDEN"], 0)


def test_what_only_owners_are_cut_by_does_not_travel_for_others() -> None:
    question = Query("RETURN $owned, $toOwner")
    things = frozenset({"ImporterNumber:N-1"})

    staff = Reached(things=things).parameters(question)
    theirs = Reached(things=things, owner=True).parameters(question)

    assert staff == {"reachesAll": False, "owned": {}, "toOwner": False}
    assert theirs == {"reachesAll": False, "owned": {"ImporterNumber:N-1": True}, "toOwner": True}
