"""Signatures, judged by the official libraries of two languages."""

import asyncio
import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from graph.session import Graph
from graph.webhooks import messages, secrets
from tests.webhooks.conftest import Do, Sending, wrote
from tests.webhooks.receiver import Receiver, Taken

WEB = Path(__file__).parents[2] / "web"
VERIFY = Path(__file__).with_name("verify.mjs")
ROTATE = "mutation ($id: ID!) { rotateWebhookSecret(input: {id: $id}) { secret } }"


def javascript(secret: str, taken: Taken) -> subprocess.CompletedProcess[str]:
    """What the library of JavaScript says."""
    given = {"secret": secret, "headers": taken.headers, "body": taken.body.decode()}
    return subprocess.run(
        ["node", str(VERIFY)],
        cwd=WEB,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )


def accepted(secret: str, taken: Taken) -> bool:
    """What the library of Python says."""
    try:
        Webhook(secret).verify(taken.body, taken.headers)
    except WebhookVerificationError:
        return False
    return True


async def test_both_libraries_accept_what_is_sent_and_nothing_else(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do
) -> None:
    webhook = await register()
    await wrote(graph, "A-1")
    await sending.settled()
    [taken] = receiver.taken
    changed = Taken(taken.headers, taken.body.replace(b"account-graph.change", b"x"))

    judged = [
        await asyncio.to_thread(javascript, secret, each)
        for secret, each in (
            (webhook["secret"], taken),
            (webhook["secret"], changed),
            (secrets.make(), taken),
        )
    ]

    assert [each.returncode for each in judged] == [0, 1, 1], judged
    assert judged[0].stdout == "account-graph.change\n"
    assert [accepted(webhook["secret"], each) for each in (taken, changed)] == [True, False]
    assert not accepted(secrets.make(), taken)


async def test_two_secrets_sign_for_a_day_after_a_rotation(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    webhook = await register()
    new = (await do(ROTATE, id=webhook["id"]))["rotateWebhookSecret"]["secret"]
    await wrote(graph, "A-1")
    await sending.settled()
    sending.clock.go(timedelta(hours=25))
    await wrote(graph, "A-2")
    await sending.settled()

    both, one = receiver.taken
    assert [accepted(secret, both) for secret in (new, webhook["secret"])] == [True, True]
    assert both.headers["webhook-signature"].count("v1,") == 2
    assert one.headers["webhook-signature"].count("v1,") == 1
    judged = await asyncio.to_thread(javascript, webhook["secret"], both)
    assert judged.returncode == 0, judged.stderr


@pytest.mark.parametrize("body", [b"{}", '{"a": "\u00e9"}'.encode()])
def test_the_instant_of_the_attempt_is_signed(body: bytes) -> None:
    secret, at = secrets.make(), datetime.now(UTC)

    headers = messages.headers("msg_1", [secret], at, body)

    assert headers["webhook-timestamp"] == str(int(at.timestamp()))
    Webhook(secret).verify(body, headers)
    late = {**headers, "webhook-timestamp": str(int(at.timestamp()) + 1)}
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, late)
