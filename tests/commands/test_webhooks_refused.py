"""Webhooks that are refused, with the field and the remedy."""

import pytest

from graph.session import Graph
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.commands.test_webhooks import NEW, SENT, STORED, registered, stored

BAD: list[Case] = [
    ({"url": None}, [("REQUIRED", "url")]),
    ({"url": "http://hooks.example/"}, [("INVALID_FORMAT", "url")]),
    ({"url": "https://user@hooks.example/"}, [("INVALID_FORMAT", "url")]),
    ({"url": "https://hooks.example/#part"}, [("INVALID_FORMAT", "url")]),
    ({"url": "https://hooks.example:8443/"}, [("INVALID_FORMAT", "url")]),
    ({"url": "https://10.0.0.1/"}, [("INVALID_FORMAT", "url")]),
    ({"url": "https://2130706433/"}, [("INVALID_FORMAT", "url")]),
    ({"url": "https://localhost/"}, [("INVALID_FORMAT", "url")]),
    ({"url": "https://hooks.example/" + "x" * 2000}, [("OUT_OF_RANGE", "url")]),
    ({"url": "https://hooks.example/219-09-9999"}, [("INVALID_FORMAT", "url")]),
    ({"url": "https://hooks.example/219%2D09%2D9999"}, [("INVALID_FORMAT", "url")]),
    ({"filter": {"kinds": []}}, [("INVALID_FORMAT", "filter.kinds")]),
    ({"filter": {"accountIds": ["?"]}}, [("INVALID_FORMAT", "filter.accountIds")]),
    ({"filter": {"accountIds": [gid("Account:219-09-9999")]}}, [("INVALID_FORMAT", "filter")]),
    ({"filter": {"accountIds": [gid("Account:219099999")]}}, [("INVALID_FORMAT", "filter")]),
    ({"filter": {"subjectIds": ["?"]}}, [("INVALID_FORMAT", "filter.subjectIds")]),
    ({"filter": {"managerIds": [gid("Party:P-1")]}}, [("INVALID_FORMAT", "filter.managerIds")]),
    ({"filter": {"centers": ["Nowhere"]}}, [("INVALID_FORMAT", "filter.centers")]),
    ({"filter": {"relationshipTypes": []}}, [("INVALID_FORMAT", "filter.relationshipTypes")]),
    ({"filter": {"ratings": []}}, [("INVALID_FORMAT", "filter.ratings")]),
    (
        {"filter": {"recordedFrom": "2026-02-01T00:00:00Z", "recordedTo": "2026-01-01T00:00:00Z"}},
        [("INVALID_FORMAT", "filter.recordedTo")],
    ),
    ({"active": None}, [("REQUIRED", "active")]),
    ({"after": "nonsense"}, [("INVALID_FORMAT", "after")]),
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Party:P-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("Webhook:W-0")}, [("NOT_FOUND", "id")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"reason": "For 219-09-9999"}, [("INVALID_FORMAT", "reason")]),
    ({"url": "ftp://x", "active": None}, [("INVALID_FORMAT", "url"), ("REQUIRED", "active")]),
]


@cases("saveWebhook", BAD)
async def test_a_bad_webhook_is_refused(
    graph: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("saveWebhook", told(wrong), **{**NEW, **more})

    assert await graph.schema(STORED) == []


TARGETS: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Party:P-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("Webhook:W-0")}, [("NOT_FOUND", "id")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"reason": "x" * 501}, [("OUT_OF_RANGE", "reason")]),
    ({"idempotencyKey": ""}, [("OUT_OF_RANGE", "idempotencyKey")]),
]
DELIVERIES: list[Case] = [
    ({"id": gid("WebhookDelivery:D-0")}, wrong) if "NOT_FOUND" in str(wrong) else (more, wrong)
    for more, wrong in TARGETS
]


@cases("rotateWebhookSecret", TARGETS)
async def test_a_bad_rotation_is_refused(
    graph: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refused(graph, give, refuse, "rotateWebhookSecret", more, wrong)


@cases("pingWebhook", TARGETS)
async def test_a_bad_ping_is_refused(
    graph: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refused(graph, give, refuse, "pingWebhook", more, wrong)


@cases("deleteWebhook", TARGETS)
async def test_a_bad_deletion_is_refused(
    graph: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refused(graph, give, refuse, "deleteWebhook", more, wrong)


@cases("redeliverWebhook", DELIVERIES)
async def test_a_bad_redelivery_is_refused(
    graph: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    webhook = (await registered(give))["webhook"]
    ping = await give("pingWebhook", SENT, id=webhook["id"])

    await refuse("redeliverWebhook", told(wrong), **{"id": ping["delivery"]["id"], **more})


async def refused(
    graph: Graph,
    give: Give,
    refuse: Refuse,
    name: str,
    more: dict[str, object],
    wrong: list[Wrong],
) -> None:
    webhook = (await registered(give))["webhook"]
    before = await stored(graph)

    await refuse(name, told(wrong), **{"id": webhook["id"], **more})

    assert await stored(graph) == before


@pytest.mark.parametrize("name", ["saveWebhook", "rotateWebhookSecret", "pingWebhook"])
async def test_a_webhook_of_somebody_else_is_not_there(
    graph: Graph, give: Give, refuse: Refuse, name: str
) -> None:
    webhook = (await registered(give))["webhook"]
    ping = await give("pingWebhook", SENT, id=webhook["id"])
    await graph.schema("MATCH (w:Webhook) SET w.owner = 'another'")

    wrong = [("NOT_FOUND", "input.id")]
    await refuse(name, wrong, id=webhook["id"])
    await refuse("deleteWebhook", wrong, id=webhook["id"])
    await refuse("redeliverWebhook", wrong, id=ping["delivery"]["id"])
