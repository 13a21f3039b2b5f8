"""What a manager and a Center have to do, and what moving accounts would change."""

from datetime import UTC, date, datetime

from graph import ids
from graph.load.digest import digest
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.workloads import ACCOUNT, MANAGER, NOW

LOADS = """
  query ($manager: ID!, $moment: MomentInput) {
    accountManager(id: $manager, moment: $moment) {
      caseload {
        accounts importers brokers withPrimaryManager isaParticipants openIssues overdueIssues
        notificationsDue managers specialists weight entrySummaries enteredValue { amount }
      }
    }
    center(code: "CEE004", moment: $moment) {
      caseload { accounts withPrimaryManager managers weight }
      managers { nodes { caseload { accounts weight } } }
    }
  }
"""


async def test_a_caseload_is_counted(work: Graph, ask: Ask) -> None:
    found = await ask(LOADS, manager=MANAGER, moment=NOW)

    assert found["accountManager"]["caseload"] == {
        "accounts": 1,
        "importers": 1,
        "brokers": 0,
        "withPrimaryManager": 1,
        "isaParticipants": 1,
        "openIssues": 2,
        "overdueIssues": 1,
        "notificationsDue": 1,
        "managers": 1,
        "specialists": 0,
        "weight": 5.0,
        "entrySummaries": 0,
        "enteredValue": {"amount": "0.00"},
    }
    assert found["center"]["caseload"]["weight"] == 2.5
    assert work.statements <= 6


SIMULATE = """
  query ($moves: [ReassignmentInput!]!, $moment: MomentInput) {
    simulateReassignment(moves: $moves, moment: $moment) {
      imbalanceBefore imbalanceAfter
      effects { of { key label } before { accounts weight } after { accounts weight } }
      violations { code path } warnings { code message }
    }
  }
"""


async def test_a_simulation_equals_what_writing_the_moves_brings(work: Graph, ask: Ask) -> None:
    target = ids.encode("AccountManager:M-2")
    moves = [{"fromManagerId": MANAGER, "toManagerId": target}]
    simulated = (await ask(SIMULATE, moves=moves))["simulateReassignment"]
    assert simulated["violations"] == []

    since, day = date(2020, 1, 1), date(2024, 6, 1)
    ended = [
        worlds.claim("Account:A-1", "MANAGED_BY", "AccountManager:M-1", since, day, role="PRIMARY"),
        worlds.claim("Account:A-1", "MANAGED_BY", "AccountManager:M-2", since, day, role="BACKUP"),
    ]
    begun = worlds.claim("Account:A-1", "MANAGED_BY", "AccountManager:M-2", day, role="PRIMARY")
    at = datetime(2024, 6, 1, tzinfo=UTC)
    outcome = await write(work, [begun, *ended], at=at)
    assert outcome.refused == []

    for effect in simulated["effects"]:
        after = await ask(
            "query ($id: ID!) { accountManager(id: $id) { caseload { accounts weight } } }",
            id=effect["of"]["key"],
        )
        assert after["accountManager"]["caseload"] == effect["after"]


async def test_a_simulation_says_what_would_be_refused_and_writes_nothing(
    work: Graph, ask: Ask
) -> None:
    await write(work, [worlds.manager("M-9", "Left", active=False)], at=worlds.RECORDED)
    left, gone = ids.encode("AccountManager:M-9"), ids.encode("Account:A-9")
    moves = [
        {"accountIds": [ACCOUNT], "toManagerId": left},
        {"accountIds": [gone], "toCenter": "CEE004"},
        {"accountIds": [ACCOUNT], "toManagerId": MANAGER},
    ]
    before = await digest(work)
    found = (await ask(SIMULATE, moves=moves))["simulateReassignment"]
    assert await digest(work) == before

    assert [each["code"] for each in found["violations"]] == [
        "MANAGER_INACTIVE",
        "NOT_FOUND",
        "INVALID_STATE",
    ]
    assert found["violations"][0]["path"] == ["moves", "0", "toManagerId"]
    for bad in ([], [{"accountIds": [ACCOUNT]}], [{"toManagerId": MANAGER}]):
        await ask(SIMULATE, "BAD_USER_INPUT", moves=bad)
