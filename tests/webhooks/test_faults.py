"""Twelve faults of receivers, over real TLS: each is told apart, and none is an acknowledgement."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from ipaddress import ip_address

import pytest
import trustme

from graph.webhooks import Receivers, posting
from graph.webhooks.addresses import Address
from graph.webhooks.posting import BROKEN, MOST, SLOW, UNREACHED, UNTRUSTED, Outcome, Posts
from tests.webhooks.receiver import Answer, Receiver, Taken, agrees, says

HEADERS = {"webhook-id": "msg_1"}


@pytest.fixture
async def post(receiver: Receiver, receivers: Receivers) -> AsyncIterator[Posts]:
    posts = Posts(receivers)
    yield posts
    posts.close()


async def sent(post: Posts, receiver: Receiver, answer: Answer) -> Outcome:
    receiver.answer = answer
    return await post.post(receiver.url, HEADERS, b"{}")


async def silent(_: Taken, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def resets(_: Taken, writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def drips(_: Taken, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def halves(_: Taken, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 O")
    await writer.drain()


async def floods(_: Taken, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\n\r\n")
    for _piece in range(500):
        writer.write(b"x" * 100_000)
        await writer.drain()
        FLOODED.append(100_000)


FLOODED: list[int] = []


async def heads(_: Taken, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(500):
        writer.write(f"x-{number}: {'y' * 1000}\r\n".encode())
        await writer.drain()


async def test_an_acknowledgement_is_any_2xx(post: Posts, receiver: Receiver) -> None:
    assert await sent(post, receiver, agrees) == Outcome(204)
    assert await sent(post, receiver, says("200 OK", b"thanks")) == Outcome(200)
    assert receiver.taken[0].headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        (says("500 Oops"), 500, "The address answered 500 Internal Server Error."),
        (says("301 Moved"), 301, "Redirects are not followed"),
        (says("410 Gone"), 410, "The address answered 410 Gone."),
        (resets, None, BROKEN),
        (halves, None, BROKEN),
        (says("200 OK", b"ab", 1000), None, BROKEN),
        (heads, None, BROKEN),
    ],
    ids=["500", "301", "410", "reset", "half head", "half body", "huge head"],
)
async def test_a_fault_is_told(
    post: Posts, receiver: Receiver, answer: Answer, status: int | None, told: str
) -> None:
    outcome = await sent(post, receiver, answer)

    assert (outcome.status, outcome.delivered) == (status, False)
    assert told in str(outcome.error)
    assert len(receiver.taken) == receiver.connections == 1


@pytest.mark.parametrize("answer", [silent, drips], ids=["hang", "slow body"])
async def test_time_ends_an_attempt(
    post: Posts, receiver: Receiver, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 1.0)

    assert await sent(post, receiver, answer) == Outcome(error=SLOW)


async def test_retry_after_is_read(post: Posts, receiver: Receiver) -> None:
    async def later(_: Taken, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 429 Slow down\r\nRetry-After: 77\r\ncontent-length: 0\r\n\r\n")

    outcome = await sent(post, receiver, later)

    assert (outcome.status, outcome.retry_after) == (429, "77")


async def test_of_a_huge_answer_no_more_than_its_beginning_is_read(
    post: Posts, receiver: Receiver
) -> None:
    FLOODED.clear()

    assert await sent(post, receiver, floods) == Outcome(200)
    assert sum(FLOODED) < 20_000_000  # what lies in the buffers of two sockets
    assert MOST == 65_536


async def test_nobody_there_is_told(post: Posts, receiver: Receiver) -> None:
    await receiver.end()

    assert await post.post(receiver.url, HEADERS, b"{}") == Outcome(error=UNREACHED)


@pytest.mark.parametrize("fault", ["another authority", "another name"])
async def test_a_certificate_that_is_not_good_is_told(
    post: Posts, receiver: Receiver, fault: str
) -> None:
    await receiver.end()
    if fault == "another name":
        await receiver.begin("elsewhere.example")
    else:
        await receiver.begin(authority=trustme.CA())

    assert await post.post(receiver.url, HEADERS, b"{}") == Outcome(error=UNTRUSTED)
    assert receiver.taken == []


async def test_the_authority_of_tests_counts_for_their_receivers_only(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "public", lambda _: True)
    await receiver.end()
    await receiver.begin("hooks.example")

    async def here(_host: str, _port: int) -> list[Address]:
        return [ip_address("127.0.0.1")]

    ports, name = frozenset({receiver.port}), ("hooks.example", receiver.port)
    told = []
    for inside in (frozenset[tuple[str, int]](), frozenset({name})):
        posts = Posts(Receivers(ports, inside, receiver.ca), here)
        told.append(await posts.post(f"https://hooks.example:{receiver.port}/", HEADERS, b"{}"))
        posts.close()

    assert told == [Outcome(error=UNTRUSTED), Outcome(204)]


async def test_the_environment_changes_nothing(
    post: Posts, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert await sent(post, receiver, agrees) == Outcome(204)
