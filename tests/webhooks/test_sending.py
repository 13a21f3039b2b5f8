"""What is sent: each change at least once, of one account in order, whatever the receiver does."""

from datetime import timedelta

from graph import ids
from graph.session import Graph
from graph.webhooks import schedule
from tests.webhooks.conftest import Do, Sending, state, subjects, wrote
from tests.webhooks.receiver import Receiver, agrees, says

PING = "mutation ($id: ID!) { pingWebhook(input: {id: $id}) { delivery { id } } }"
AGAIN = """
  mutation ($id: ID!) { redeliverWebhook(input: {id: $id}) { userErrors { code } } }
"""


async def test_a_change_is_sent_as_ids_and_its_cursor_goes_on(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    await register()
    await wrote(graph, "A-1=Harbor Fabrics")

    await sending.settled()

    [taken] = receiver.taken
    [change] = await graph.schema("MATCH (c:Change) RETURN c.sequence AS s, c.kind AS kind")
    found = await state(do)
    assert taken.event == {
        "specversion": "1.0",
        "id": taken.id,
        "source": "/account-graph",
        "type": "account-graph.change",
        "time": taken.event["time"],
        "datacontenttype": "application/json",
        "data": {
            "change": ids.encode(f"Change:{change['s']}"),
            "kind": change["kind"],
            "subject": ids.encode("Account:A-1"),
            "account": ids.encode("Account:A-1"),
            "cursor": found["cursor"],
        },
    }
    assert taken.headers["first"] == "POST /hooks?of=us HTTP/1.1"
    assert taken.headers["host"] == f"localhost:{receiver.port}"
    assert taken.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    [delivery] = found["deliveries"]
    assert (delivery["delivered"], delivery["attempt"], delivery["httpStatus"]) == (True, 1, 204)
    assert (delivery["error"], delivery["nextAttemptAt"]) == (None, None)
    assert delivery["change"] == {"id": taken.event["data"]["change"]}
    assert "Harbor" not in taken.body.decode()


async def test_changes_of_one_account_come_in_order_and_others_pass(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do
) -> None:
    await register()

    async def refuses_the_first(taken: object, writer: object) -> None:
        first = subjects(receiver)[-1] == "A-1" and subjects(receiver).count("A-1") == 1
        await (says("500 Oops") if first else agrees)(taken, writer)  # type: ignore[arg-type]

    receiver.answer = refuses_the_first
    await wrote(graph, "A-1=One", "A-2=Two")
    await wrote(graph, "A-1=First", "A-2=Second")

    await sending.settled()
    assert subjects(receiver).count("A-1") == 1  # what came after waits behind it
    assert subjects(receiver).count("A-2") == 2
    sending.clock.go(timedelta(minutes=1))
    await sending.settled()

    order = [t.event["data"]["change"] for t in receiver.taken]
    of_one = [c for c, s in zip(order, subjects(receiver), strict=True) if s == "A-1"]
    assert of_one[0] == of_one[1]
    assert [int(ids.decode(c).partition(":")[2]) for c in of_one[1:]] == sorted(
        int(ids.decode(c).partition(":")[2]) for c in set(of_one)
    )
    assert len({t.id for t in receiver.taken}) == len(receiver.taken) - 1


async def test_ten_attempts_over_three_days_then_no_more_until_it_is_asked_for(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    await register()
    receiver.answer = says("503 Later")
    await wrote(graph, "A-1")

    began = sending.clock.at
    for _ in range(30):
        await sending.settled()
        sending.clock.go(timedelta(hours=6))

    assert len(receiver.taken) == schedule.ATTEMPTS == 10
    assert len({taken.id for taken in receiver.taken}) == 1
    stamps = [int(taken.headers["webhook-timestamp"]) for taken in receiver.taken]
    assert stamps == sorted(set(stamps))
    assert sending.clock.at - began > timedelta(hours=75)
    found = await state(do)
    [dead] = found["deliveries"]
    assert (dead["delivered"], dead["attempt"], dead["nextAttemptAt"]) == (False, 10, None)
    assert dead["error"] == "The address answered 503 Service Unavailable."

    receiver.answer = agrees
    await do(AGAIN, id=dead["id"])
    await sending.settled()

    assert len(receiver.taken) == 11
    assert len({taken.id for taken in receiver.taken}) == 1
    assert [(each["delivered"], each["attempt"]) for each in (await state(do))["deliveries"]] == [
        (True, 1)
    ]


async def test_a_webhook_that_fails_for_five_days_is_paused_and_loses_nothing(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    webhook = await register()
    receiver.answer = says("500 Oops")
    await wrote(graph, "A-1=One")
    await wrote(graph, "A-1=First")

    for _ in range(60):
        await sending.settled()
        sending.clock.go(timedelta(hours=3))

    found = await state(do)
    assert (found["active"], found["pausedReason"][:34]) == (
        False,
        "Nothing was acknowledged for 5 day",
    )
    assert {each["nextAttemptAt"] for each in found["deliveries"]} == {None}
    before = len(receiver.taken)
    receiver.answer = agrees
    await do(
        "mutation ($i: WebhookInput!) { saveWebhook(input: $i) { userErrors { code } } }",
        i={"id": webhook["id"], "active": True},
    )
    await sending.settled()
    assert len(receiver.taken) == before + 1  # the first one was dead: the second is not lost
    assert (await state(do))["pausedReason"] is None


async def test_gone_switches_off_at_once(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    await register()
    receiver.answer = says("410 Gone")
    await wrote(graph, "A-1", "A-2")

    await sending.settled()
    sending.clock.go(timedelta(days=1))
    await sending.settled()

    found = await state(do)
    assert (found["active"], "410 Gone" in found["pausedReason"]) == (False, True)
    assert 1 <= len(receiver.taken) <= 2


async def test_a_ping_is_sent_once_even_to_one_that_is_switched_off(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    webhook = await register(active=False)
    receiver.answer = says("500 Oops")
    await wrote(graph, "A-1")

    await do(PING, id=webhook["id"])
    await sending.settled()
    sending.clock.go(timedelta(days=2))
    await sending.settled()

    [taken] = receiver.taken
    assert (taken.kind, taken.event["data"]) == ("ping", {"webhook": webhook["id"]})
    [delivery] = (await state(do))["deliveries"]
    assert (delivery["change"], delivery["delivered"], delivery["nextAttemptAt"]) == (
        None,
        False,
        None,
    )


async def test_a_log_that_was_pruned_is_told_as_a_gap_before_what_follows(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    await wrote(graph, "A-1")
    await register()
    await wrote(graph, "A-2", "A-3")
    await graph.schema(
        "MATCH (l:ChangeLog) SET l.earliest = l.sequence"
        " WITH l MATCH (c:Change) WHERE c.sequence < l.sequence DELETE c"
    )

    await sending.settled()

    kinds = [taken.kind for taken in receiver.taken]
    assert kinds == ["gap", "change"]
    gap = receiver.taken[0].event["data"]
    assert sorted(gap) == ["cursor", "earliest"]
    assert gap["earliest"] == receiver.taken[1].event["data"]["cursor"]


async def test_a_place_newer_than_what_was_last_read_is_no_gap(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    await register()
    await sending.turns(2)
    feed = sending.sender._feed
    known = feed.place
    await wrote(graph, "A-0", "A-1", "A-2")
    await do(
        "mutation ($i: WebhookInput!) { saveWebhook(input: $i) { userErrors { code } } }",
        i={"url": f"{receiver.url}&second"},
    )
    assert feed._reader
    feed._reader.cancel()
    feed.place = known  # as if it had not looked yet
    await sending.sender.turn()
    await sending.settled()

    assert {taken.kind for taken in receiver.taken} == {"change"}
    assert len(receiver.taken) == 3


async def test_another_log_is_told_as_a_gap_and_what_waited_is_not_sent(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    await register()
    receiver.answer = says("500 Oops")
    await wrote(graph, "A-1")
    await sending.settled()
    await wrote(graph, "A-2")
    await graph.schema("MATCH (l:ChangeLog) SET l.incarnation = 'another'")
    receiver.answer = agrees
    sending.clock.go(timedelta(minutes=1))
    sending.sender = sending.again()

    await sending.settled()

    assert [taken.kind for taken in receiver.taken] == ["change", "gap", "change", "change"]
    assert len({taken.id for taken in receiver.taken}) == 4
    told = (await state(do))["deliveries"]
    assert sorted(str(each["error"])[:8] for each in told) == ["None", "None", "None", "Not sent"]
