"""The roles of one person add up, and a right holds on the reach of the role that gives it."""

import pytest

from graph.load.write import write
from graph.policy import Viewer
from graph.reach import ALL, reach
from graph.roles import Role
from graph.session import Graph
from graph.terms import Permission
from tests import worlds
from tests.reach.conftest import Ask, member
from tests.reach.random_world import RECORDED, thing
from tests.reach.writing import Writer, accounts, id_
from tests.worlds import claim

BOTH = member("M-1", Role.ACCOUNT_MANAGER, Role.CENTER_DIRECTOR)
ANALYST = member("M-1", Role.ACCOUNT_MANAGER, Role.HQ_ANALYST)
COORDINATOR = member("M-1", Role.ACCOUNT_MANAGER, Role.HQ_COORDINATOR)
EXPERT = member("M-1", Role.ACCOUNT_MANAGER, Role.SPECIALIST, Role.HQ_ANALYST)
ENTRY = "ENTRY_SPECIALIST"
M1 = id_("AccountManager:M-1")


@pytest.fixture
async def writer(centers: Graph, ask: Ask) -> Writer:
    """A-5, at CEE002, which M-1 of CEE001 backs up; as a specialist of entry they serve A-3."""
    rows: list[worlds.Row] = [
        thing("Discipline", ENTRY, code=ENTRY, name="Entry"),
        thing("Specialist", "M-1", name="Manager M-1", active=True),
        claim("Specialist:M-1", "PRACTISES", f"Discipline:{ENTRY}"),
        claim("Specialist:M-1", "SERVES", "Account:A-3"),
        worlds.account("A-5", "Curlew Mill"),
        claim("Account:A-5", "ASSIGNED_TO", "Center:CEE002"),
        claim("Account:A-5", "MANAGED_BY", "AccountManager:M-1", role="BACKUP"),
    ]
    outcome = await write(centers, rows, at=RECORDED)
    assert outcome.refused == []
    return Writer(centers, ask)


async def opened(writer: Writer, viewer: Viewer, account: str, **more: str) -> list[str]:
    given = {"accountId": id_(f"Account:{account}"), "purpose": "ADVICE", "title": "Help", **more}
    return await writer.errors(viewer, "saveIssue", given)


async def assigned(writer: Writer, viewer: Viewer, account: str) -> list[str]:
    given = {"accountIds": accounts(account), "managerId": M1}
    return await writer.errors(viewer, "assignManager", given)


async def test_a_manager_who_directs_a_center_reaches_what_both_reach(
    writer: Writer, ask: Ask
) -> None:
    told = await ask(BOTH, "{ accounts { nodes { name } } }")

    names = [each["name"] for each in told.data["accounts"]["nodes"]]
    assert names == ["Anchor Mill", "Curlew Mill", "Harbor Mill"]


async def test_they_write_of_what_either_writes_of_and_assign_in_the_center(
    writer: Writer,
) -> None:
    assert await opened(writer, BOTH, "A-2") == await opened(writer, BOTH, "A-5") == []
    assert await assigned(writer, BOTH, "A-2") == []
    assert await assigned(writer, BOTH, "A-5") == ["NOT_PERMITTED accountIds.0"]


async def test_they_end_in_each_reach_what_its_right_is_for(writer: Writer) -> None:
    backed = await writer.claim("Account:A-5", "MANAGED_BY", "AccountManager:M-1")
    managed = await writer.claim("Account:A-1", "MANAGED_BY", "AccountManager:M-1")

    ended = [
        await writer.errors(BOTH, "endRelationship", {"id": each}) for each in (backed, managed)
    ]

    assert ended == [["NOT_PERMITTED id"], []]


async def test_an_analyst_who_manages_accounts_reads_all_and_writes_of_these(
    writer: Writer, ask: Ask
) -> None:
    told = await ask(ANALYST, "{ accounts { totalCount { value } } }")

    assert told.data["accounts"]["totalCount"]["value"] == 5
    assert await opened(writer, ANALYST, "A-1") == []
    assert await opened(writer, ANALYST, "A-3") == ["NOT_PERMITTED accountId"]


async def test_a_specialist_of_several_roles_keeps_to_the_discipline_where_they_only_serve(
    writer: Writer,
) -> None:
    assert await opened(writer, EXPERT, "A-3", leadDiscipline=ENTRY) == []
    assert await opened(writer, EXPERT, "A-3") == ["NOT_PERMITTED leadDiscipline"]
    assert await opened(writer, EXPERT, "A-1") == []
    assert await opened(writer, EXPERT, "B-1") == ["NOT_PERMITTED accountId"]


async def test_a_coordinator_who_manages_accounts_assigns_everywhere(writer: Writer) -> None:
    assert await opened(writer, COORDINATOR, "A-3") == ["NOT_PERMITTED accountId"]
    assert await assigned(writer, COORDINATOR, "A-3") == []
    assert await opened(writer, COORDINATOR, "A-3") == []  # it is their own by now


async def test_they_follow_what_the_role_that_follows_reaches(writer: Writer) -> None:
    followed = await reach(writer.graph, COORDINATOR, Permission.SUBSCRIBE)

    assert followed.accounts == {"Account:A-1", "Account:A-2", "Account:A-5"}
    assert await reach(writer.graph, COORDINATOR) is ALL
