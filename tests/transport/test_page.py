"""The GraphiQL page: to browsers only, under a strict policy."""

import gzip
import re
from pathlib import Path

import httpx2
import pytest

from tests.transport.serving import running

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-encoding": "gzip"}
ONCE = {"date", "content-length", "x-request-id", "content-security-policy"}
PAGE = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "vary": "Accept, Authorization, Cookie",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "permissions-policy": "",
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_text('<meta nonce="STYLE-NONCE"><script nonce="STYLE-NONCE">')
    (assets / "index-1a2b.js").write_text("import './other.js'\n" * 100)
    (assets / "letters-1a2b.woff2").write_bytes(b"letters")
    (tmp_path / "secret.txt").write_text("not for you")
    return tmp_path


async def test_a_browser_gets_the_page_with_a_fresh_nonce(built: Path) -> None:
    async with running(page=built) as one, httpx2.AsyncClient(headers=BROWSER) as client:
        first = await client.get(one.graphql)
        second = await client.get(one.graphql)

    nonces = [re.findall('nonce="(.+?)"', page.text) for page in (first, second)]
    assert nonces[0][0] == nonces[0][1] != nonces[1][0]
    policy = first.headers["content-security-policy"]
    assert f"style-src-elem 'self' 'nonce-{nonces[0][0]}';" in policy


async def test_the_page_has_these_headers_and_no_others(built: Path) -> None:
    async with running(page=built) as one, httpx2.AsyncClient(headers=BROWSER) as client:
        answer = await client.get(one.graphql)

    told = {name: value for name, value in answer.headers.items() if name not in ONCE}
    assert told.keys() == PAGE.keys()
    allowed = told.pop("permissions-policy").split(", ")
    assert told.items() <= PAGE.items()
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"} <= {*allowed}
    assert [each for each in allowed if not each.endswith("=()")] == ["clipboard-write=(self)"]
    policy = answer.headers["content-security-policy"]
    nonce = re.findall("'nonce-(.+?)'", policy)[0]
    assert policy.replace(nonce, "NONCE") == (
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-elem 'self'"
        " 'nonce-NONCE'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'"
        " data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    )


async def test_a_client_that_asks_for_json_gets_no_page(built: Path) -> None:
    async with running(page=built) as one, httpx2.AsyncClient() as client:
        asked = await client.get(one.graphql, params={"query": "{ caller }"}, headers=BROWSER)
        empty = await client.get(one.graphql, headers={"accept": "application/json"})

    assert asked.json() == {"data": {"caller": None}}
    assert empty.status_code == 400


async def test_without_a_build_the_page_says_how_to_make_one(tmp_path: Path) -> None:
    async with running(page=tmp_path) as one, httpx2.AsyncClient(headers=BROWSER) as client:
        answer = await client.get(one.graphql)

    assert answer.status_code == 200
    assert "make setup" in answer.text


async def test_assets_are_packed_and_kept_for_a_year(built: Path) -> None:
    async with running(page=built) as one, httpx2.AsyncClient() as client:
        url = one.graphql + "/assets/index-1a2b.js"
        async with client.stream("GET", url, headers=BROWSER) as packed:
            raw = b"".join([part async for part in packed.aiter_raw()])
        plain = await client.get(url, headers={"accept-encoding": "identity"})

    assert gzip.decompress(raw) == plain.content == (built / "assets/index-1a2b.js").read_bytes()
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-type"] == "text/javascript; charset=utf-8"
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers


async def test_what_is_packed_already_is_sent_as_it_is(built: Path) -> None:
    async with running(page=built) as one, httpx2.AsyncClient(headers=BROWSER) as client:
        answer = await client.get(one.graphql + "/assets/letters-1a2b.woff2")

    assert (answer.content, answer.headers["content-type"]) == (b"letters", "font/woff2")


@pytest.mark.parametrize("name", ["none.js", "..%2Fsecret.txt", "%2e%2e", "..%5csecret.txt", ""])
async def test_nothing_but_assets_is_found(built: Path, name: str) -> None:
    async with running(page=built) as one, httpx2.AsyncClient() as client:
        answer = await client.get(f"{one.graphql}/assets/{name}")

    assert answer.status_code == 404
