"""What is due, kind by kind, and who it belongs to."""

import json
from datetime import UTC, date, datetime

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

END = date(2025, 3, 1)
AGENDA = """
  query ($id: ID!, $kinds: [AgendaKind!], $dueBy: Date, $moment: MomentInput, $limit: Int! = 20) {
    accountManager(id: $id, moment: $moment) {
      agenda(kinds: $kinds, dueBy: $dueBy, limit: $limit) {
        kind dueOn account { name } about { label }
      }
    }
  }
"""
MANAGER = ids.encode("AccountManager:M-1")


def portfolio() -> list[worlds.Row]:
    """M-1 has two importers, both with powers for the broker that end on the same day."""
    rows: list[worlds.Row] = [worlds.manager("M-1", "One")]
    rows.append(worlds.account("A-9", "Gannet Row Brokerage", "Broker"))
    for place in (1, 2):
        key = f"Account:A-{place}"
        rows.append(worlds.account(f"A-{place}", f"Importer {place}"))
        rows.append(worlds.claim(key, "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"))
        rows.append(
            worlds.claim(key, "GRANTED_POA", "Account:A-9", worlds.SINCE, END, scope="ENTRY")
        )
    return rows


def participation(**more: object) -> list[worlds.Row]:
    properties: dict[str, object] = {
        "status": "ACCEPTED_PENDING_MANAGER",
        "appliedOn": date(2021, 1, 1),
        "acceptedOn": date(2021, 6, 1),
        "pendingSince": date(2021, 6, 1),
        **more,
    }
    row = worlds.NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), properties)
    return [row, worlds.claim("Account:A-1", "PARTICIPATES_IN", row.key, date(2021, 1, 1))]


async def test_each_account_renews_its_own_power_of_attorney(graph: Graph, ask: Ask) -> None:
    await write(graph, portfolio(), at=worlds.RECORDED)

    asked = {"id": MANAGER, "kinds": ["POWER_OF_ATTORNEY"], "moment": {"asOf": "2025-01-15"}}
    found = (await ask(AGENDA, **asked))["accountManager"]["agenda"]
    soon = (await ask(AGENDA, **asked, dueBy="2025-02-01"))["accountManager"]["agenda"]
    first = (await ask(AGENDA, **asked, limit=1))["accountManager"]["agenda"]

    assert [(item["account"]["name"], item["about"]["label"]) for item in found] == [
        ("Importer 1", "Gannet Row Brokerage"),
        ("Importer 2", "Gannet Row Brokerage"),
    ]
    assert {item["dueOn"] for item in found} == {"2025-03-01"}
    assert soon == []
    assert first == found[:1]


async def test_who_waits_for_a_manager_is_due_thirty_days_after(graph: Graph, ask: Ask) -> None:
    await write(graph, [*portfolio(), *participation()], at=worlds.RECORDED)

    asked = {"id": MANAGER, "kinds": ["ISA_MANAGER"], "moment": {"asOf": "2021-07-20"}}
    found = (await ask(AGENDA, **asked))["accountManager"]["agenda"]

    assert [(item["kind"], item["dueOn"]) for item in found] == [("ISA_MANAGER", "2021-07-01")]


async def test_measures_of_one_strategy_are_told_apart(graph: Graph, ask: Ask) -> None:
    texts = [
        json.dumps({"title": title, "discipline": "IMPORT_SPECIALIST", "dueOn": "2025-02-01"})
        for title in ("Visit the mill", "Ask for invoices")
    ]
    properties: dict[str, object] = {
        "title": "Quota", "objective": "Less", "status": "ACTIVE", "startsOn": date(2024, 1, 1),
        "measures": texts,
    }  # fmt: skip
    strategy = worlds.NodeRow("Strategy", "S-1", ("Strategy",), properties)
    concerns = worlds.claim(strategy.key, "CONCERNS", "Account:A-1")
    await write(graph, [*portfolio(), strategy, concerns], at=worlds.RECORDED)

    asked = {"id": MANAGER, "kinds": ["STRATEGY_MEASURE"], "moment": {"asOf": "2025-01-15"}}
    document = AGENDA.replace("about {", "measure { title dueOn } about {")
    found = (await ask(document, **asked))["accountManager"]["agenda"]

    assert [(each["about"]["label"], each["measure"]) for each in found] == [
        ("Quota", {"title": "Ask for invoices", "dueOn": "2025-02-01"}),
        ("Quota", {"title": "Visit the mill", "dueOn": "2025-02-01"}),
    ]


async def test_one_that_ended_while_it_waited_reads_as_waiting_before(
    graph: Graph, ask: Ask
) -> None:
    ended = participation(status="WITHDRAWN", endedOn=date(2022, 3, 1))
    at = datetime(2022, 3, 1, tzinfo=UTC)
    await write(graph, [*portfolio(), *ended], at=at)

    document = """
      query ($id: ID!, $day: Date!) {
        account(by: {id: $id}, moment: {asOf: $day}) { isaParticipation { status pendingSince } }
      }
    """
    account = ids.encode("Account:A-1")
    told = {
        day: (await ask(document, id=account, day=day))["account"]["isaParticipation"]
        for day in ("2021-03-01", "2021-12-01", "2022-06-01")
    }

    assert told["2021-03-01"] == {"status": "APPLICANT", "pendingSince": None}
    assert told["2021-12-01"] == {
        "status": "ACCEPTED_PENDING_MANAGER",
        "pendingSince": "2021-06-01",
    }
    assert told["2022-06-01"]["status"] == "WITHDRAWN"
