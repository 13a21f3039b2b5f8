"""The harbor's account with issues, a strategy and a participation in ISA; another one waits."""

from datetime import date

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds

ACCOUNT, MANAGER = ids.encode("Account:A-1"), ids.encode("AccountManager:M-1")
NOW = {"asOf": "2024-06-01"}


def thing(label: str, id_: str, /, **properties: object) -> worlds.NodeRow:
    return worlds.NodeRow(label, id_, (label,), properties)


async def working(harbor: Graph) -> Graph:
    """The same graph, with what is worked at.

    harbor, and: I-1 (overdue), I-2 (closed 2024-05-01), I-3 (no day) concern A-1; auditors own I-1
    S-1 (active) addresses I-1; P-1 (ACTIVE) covers 12-3456789AB, with two notifications
    A-2 waits for a manager with P-2 since 2024-02-01
    """
    auditors = "Discipline:REGULATORY_AUDITOR"
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Waiting Weavers"),
        thing("Term", "PRIORITY_TRADE_ISSUE.REVENUE", vocabulary="PRIORITY_TRADE_ISSUE",
              code="REVENUE", label="Revenue"),
        thing("Discipline", "REGULATORY_AUDITOR", code="REGULATORY_AUDITOR", name="Auditor"),
        thing("Issue", "I-1", purpose="COMPLIANCE", title="Value", status="IN_PROGRESS",
              openedOn=date(2024, 1, 1), dueOn=date(2024, 3, 1), priorityTradeIssues=["REVENUE"]),
        thing("Issue", "I-2", purpose="ADVICE", title="Help", status="RESOLVED",
              openedOn=date(2024, 1, 10), dueOn=date(2024, 7, 1), closedOn=date(2024, 5, 1)),
        thing("Issue", "I-3", purpose="ADVICE", title="Someday", status="OPEN",
              openedOn=date(2024, 2, 1)),
        thing("Strategy", "S-1", title="Plan", objective="Less risk", status="ACTIVE",
              startsOn=date(2024, 1, 1), reviewOn=date(2024, 9, 1),
              measures=['{"title": "Audit", "discipline": "REGULATORY_AUDITOR",'
                        ' "dueOn": "2024-06-10", "doneOn": "2024-06-05"}']),
        thing("IsaParticipation", "P-1", status="ACTIVE", appliedOn=date(2021, 6, 1),
              acceptedOn=date(2022, 1, 1), nextNotificationDue=date(2024, 7, 1)),
        thing("IsaParticipation", "P-2", status="ACCEPTED_PENDING_MANAGER",
              appliedOn=date(2023, 6, 1), acceptedOn=date(2024, 2, 1),
              pendingSince=date(2024, 2, 1)),
        thing("AnnualNotification", "N-1", participation="P-1", dueOn=date(2023, 2, 1),
              receivedOn=date(2023, 2, 9), reviewedOn=date(2023, 3, 1), reviewedBy="M-1",
              requirementsConfirmed=True),
        thing("AnnualNotification", "N-2", participation="P-1", dueOn=date(2024, 2, 1),
              receivedOn=date(2024, 1, 20)),
        worlds.claim("Issue:I-1", "CONCERNS", "Account:A-1"),
        worlds.claim("Issue:I-1", "CONCERNS", "Party:O-1"),
        worlds.claim("Issue:I-2", "CONCERNS", "Account:A-1"),
        worlds.claim("Issue:I-3", "CONCERNS", "Account:A-1"),
        worlds.claim("Issue:I-1", "HANDLED_BY", auditors, part="LEAD"),
        worlds.claim("Issue:I-1", "HANDLED_BY", "AccountManager:M-1", part="HANDLER"),
        worlds.claim("Strategy:S-1", "ADDRESSES", "Issue:I-1"),
        worlds.claim("Strategy:S-1", "CONCERNS", "Account:A-1"),
        worlds.claim("Strategy:S-1", "HANDLED_BY", "AccountManager:M-1", part="LEAD"),
        worlds.claim("Strategy:S-1", "HANDLED_BY", auditors, part="INVOLVED"),
        worlds.claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:P-1", date(2021, 6, 1)),
        worlds.claim("Account:A-2", "PARTICIPATES_IN", "IsaParticipation:P-2", date(2023, 6, 1)),
        worlds.claim("IsaParticipation:P-1", "COVERS", "ImporterNumber:N-1", date(2022, 1, 1)),
    ]  # fmt: skip
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    harbor.statements = 0
    return harbor
