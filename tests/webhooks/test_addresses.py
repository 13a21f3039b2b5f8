"""Eighty ways to an inside address, each through the real way of sending: none is connected to.

A listener stands on every address of this machine, at the port that is asked for; where nothing is
judged it sees the connections, so it would see them here too.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from ipaddress import ip_address

import pytest

from graph.webhooks import posting
from graph.webhooks.addresses import PRIVATE, Address, NotSent, Receivers, public, target
from graph.webhooks.posting import Posts

V4 = (
    *("127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254", "0.0.0.0", "0.1.2.3"),
    *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1"),
    *("192.168.255.254", "169.254.169.254", "169.254.170.2", "169.254.0.1", "100.64.0.1"),
    *("100.100.100.200", "100.127.255.255", "192.0.0.1", "192.0.0.9", "192.0.0.192"),
    *("192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9"),
    *("192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
)
V6 = (
    *("::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1"),
    *("::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    *("64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:1::1"),
    *("2001::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1", "2001:20::1"),
    *("3fff::1", "100::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1"),
    *("fec0::1", "ff01::1", "ff02::1", "ff05::1:3", "2a00:1450::5efe:7f00:1"),
    "2606:4700::200:5efe:a00:1",
)
SPELT = (  # as libraries read addresses, and names that mean this machine or network
    *("2130706433", "0x7f000001", "0x7f.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.0x1"),
    *("017700000001", "127.0.0.01", "0", "localhost", "a.localhost", "printer.local"),
    *("metadata.google.internal", "router.lan", "intranet", "host.corp", "box.home.arpa"),
)
ALL = (*V4, *V6, *SPELT)


def spelt(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@pytest.fixture
async def seen() -> AsyncIterator[tuple[int, list[str]]]:
    """A port at which this machine listens on every address, and who has connected."""
    found: list[str] = []

    async def took(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.append(str(writer.get_extra_info("sockname")[0]))
        writer.close()

    both = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    server = await asyncio.start_server(took, sock=both)
    yield both.getsockname()[1], found
    server.close()
    await server.wait_closed()


def looked_up(*texts: str) -> posting.Lookup:
    """A name server that says these one after the other, whatever the name."""
    left = list(texts)

    async def lookup(_host: str, _port: int) -> Sequence[Address]:
        return [ip_address(left.pop(0))]

    return lookup


async def posted(
    port: int, urls: Sequence[str], lookup: posting.Lookup | None = None
) -> list[posting.Outcome]:
    """What came of sending to each of these."""
    posts = Posts(Receivers(ports=frozenset({port})), lookup)
    try:
        return [await posts.post(url, {"webhook-id": "x"}, b"{}") for url in urls]
    finally:
        posts.close()


def test_there_are_eighty() -> None:
    assert len(set(ALL)) == len(ALL) == 80


async def test_none_is_connected_to_by_its_own_address(seen: tuple[int, list[str]]) -> None:
    port, found = seen

    told = await posted(port, [f"https://{spelt(host)}:{port}/" for host in ALL])

    assert [each.error for each in told if each.error != PRIVATE] == []
    assert found == []


async def test_none_is_connected_to_by_a_name_that_leads_to_it(seen: tuple[int, list[str]]) -> None:
    port, found = seen
    urls = [f"https://hooks.example:{port}/"] * len((*V4, *V6))

    told = await posted(port, urls, looked_up(*V4, *V6))

    assert [each.error for each in told if each.error != PRIVATE] == []
    assert found == []


async def test_one_inside_address_among_public_ones_is_enough(seen: tuple[int, list[str]]) -> None:
    port, found = seen

    async def mixed(_host: str, _port: int) -> Sequence[Address]:
        return [ip_address("93.184.215.14"), ip_address("127.0.0.1")]

    [told] = await posted(port, [f"https://hooks.example:{port}/"], mixed)

    assert (told.error, found) == (PRIVATE, [])


async def test_where_nothing_is_judged_the_listener_sees_it(
    seen: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "public", lambda _: True)
    port, found = seen

    hosts = ("127.0.0.1", "127.0.0.2", "0.0.0.0", "::ffff:127.0.0.1")
    told = await posted(port, [f"https://hooks.example:{port}/"] * 4, looked_up(*hosts))

    assert {each.error for each in told} <= {posting.UNREACHED, posting.BROKEN}
    assert len(found) == 4


async def test_a_name_is_looked_up_once_and_its_address_is_the_one_connected_to(
    seen: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers another address the second time changes nothing."""
    port, found = seen
    asked = []

    async def rebinds(host: str, _port: int) -> Sequence[Address]:
        asked.append(host)
        return [ip_address("192.0.2.77" if len(asked) == 1 else "127.0.0.1")]

    monkeypatch.setattr(posting, "public", lambda _: True)
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    await posted(port, [f"https://hooks.example:{port}/"], rebinds)

    assert (asked, found) == (["hooks.example"], [])


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/",
        "https://user@hooks.example/",
        "https://hooks.example@127.0.0.1/",
        "https://hooks.example\\@127.0.0.1/",
        "https://hooks.example/#x",
        "https://hooks.example:0/",
        "https://hooks.example:65536/",
        "https://hooks.example:22/",
        "https://hooks.example./",
        "https://hooks..example/",
        "https://hooks.example/a b",
        "https://hooks.example/\r\nhost: inside",
        "https://höoks.example/",
        "https://127。0。0。1/",
        "https://[::1%25lo]/",
        "https://[::1/",
        "https:///hooks",
        "//hooks.example/",
        "https://" + "a" * 64 + ".example/",
        "https://hooks.example/" + "x" * 2000,
    ],
    ids=range(20),
)
def test_what_is_no_plain_https_url_is_refused(url: str) -> None:
    with pytest.raises(NotSent):
        target(url, Receivers())


@pytest.mark.parametrize("host", ["93.184.215.14", "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]"])
def test_public_addresses_and_names_are_sent_to(host: str) -> None:
    assert public(ip_address(host.strip("[]")))
    assert target(f"https://{host}/", Receivers()).port == 443
    assert target("https://Hooks.Example:9443?a=b", Receivers(frozenset({9443}))).path == "/?a=b"


def test_a_receiver_for_tests_is_that_host_at_that_port_only() -> None:
    tests = Receivers(inside=frozenset({("localhost", 8443)}))

    assert target("https://localhost:8443/", tests).trusted
    for url in ("https://localhost/", "https://127.0.0.1:8443/", "https://a.localhost:8443/"):
        with pytest.raises(NotSent):
            target(url, tests)
