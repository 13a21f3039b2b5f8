"""What nobody thought of ends one attempt, which counts: it neither repeats nor stays untold."""

import asyncio
from datetime import timedelta

import pytest

from graph.session import Graph
from graph.webhooks import schedule
from graph.webhooks.lines import FAULTY
from tests.webhooks.conftest import Do, Sending, state, subjects, wrote
from tests.webhooks.receiver import Receiver, Taken, agrees

HOSTILE = "Mon, 01 Jan 99999999999 00:00:00 GMT"


async def test_a_date_beyond_all_dates_is_no_reason_to_send_it_each_turn(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    async def later(_: Taken, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 503 Later\r\nRetry-After: {HOSTILE}\r\ncontent-length: 0\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()

    receiver.answer = later
    await register()
    await wrote(graph, "A-1=One")

    await sending.settled()
    await sending.turns(5)

    assert len(receiver.taken) == 1
    [delivery] = (await state(do))["deliveries"]
    assert (delivery["attempt"], delivery["httpStatus"]) == (1, 503)
    assert delivery["nextAttemptAt"] is not None


async def test_a_fault_of_ours_is_a_failed_attempt_and_a_line_without_words(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do,
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    looked_up: list[str] = []

    async def breaks(host: str, _: int) -> list[object]:
        looked_up.append(host)
        raise ArithmeticError("said-by-the-receiver")

    await register()
    await wrote(graph, "A-1=One")
    with monkeypatch.context() as broken:
        broken.setattr(sending.sender._attempts._posts, "_lookup", breaks)
        await sending.settled()
        await sending.turns(5)

    [delivery] = (await state(do))["deliveries"]
    assert (looked_up, delivery["attempt"], delivery["error"]) == (["localhost"], 1, FAULTY)
    assert sending.sender.counts.failed == 1
    [line] = [each for each in caplog.records if each.name == "graph.webhooks.sender"]
    assert (line.fault, line.where.partition(":")[0]) == ("ArithmeticError", "test_own_faults.py")  # type: ignore[attr-defined]
    assert "said-by-the-receiver" not in caplog.text

    sending.clock.go(timedelta(minutes=1))
    receiver.answer = agrees
    await sending.settled()

    assert subjects(receiver) == ["A-1"]


async def test_faults_of_ours_end_with_the_last_attempt_and_free_the_account(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    async def breaks(_host: str, _port: int) -> list[object]:
        raise ArithmeticError

    await register()
    await wrote(graph, "A-1=One")
    with monkeypatch.context() as broken:
        broken.setattr(sending.sender._attempts._posts, "_lookup", breaks)
        for _ in range(19):  # less than the five days that pause a webhook
            await sending.settled()
            sending.clock.go(timedelta(hours=6))

    [dead] = (await state(do))["deliveries"]
    assert (dead["attempt"], dead["nextAttemptAt"]) == (schedule.ATTEMPTS, None)

    await wrote(graph, "A-1=First")
    await sending.settled()

    assert subjects(receiver) == ["A-1"]
