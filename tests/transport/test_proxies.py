"""Whose word about where a request comes from is believed."""

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.transport.audit.reading import audited, entries
from tests.transport.serving import authenticate, made
from transport import Allowance, Budget, Doors, Memory
from transport.proxies import Proxies, address

PROXIES = [ip_network("10.0.0.0/8"), ip_network("2001:db8::/48"), ip_network("127.0.0.1/32")]
ASKED = {"query": "{ caller }"}


async def client_of(peer: Any, header: str, *values: str) -> Any:
    """Who the application behind the proxies believes its client to be."""
    seen: list[Any] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["client"])

    headers = [(header.encode(), value.encode("latin-1")) for value in values]
    scope = {"type": "http", "client": peer, "headers": headers, "scheme": "http"}
    nothing: Any = None
    of = "forwarded" if "wrong" in header or header == "forwarded" else "x-forwarded-for"
    await Proxies(app, PROXIES, of)(scope, nothing, nothing)
    assert scope["scheme"] == "http"
    return seen[0] and seen[0][0]


@pytest.mark.parametrize(
    ("peer", "chain", "client"),
    [
        ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),  # nobody that is listed
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["127.0.0.1, 198.51.100.7"], "198.51.100.7"),  # made up by the client
        ("10.0.0.1", ["10.9.9.9,127.0.0.1", "198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["127.0.0.1, 198.51.100.7:4711, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["[2001:db8:1::7]:4711"], "2001:db8:1::7"),
        ("2001:db8::1", ["2001:db8:1::7, ::ffff:10.0.0.3"], "2001:db8:1::7"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["10.0.0.5, 10.0.0.2"], "10.0.0.5"),  # a proxy asks for itself
        ("10.0.0.1", [], None),
        ("10.0.0.1", [""], None),
        ("127.0.0.1", [], None),
        ("10.0.0.1", ["198.51.100.7, unknown"], None),
        ("10.0.0.1", ["198.51.100.7, 219-09-9999"], None),
        ("10.0.0.1", ["198.51.100.7, \xff"], None),
        ("10.0.0.1", ["198.51.100.7, fe80::1%219-09-9999"], None),
        ("10.0.0.1", ["198.51.100.7,"], None),
        ("10.0.0.1", ["127.0.0.1"], None),  # nobody is this machine at a proxy's word
        ("10.0.0.1", ["::ffff:127.0.0.1"], None),
        ("10.0.0.1", ["0.0.0.0"], None),
        ("10.0.0.1", ["198.51.100.7, " * 80 + "198.51.100.7"], None),  # longer than any chain
        ("/run/socket", ["198.51.100.7"], "/run/socket"),
    ],
)
async def test_a_chain_is_read_from_its_end_past_proxies_that_are_listed(
    peer: str, chain: list[str], client: str | None
) -> None:
    assert await client_of((peer, 1), "x-forwarded-for", *chain) == client


async def test_who_has_no_address_is_no_proxy() -> None:
    assert await client_of(None, "x-forwarded-for", "198.51.100.7") is None


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        (["for=198.51.100.7"], "198.51.100.7"),
        (['for=127.0.0.1, For = "198.51.100.7:80";proto=https;by=10.0.0.1'], "198.51.100.7"),
        (['proto=https;for="[2001:db8:1::7]:4711"', "for=10.0.0.2"], "2001:db8:1::7"),
        (['by="a,b;for=127.0.0.1";for=198.51.100.7'], "198.51.100.7"),
        (["for=127.0.0.1, proto=https"], None),
        (["for=127.0.0.1, for=_hidden"], None),
        (['for=198.51.100.7, for="127.0.0.1'], None),
        (["xfor=127.0.0.1"], None),
        (["for=198.51.100.7;for=127.0.0.1"], None),
        (['"' + '\\"' * 8_000], None),
    ],
)
async def test_forwarded_says_the_same_in_its_own_words(
    chain: list[str], client: str | None
) -> None:
    assert await client_of(("10.0.0.1", 1), "forwarded", *chain) == client


def test_addresses_are_read_strictly() -> None:
    for text in ("127.1", "0x7f.0.0.1", "127.0.0.1 2", "1.2.3.4:", "1.2.3.4:http", "localhost", ""):
        assert address(text) is None


async def test_the_audit_tells_the_client_and_believes_nobody_else(tmp_path: Path) -> None:
    said = {"x-forwarded-for": "198.51.100.7", "forwarded": "for=192.0.2.1"}
    for name, listed in (("none", []), ("some", PROXIES)):
        async with (
            audited(tmp_path / name, proxies=listed) as one,
            httpx2.AsyncClient(headers=said) as client,
        ):
            await client.post(one.graphql, json=ASKED)

    [unlisted], [listed_] = entries(tmp_path / "none"), entries(tmp_path / "some")
    assert (unlisted["address"], listed_["address"]) == ("127.0.0.1", "198.51.100.7")


def behind(doors: Doors, **said: str) -> httpx2.AsyncClient:
    """A client behind a proxy on this machine, which says this."""
    app = made(doors, proxies=PROXIES, page=Path("none")).server.config.app
    wire = httpx2.ASGITransport(app, client=("127.0.0.1", 1))  # type: ignore[arg-type]
    return httpx2.AsyncClient(transport=wire, base_url="http://localhost", headers=said)


@pytest.mark.parametrize("chain", [None, "198.51.100.7", "127.0.0.1, 198.51.100.7", "unknown"])
async def test_the_metrics_are_not_for_whoever_a_proxy_on_this_machine_asks_for(
    chain: str | None,
) -> None:
    said = {"x-forwarded-for": chain} if chain else {}
    async with behind(Doors(authenticate), **said) as client:
        refused = await client.get("/metrics")

    assert (refused.status_code, refused.content) == (401, b"")


async def test_who_is_not_signed_in_pays_by_the_address_that_the_proxy_names() -> None:
    doors = Doors(
        authenticate,
        allowance=lambda _: Allowance(points=1, restore=1),
        budget=Budget(Memory(clock=lambda: 0.0)),
    )
    app = made(doors, proxies=PROXIES).server.config.app
    wire = httpx2.ASGITransport(app, client=("10.0.0.1", 1))  # type: ignore[arg-type]

    async with httpx2.AsyncClient(transport=wire, base_url="http://localhost") as client:
        chains = ("198.51.100.7", "198.51.100.8", "192.0.2.1, 198.51.100.7")
        told = [
            await client.post("/graphql", json=ASKED, headers={"x-forwarded-for": chain})
            for chain in chains
        ]

    assert [answer.status_code for answer in told] == [200, 200, 429]
