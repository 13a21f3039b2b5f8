"""What is due, kind by kind, and who it belongs to."""

import json
from datetime import UTC, date, datetime

from graph import ids
from graph.load.write import write
from graph.session import Graph
from graph.terms import AgendaKind
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


def one_of_each() -> list[worlds.Row]:
    """
    A-1 of M-1 at CEE001: ACTIVE in ISA since 2024-01-10, a notification received 2025-01-05, an
    issue, a strategy with a measure, a request for another Center, a power that ends on END
    A-2, which M-1 backs: waits for its manager since 2025-01-01
    """
    day, account = date(2025, 1, 1), "Account:A-1"

    def thing(label: str, id_: str, /, **properties: object) -> worlds.NodeRow:
        return worlds.NodeRow(label, id_, (label,), properties)

    return [
        worlds.manager("M-1", "One"),
        worlds.center("CEE001", "Agriculture"),
        worlds.account("A-1", "Importer 1"),
        worlds.account("A-2", "Importer 2"),
        worlds.account("A-9", "Gannet Row Brokerage", "Broker"),
        thing("IsaParticipation", "P-1", status="ACTIVE", appliedOn=date(2023, 6, 1),
              acceptedOn=date(2024, 1, 10), nextNotificationDue=date(2025, 2, 10)),
        thing("AnnualNotification", "N-1", participation="P-1", dueOn=date(2025, 1, 20),
              receivedOn=date(2025, 1, 5)),
        thing("IsaParticipation", "P-2", status="ACCEPTED_PENDING_MANAGER",
              appliedOn=date(2024, 6, 1), acceptedOn=day, pendingSince=day),
        thing("Issue", "I-1", purpose="ADVICE", title="Value", status="OPEN",
              openedOn=date(2024, 6, 1), dueOn=date(2025, 2, 1)),
        thing("Strategy", "S-1", title="Quota", objective="Less", status="ACTIVE",
              startsOn=date(2024, 1, 1), reviewOn=date(2025, 3, 5),
              measures=['{"title": "Audit", "discipline": "AUDITOR", "dueOn": "2025-02-15"}']),
        thing("CenterChangeRequest", "R-1", account="A-1", fromCenter="CEE001", toCenter="CEE002",
              basis="APPEAL", state="REQUESTED", statement="Another trade",
              requestedOn=date(2025, 1, 2)),
        worlds.claim(account, "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"),
        worlds.claim("Account:A-2", "MANAGED_BY", "AccountManager:M-1", role="BACKUP"),
        worlds.claim(account, "ASSIGNED_TO", "Center:CEE001", basis="APPEAL"),
        worlds.claim("Account:A-2", "ASSIGNED_TO", "Center:CEE001", basis="APPEAL"),
        worlds.claim(account, "GRANTED_POA", "Account:A-9", worlds.SINCE, END, scope="ENTRY"),
        worlds.claim(account, "PARTICIPATES_IN", "IsaParticipation:P-1", date(2023, 6, 1)),
        worlds.claim("Account:A-2", "PARTICIPATES_IN", "IsaParticipation:P-2", date(2024, 6, 1)),
        worlds.claim("Issue:I-1", "CONCERNS", account),
        worlds.claim("Strategy:S-1", "CONCERNS", account),
    ]  # fmt: skip


async def test_everything_there_is_to_do_is_due_for_manager_center_and_account(
    graph: Graph, ask: Ask
) -> None:
    assert (await write(graph, one_of_each(), at=worlds.RECORDED)).refused == []
    document = """
      query ($manager: ID!, $first: ID!, $second: ID!, $moment: MomentInput) {
        manager: accountManager(id: $manager, moment: $moment) { agenda { ...Due } }
        center(code: "CEE001", moment: $moment) { agenda { ...Due } }
        first: account(by: {id: $first}, moment: $moment) { agenda { ...Due } }
        second: account(by: {id: $second}, moment: $moment) { agenda { ...Due } }
      }
      fragment Due on AgendaItem { kind dueOn }
    """
    asked = {
        "manager": MANAGER, "first": ids.encode("Account:A-1"), "second": ids.encode("Account:A-2"),
    }  # fmt: skip

    found = await ask(document, **asked, moment={"asOf": "2025-01-15"})

    told = {who: [tuple(item.values()) for item in of["agenda"]] for who, of in found.items()}
    waiting = ("ISA_MANAGER", "2025-01-31")  # 30 days after it was accepted
    others = [
        ("CENTER_CHANGE", "2025-02-01"),  # 30 days after it was asked for
        ("ISSUE", "2025-02-01"),
        ("NOTIFICATION_REVIEW", "2025-02-04"),  # 30 days after it was received
        ("ANNUAL_NOTIFICATION", "2025-02-10"),  # 13 months after acceptance
        ("STRATEGY_MEASURE", "2025-02-15"),
        ("POWER_OF_ATTORNEY", "2025-03-01"),
        ("STRATEGY_REVIEW", "2025-03-05"),
    ]
    assert told == {
        "manager": [waiting, *others], "center": [waiting, *others], "first": others,
        "second": [waiting],
    }  # fmt: skip
    assert {kind for kind, _ in told["manager"]} == {kind.value for kind in AgendaKind}


async def test_a_request_is_due_until_it_is_decided(graph: Graph, ask: Ask) -> None:
    assert (await write(graph, one_of_each(), at=worlds.RECORDED)).refused == []
    decided = worlds.NodeRow(
        "CenterChangeRequest", "R-1", ("CenterChangeRequest",),
        {"account": "A-1", "fromCenter": "CEE001", "toCenter": "CEE002", "basis": "APPEAL",
         "state": "DENIED", "statement": "Another trade", "requestedOn": date(2025, 1, 2),
         "decidedOn": date(2025, 1, 20), "decision": "It stays."},
    )  # fmt: skip
    await write(graph, [decided], at=datetime(2025, 1, 20, tzinfo=UTC))
    asked = {"id": MANAGER, "kinds": ["CENTER_CHANGE"]}

    due = [
        [
            each["dueOn"]
            for each in (await ask(AGENDA, **asked, moment=moment))["accountManager"]["agenda"]
        ]
        for moment in (
            {"asOf": "2025-01-19"},
            {"asOf": "2025-01-20"},
            {"asOf": "2025-01-25", "knownAt": "2025-01-19T00:00:00Z"},
        )
    ]  # fmt: skip

    assert due == [["2025-02-01"], [], ["2025-02-01"]]
