"""What the product keeps in the demo world: two saved views, a load of figures, a webhook.

The webhook's deliveries name changes that the log of this very graph holds; its address answered
nobody for days, so it was paused, and the last two wait for it to be switched on again.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from graph import changes
from graph.changes import Filter
from graph.lists import Window
from graph.policy import DEVELOPMENT
from graph.queries import query
from graph.session import Graph
from graph.terms import ChangeKind
from graph.webhooks.lines import GAVE_UP

LOADED = datetime(2026, 11, 9, 16, 0, tzinfo=UTC)
KINDS = (ChangeKind.ISA_STATUS_CHANGED.value, ChangeKind.RISK_FLAG_RAISED.value)
BOX = """query Search($text: String!) {
  search(text: $text, first: 10) { edges { matched node { id label } } }
}"""
CONTACT = """query Contact($number: String!) {
  account(by: { importerNumber: $number }) { name pointOfContact { standing person { name } } }
}"""
REFUSED = (
    (118, "NOT_FOUND", "There is no account A-1931. Load the account first.", "account"),
    (
        4077,
        "OUT_OF_RANGE",
        "There are more discrepant lines than sampled ones.",
        "discrepant_lines",
    ),
    (4078, "INVALID_FORMAT", "A port has 4 digits. Write digits only.", "port"),
)


async def write(graph: Graph) -> None:
    """Keep them; again, nothing changes."""
    page = await changes.page(graph, DEVELOPMENT, Filter(kinds=KINDS), Window(3, backward=True))
    sent = page.changes
    rows = [*_views(), _job(sent[-1].sequence if sent else None), _webhook(sent)]
    rows += [_delivery(number, change) for number, change in enumerate(sent[-3:], 1)]
    await graph.write(
        lambda tx: graph.run(tx, query("load/desk"), rows=rows), name="load/desk", seconds=30
    )


def _row(kind: str, id_: str, /, **properties: Any) -> dict[str, Any]:
    return {"kind": kind, "key": f"{kind}:{id_}", "properties": properties}


def _views() -> list[dict[str, Any]]:
    shared = {"owner": DEVELOPMENT.id, "shared": True, "version": 1}
    return [
        _row(
            "SavedView",
            "V-1",
            title="Who is the first point of contact?",
            document=CONTACT,
            variables=json.dumps({"number": "12-3456789AB"}),
            updatedAt=LOADED,
            **shared,
        ),
        _row(
            "SavedView",
            "V-2",
            title="Anything called harbor",
            document=BOX,
            variables=json.dumps({"text": "harbor"}),
            notes="The words may stand in any order.",
            updatedAt=LOADED + timedelta(days=2),
            **shared,
        ),
    ]


def _job(sequence: int | None) -> dict[str, Any]:
    return _row(
        "Job",
        "J-1",
        kind="IMPORT",
        state="SUCCEEDED",
        format="CSV",
        owner=DEVELOPMENT.id,
        createdAt=LOADED,
        startedAt=LOADED + timedelta(seconds=2),
        finishedAt=LOADED + timedelta(seconds=9),
        done=5120,
        total=5120,
        changed=5117,
        refused=len(REFUSED),
        errors=[json.dumps(list(each)) for each in REFUSED],
        sequence=sequence,
    )


def _webhook(sent: list[Any]) -> dict[str, Any]:
    return _row(
        "Webhook",
        "W-1",
        owner=DEVELOPMENT.id,
        url="https://integrator.example/hooks/account-graph",
        filter=json.dumps({"kinds": list(KINDS)}),
        wanted=json.dumps({"kinds": list(KINDS)}),
        active=False,
        pausedReason=GAVE_UP,
        secretHint="whsec_Zm",
        read=sent[-1].sequence if sent else 0,
        acknowledged=sent[0].sequence if sent else None,
        createdAt=LOADED,
        version=1,
    )


def _delivery(number: int, change: Any) -> dict[str, Any]:
    sent, first = LOADED + timedelta(days=15, hours=number), number == 1
    return _row(
        "WebhookDelivery",
        f"D-{number}",
        webhook="Webhook:W-1",
        sequence=change.sequence,
        sentAt=sent,
        message=f"msg_demo{number}",
        kind="CHANGE",
        lane=change.account_key or change.subject_key,
        open=not first,
        attempt=1 if first else 9,
        delivered=first,
        httpStatus=204 if first else 503,
        error=None if first else "The address answered 503 Service Unavailable.",
    )
