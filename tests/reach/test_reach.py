"""Who reaches what: own and the Center's accounts are answered, others are as if not there."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from graph import ids
from graph.load.write import write
from graph.policy import DEVELOPMENT, Viewer
from graph.reach import Reaches, forget, reach
from graph.roles import Role
from graph.session import Graph
from tests import worlds
from tests.reach.conftest import DIRECTOR, MANAGER, Ask, member
from tests.reach.random_world import RECORDED
from tests.worlds import claim

NODE = "query ($id: ID!) { node(id: $id) { id ... on Entity { label degrees { type } } } }"
CARD = """
  query ($number: String!) {
    account(by: {importerNumber: $number}) { name primaryManager { name } }
    importerNumber(number: $number) { display account { name } }
    party(by: {importerNumber: $number}) { name }
  }
"""
CODE = '{ account(by: {filerCode: "%s"}) { name } filerCode(code: "%s") { code } }'
WALK = """
  query ($id: ID!, $to: ID!) {
    shortestPaths(from: $id, to: $to) { paths { length } connected completeness { state } }
  }
"""
HIDDEN = ("Account:A-3", "Account:B-1", "ImporterNumber:N-3", "FilerCode:B76", "Issue:I-3")
SEEN = ("Account:A-1", "Account:A-2", "ImporterNumber:N-1", "Issue:I-1", "Party:O-1",
        "AccountManager:M-2", "Center:CEE002")  # fmt: skip


@pytest.mark.parametrize("viewer", [MANAGER, DIRECTOR], ids=lambda viewer: viewer.id)
async def test_what_is_out_of_reach_is_as_what_is_missing(ask: Ask, viewer: Viewer) -> None:
    await ask(viewer, NODE, id=ids.encode("Account:A-1"))  # their reach is known from here on
    for key in SEEN:
        assert (await ask(viewer, NODE, id=ids.encode(key))).data["node"]["id"], key

    for key in HIDDEN:
        kind = key.partition(":")[0]
        hidden = await ask(viewer, NODE, id=ids.encode(key))
        missing = await ask(viewer, NODE, id=ids.encode(f"{kind}:none"))
        assert hidden == missing
        assert (hidden.data, hidden.codes, hidden.statements) == ({"node": None}, [], 1)


async def test_numbers_and_codes_out_of_reach_are_as_those_that_nobody_has(ask: Ask) -> None:
    own = await ask(MANAGER, CARD, number="12-3456789AA")
    hidden = await ask(MANAGER, CARD, number="12-3456789CA")
    missing = await ask(MANAGER, CARD, number="12-3456789DA")

    assert own.data["account"]["primaryManager"] == {"name": "Manager M-1"}
    assert own.data["importerNumber"]["account"] == {"name": "Harbor Mill"}
    assert own.data["party"] == {"name": "Mill Holding"}
    assert hidden == missing
    assert hidden.data == {"account": None, "importerNumber": None, "party": None}
    of_broker, of_nobody = [await ask(MANAGER, CODE % (c, c)) for c in ("B76", "Z99")]
    assert of_broker == of_nobody
    assert of_broker.data == {"account": None, "filerCode": None}


async def test_lists_and_counts_are_of_what_is_in_reach(ask: Ask) -> None:
    document = """
      { accounts { totalCount { value } nodes { name } }
        issues { totalCount { value } nodes { title concerns { label } account { name } } }
        parties { nodes { name importerNumbers { totalCount { value } }
          accounts { nodes { name } } degrees { type count { value } } } }
        accountManagers { nodes { name caseload { accounts openIssues } } }
        center(code: "CEE002") { caseload { accounts } accounts { totalCount { value } } } }
    """

    told = await ask(MANAGER, document)

    assert told.codes == []
    assert told.data["accounts"] == {
        "totalCount": {"value": 2},
        "nodes": [{"name": "Anchor Mill"}, {"name": "Harbor Mill"}],
    }
    assert told.data["issues"] == {
        "totalCount": {"value": 1},
        "nodes": [{"title": "Mill I-1", "concerns": [], "account": {"name": "Harbor Mill"}}],
    }
    assert told.data["parties"]["nodes"] == [
        {
            "name": "Mill Holding",
            "importerNumbers": {"totalCount": {"value": 2}},
            "accounts": {"nodes": [{"name": "Anchor Mill"}, {"name": "Harbor Mill"}]},
            "degrees": [{"type": "HOLDS", "count": {"value": 2}}],
        }
    ]
    loads = {each["name"]: each["caseload"] for each in told.data["accountManagers"]["nodes"]}
    assert loads["Manager M-1"] == {"accounts": 1, "openIssues": 1}
    assert loads["Manager M-2"] == {"accounts": 0, "openIssues": 0}
    assert told.data["center"] == {
        "caseload": {"accounts": 0},
        "accounts": {"totalCount": {"value": 0}},
    }


async def test_a_filter_by_what_is_out_of_reach_finds_nothing(ask: Ask) -> None:
    document = "query ($id: ID!) { accounts(filter: {brokerId: $id}) { totalCount { value } } }"

    hidden = await ask(MANAGER, document, id=ids.encode("Account:B-1"))
    missing = await ask(MANAGER, document, id=ids.encode("Account:none"))
    all_ = await ask(DEVELOPMENT, document, id=ids.encode("Account:B-1"))

    assert hidden.data == missing.data == {"accounts": {"totalCount": {"value": 0}}}
    assert all_.data == {"accounts": {"totalCount": {"value": 1}}}


async def test_search_finds_what_is_in_reach(ask: Ask) -> None:
    document = (
        "query ($text: String!) { search(text: $text) { totalCount { value } nodes { id } } }"
    )

    async def found(text: str) -> set[str]:
        told = await ask(MANAGER, document, text=text)
        return {ids.decode(each["id"]) for each in told.data["search"]["nodes"]}

    assert await found("mill") == {"Account:A-1", "Account:A-2", "Issue:I-1", "Party:O-1"}
    assert await found("gannet") == set()
    assert await found("12-3456789CA") == await found("12-3456789DA") == set()
    assert await found("B76") == set()
    assert "Account:A-3" not in await found("A-3")


async def test_search_by_former_names_finds_what_is_in_reach(ask: Ask, centers: Graph) -> None:
    document = """query ($text: String!, $at: DateTime) {
      search(text: $text, moment: {knownAt: $at}) { totalCount { value } nodes { key } } }"""
    later = [worlds.account("A-1", "Zephyr"), worlds.account("A-3", "Quill")]
    assert (await write(centers, later, at=RECORDED + timedelta(hours=12))).refused == []
    before = (RECORDED + timedelta(hours=1)).isoformat()

    async def found(text: str) -> set[str]:
        told = (await ask(MANAGER, document, text=text, at=before)).data["search"]
        assert told["totalCount"]["value"] == len(told["nodes"])
        return {ids.decode(each["key"]) for each in told["nodes"]}

    assert await found("mill") == {"Account:A-1", "Account:A-2", "Issue:I-1", "Party:O-1"}
    assert await found("gannet") == await found("zephyr") == await found("quill") == set()


async def test_the_log_is_told_as_far_as_it_is_about_what_is_in_reach(ask: Ask) -> None:
    document = """
      { changes(first: 100) { totalCount { value } nodes { account { id } subject { id } } } }
    """

    told = (await ask(MANAGER, document)).data["changes"]
    every = (await ask(DEVELOPMENT, document)).data["changes"]

    accounts = {ids.decode(each["account"]["id"]) for each in told["nodes"] if each["account"]}
    assert accounts == {"Account:A-1", "Account:A-2"}
    assert told["totalCount"]["value"] == len(told["nodes"]) < len(every["nodes"])


async def test_a_walk_begins_at_nothing_that_is_out_of_reach(ask: Ask) -> None:
    near = await ask(MANAGER, WALK, id=ids.encode("Account:A-1"), to=ids.encode("Account:A-2"))
    hidden = await ask(MANAGER, WALK, id=ids.encode("Account:A-1"), to=ids.encode("Account:A-3"))
    missing = await ask(MANAGER, WALK, id=ids.encode("Account:A-1"), to=ids.encode("Account:A-0"))

    assert near.codes == []
    assert near.data["shortestPaths"]["completeness"]["state"] != "COMPLETE"
    assert hidden == missing
    assert hidden.codes == ["BAD_USER_INPUT"]


async def test_the_past_is_read_with_today_s_reach(ask: Ask) -> None:
    document = """
      query ($id: ID!) { accountManager(id: $id, moment: {asOf: "2021-01-01"}) {
        accounts { nodes { name } } } }
    """

    told = await ask(MANAGER, document, id=ids.encode("AccountManager:M-1"))

    # A-3, which they backed up in 2021, is another's today
    assert told.data["accountManager"]["accounts"]["nodes"] == [{"name": "Harbor Mill"}]


async def test_who_is_in_no_center_and_manages_nothing_reaches_nothing(ask: Ask) -> None:
    told = await ask(member("M-9", Role.ACCOUNT_MANAGER), "{ accounts { totalCount { value } } }")

    assert told.data == {"accounts": {"totalCount": {"value": 0}}}


async def test_a_change_of_reach_counts_within_five_seconds(centers: Graph, ask: Ask) -> None:
    now = [0.0]
    forget(centers, lambda: now[0])
    document = "query ($id: ID!) { node(id: $id) { id } }"
    moved = claim(
        "Account:A-3", "MANAGED_BY", "AccountManager:M-1", date(2024, 1, 1), role="BACKUP"
    )

    before = await ask(MANAGER, document, id=ids.encode("Account:A-3"))
    await write(centers, [moved], at=datetime.now(UTC))
    now[0] = 4.9
    kept = await ask(MANAGER, document, id=ids.encode("Account:A-3"))
    now[0] = 5.0
    after = await ask(MANAGER, document, id=ids.encode("Account:A-3"))

    assert (before.data["node"], kept.data["node"]) == (None, None)
    assert (before.statements, kept.statements, after.statements) == (2, 1, 2)
    assert after.data["node"] is not None


async def test_what_several_ask_at_once_is_read_once(centers: Graph) -> None:
    found = await asyncio.gather(*(reach(centers, MANAGER) for _ in range(9)))

    assert centers.statements == 1
    assert len({id(each) for each in found}) == 1
    assert found[0].accounts == {"Account:A-1", "Account:A-2"}


async def test_reach_is_never_another_s(centers: Graph) -> None:
    kept = Reaches()
    other = member("M-2", Role.ACCOUNT_MANAGER)
    director = Viewer("M-1", "M-1", MANAGER.permissions, near=DIRECTOR.near)

    mine, theirs, here = [await kept.of(centers, who) for who in (MANAGER, other, director)]

    assert mine.accounts == {"Account:A-1", "Account:A-2"}
    assert theirs.accounts == {"Account:A-3", "Account:B-1"}
    assert here.accounts == mine.accounts
    assert centers.statements == 3


async def test_a_reading_that_failed_is_tried_again(centers: Graph) -> None:
    class Failing(Graph):
        async def read(self, *_: Any, **__: Any) -> Any:
            raise OSError("away")

    kept = Reaches()
    failing = Failing(centers._driver)
    with pytest.raises(OSError, match="away"):
        await kept.of(failing, MANAGER)

    assert (await kept.of(centers, MANAGER)).accounts
