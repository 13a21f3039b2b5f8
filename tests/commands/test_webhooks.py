"""Webhooks registered, changed, tested, sent again and deleted."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from graph.commands.webhook_parts import MOST
from graph.commands.webhooks import AT_ONCE
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from graph.webhooks.secrets import Locksmith
from tests import worlds
from tests.commands.conftest import Give, Refuse, gid
from tests.resolvers.conftest import Ask

SELECTED = "secret webhook { id url active filter pausedReason secretHint cursor version }"
SENT = "delivery { id attempt delivered error nextAttemptAt change { id } } webhook { id }"
NEW: dict[str, Any] = {
    "url": "https://hooks.example:443/graph?of=us",
    "filter": {"kinds": ["ISA_STATUS_CHANGED"], "accountIds": [gid("Account:A-1")]},
}
STORED = "MATCH (w:Webhook) RETURN w {.*} AS w"


async def registered(give: Give, **more: object) -> dict[str, Any]:
    """A webhook just registered."""
    answer = await give("saveWebhook", SELECTED, **{**NEW, **more})
    assert answer["userErrors"] == []
    return answer


async def stored(graph: Graph) -> dict[str, Any]:
    """What the store says of the only webhook."""
    [row] = await graph.schema(STORED)
    found: dict[str, Any] = row["w"]
    return found


async def test_a_webhook_is_registered_changed_and_deleted(
    harbor: Graph, give: Give, ask: Ask
) -> None:
    answer = await registered(give)
    webhook = answer["webhook"]
    assert webhook == {
        "id": webhook["id"],
        "url": NEW["url"],
        "active": True,
        "filter": NEW["filter"],
        "pausedReason": None,
        "secretHint": answer["secret"][:8],
        "cursor": None,
        "version": 1,
    }
    said = await stored(harbor)
    [log] = await harbor.schema("MATCH (l:ChangeLog) RETURN l.sequence AS s, l.incarnation AS i")
    assert (said["read"], said["log"]) == (log["s"], log["i"])  # from now on

    changed = await give(
        "saveWebhook", SELECTED, id=webhook["id"], active=False, filter=None, expectedVersion=1
    )
    assert changed["secret"] is None
    assert changed["webhook"] == {**webhook, "active": False, "filter": {}, "version": 2}
    assert (await stored(harbor))["wanted"] == "{}"

    gone = await give("deleteWebhook", SELECTED, id=webhook["id"], expectedVersion=2)
    assert (gone["userErrors"], gone["webhook"]) == ([], None)
    assert (await ask("{ viewer { webhooks { id } } }"))["viewer"] == {"webhooks": []}


async def test_the_documented_operation_registers_one(graph: Graph, ask: Ask) -> None:
    folder = Path(__file__).parents[2] / "docs" / "operations"
    document = (folder / "register-webhook.graphql").read_text(encoding="utf-8")
    given = json.loads((folder / "register-webhook.json").read_text(encoding="utf-8"))

    answer = (await ask(document, **given))["saveWebhook"]

    assert (answer["userErrors"], answer["warnings"]) == ([], [])
    assert answer["webhook"]["filter"] == given["input"]["filter"]
    assert answer["webhook"]["active"]


async def test_a_secret_is_told_once_and_kept_sealed(
    graph: Graph, give: Give, key: IdentifierKey
) -> None:
    first, again = [
        await give("saveWebhook", SELECTED, **NEW, idempotencyKey="K") for _ in range(2)
    ]

    assert first["secret"].startswith("whsec_")
    assert again == {**first, "secret": None, "replayed": True}
    said = await stored(graph)
    kept = await graph.schema("MATCH (n) RETURN [k IN keys(n) | toString(n[k])] AS texts")
    texts = [text for row in kept for text in row["texts"]]
    assert not [text for text in texts if first["secret"][8:] in text]
    assert any("idempotency" in text or '"secret":null' in text for text in texts)
    assert Locksmith(key).open(said["key"], said["secret"]) == first["secret"]
    assert Locksmith(key).open("Webhook:W-0", said["secret"]) is None


async def test_a_rotated_secret_stands_beside_the_one_before(
    graph: Graph, give: Give, key: IdentifierKey
) -> None:
    first = await registered(give)

    answer = await give("rotateWebhookSecret", SELECTED, id=first["webhook"]["id"])

    assert answer["secret"] not in (None, first["secret"])
    assert answer["webhook"]["secretHint"] == answer["secret"][:8]
    assert answer["webhook"]["version"] == 2
    said, locks = await stored(graph), Locksmith(key)
    opened = [locks.open(said["key"], said[name]) for name in ("secret", "secretBefore")]
    assert opened == [answer["secret"], first["secret"]]
    left = said["secretBeforeUntil"].to_native() - datetime.now(UTC)
    assert timedelta(hours=23) < left <= timedelta(hours=24)


async def test_a_ping_is_opened_and_too_many_are_not(
    graph: Graph, give: Give, refuse: Refuse
) -> None:
    webhook = (await registered(give, active=False))["webhook"]

    answer = await give("pingWebhook", SENT, id=webhook["id"])

    delivery = answer["delivery"]
    assert delivery["nextAttemptAt"] is not None
    assert delivery | {"id": "", "nextAttemptAt": ""} == {
        "id": "",
        "attempt": 1,
        "delivered": False,
        "error": None,
        "nextAttemptAt": "",
        "change": None,
    }
    assert answer["webhook"] == {"id": webhook["id"]}
    for _ in range(AT_ONCE - 1):
        assert (await give("pingWebhook", "", id=webhook["id"]))["userErrors"] == []
    await refuse("pingWebhook", [("INVALID_STATE", "input.id")], id=webhook["id"])


async def test_what_was_sent_is_sent_again(harbor: Graph, give: Give, refuse: Refuse) -> None:
    webhook = (await registered(give))["webhook"]
    key = (await stored(harbor))["key"]
    await harbor.schema(
        f"CREATE (:WebhookDelivery {{key: 'WebhookDelivery:D-1', webhook: '{key}', sequence: 1,"
        " attempt: 10, delivered: false, open: false, sentAt: datetime(), kind: 'CHANGE'})"
    )

    id_ = gid("WebhookDelivery:D-1")
    answer = await give("redeliverWebhook", SENT, id=id_)

    assert answer["userErrors"] == []
    assert (answer["delivery"]["id"], answer["delivery"]["attempt"]) == (id_, 1)
    assert answer["delivery"]["nextAttemptAt"] is not None
    assert answer["delivery"]["change"] is not None
    await give("saveWebhook", "", id=webhook["id"], active=False)
    await refuse("redeliverWebhook", [("INVALID_STATE", "input.id")], id=id_)


async def test_twenty_webhooks_are_enough_even_at_once(graph: Graph, give: Give) -> None:
    answers = await asyncio.gather(
        *(give("saveWebhook", "", url=f"https://hooks.example/{n}") for n in range(MOST + 3))
    )

    codes = [error["code"] for answer in answers for error in answer["userErrors"]]
    assert codes == ["INVALID_STATE"] * 3
    assert len(await graph.schema(STORED)) == MOST


async def test_it_begins_after_the_cursor_that_is_given(harbor: Graph, give: Give) -> None:
    outcome = await write(harbor, [worlds.account("A-7", "Seven")], at=datetime.now(UTC))
    assert outcome.refused == []
    cursor = (await give("saveView", "", title="x", document="{ viewer { name } }"))["cursor"]
    assert cursor is None
    changed = await give("updateAccount", "", id=gid("Account:A-1"), name="Harbor Quay")

    await registered(give, after=changed["cursor"])

    [log] = await harbor.schema("MATCH (l:ChangeLog) RETURN l.sequence AS s, l.incarnation AS i")
    assert (await stored(harbor))["read"] == log["s"]


async def test_a_version_wins_once(graph: Graph, give: Give) -> None:
    webhook = (await registered(give))["webhook"]

    answers = await asyncio.gather(
        *(give("rotateWebhookSecret", "", id=webhook["id"], expectedVersion=1) for _ in range(8))
    )

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["VERSION_CONFLICT"]] * 7
