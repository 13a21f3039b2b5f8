"""Participations in ISA, brought where a test begins."""

from typing import Any

from tests.commands.conftest import Give, gid

SELECTED = """participation {
  id status appliedOn acceptedOn endedOn statusReason nextNotificationDue version
  account { key } manager { key } importerNumbers { nodes { key } }
  notifications { dueOn receivedOn reviewedOn requirementsConfirmed businessChanges overdue }
}"""
A1, A2 = gid("Account:A-1"), gid("Account:A-2")
N1, N3 = gid("ImporterNumber:N-1"), gid("ImporterNumber:N-3")
M3 = gid("AccountManager:M-3")


async def applied(give: Give, account: str = A2, number: str = N3) -> dict[str, Any]:
    """A participation just applied for."""
    answer = await give(
        "applyForIsa",
        SELECTED,
        accountId=account,
        importerNumberIds=[number],
        appliedOn="2025-01-10",
    )
    assert answer["userErrors"] == []
    part: dict[str, Any] = answer["participation"]
    return part


async def turned(give: Give, part: dict[str, Any], status: str, **more: object) -> dict[str, Any]:
    """A participation in another status."""
    answer = await give("changeIsaStatus", SELECTED, id=part["id"], status=status, **more)
    assert answer["userErrors"] == []
    changed: dict[str, Any] = answer["participation"]
    return changed
