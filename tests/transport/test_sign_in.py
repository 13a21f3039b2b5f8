"""Signing in and out on a page: by a code, with a cookie, and nothing else of it anywhere."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.errors import Unavailable
from graph.roles import Role
from graph.session import Graph
from tests.transport.audit.reading import entries, journal
from tests.transport.signing_in import Site, secret_of, site
from transport import Audit, Memory, Tries
from transport.returning import FIRST, local
from transport.sign_in import WRONG
from transport.sign_in_page import POLICY, TROUBLES

HTML = {"accept": "text/html"}
COOKIE = "__Host-session={}; Path=/; Secure; HttpOnly; SameSite=Strict"
ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "https://evil.example/graphql",
    "javascript:alert(1)",
    "/graphql/../../evil",
    "/graphql//evil.example",
    "/%2Fevil.example",
    "/graphql%0d%0aset-cookie:a",
    "/graphql\nx",
    "/graphql?x=//evil",
    "/graphql#@evil.example",
    "@evil.example",
    "/graphqlevil",
    "/health/live",
    "/explore/sign-in",
    "/explore/sign-in?to=/graphql",
    "/graphql" + "/a" * 300,
    "graphql",
    "",
    " /graphql",
]


@pytest.fixture
async def place(graph: Graph, tmp_path: Path) -> AsyncIterator[Site]:
    async with site(graph, tmp_path) as found:
        yield found


def words(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["message"]


async def test_a_code_makes_a_session(place: Site) -> None:
    answer = await place.sign_in(place.code("M-31"))
    asked = await place.ask(secret_of(answer))

    assert (answer.status_code, answer.json()) == (200, {"signedIn": True})
    assert answer.headers["set-cookie"] == COOKIE.format(secret_of(answer))
    assert answer.headers["cache-control"] == "no-store"
    assert asked.json()["data"]["caller"] == "M-31"
    assert len(secret_of(answer)) == 64


async def test_a_code_makes_one_session(place: Site) -> None:
    code = place.code()

    answers = await asyncio.gather(*(place.sign_in(code) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 403, 403, 403]


async def test_nothing_is_said_about_what_is_wrong_with_a_code(place: Site) -> None:
    used = place.code()
    await place.sign_in(used)
    none = await place.sign_in(used)
    place.code()

    wrong = [await place.sign_in(each) for each in ("22222-22222", "", "x" * 2000, used)]

    assert {words(each) for each in (none, *wrong)} == {(403, WRONG)}
    assert not any("set-cookie" in each.headers for each in (none, *wrong))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"code": 1}', b"no", b'{"code":"' + b"x" * 5000]
)
async def test_what_is_no_code_is_refused(place: Site, body: bytes) -> None:
    headers = {"content-type": "application/json", "x-account-graph": "1"}
    own = {**headers, "sec-fetch-site": "same-origin"}

    answer = await place.client.post(f"{place.one.url}/explore/sign-in", content=body, headers=own)

    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/explore/sign-in", "/explore/sign-out"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "", "origin": "https://evil.example"},
        {"x_account_graph": ""},
        {"content_type": "text/plain"},
    ],
    ids=lambda headers: "-".join(f"{value or 'no'}" for value in headers.values()),
)
async def test_another_page_signs_nobody_in_or_out(
    place: Site, path: str, headers: dict[str, str]
) -> None:
    secret = await place.house.begin()
    answer = await place.post(path, {"code": place.code()}, secret, **headers)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert await place.house.find(secret)


async def test_who_guesses_is_stopped(graph: Graph, tmp_path: Path) -> None:
    now = [0.0]
    tries = Tries(Memory(lambda: now[0]))
    async with site(graph, tmp_path, tries=tries) as place:
        answers = [await place.sign_in("22222-22222") for _ in range(11)]
        now[0] = 31.0
        later = await place.sign_in(place.code())

    assert [each.status_code for each in answers] == [403] * 10 + [429]
    assert answers[-1].headers["retry-after"] == "30"
    assert later.status_code == 200


async def test_signing_in_again_ends_the_session_before(place: Site) -> None:
    first = secret_of(await place.sign_in(place.code()))

    second = secret_of(await place.sign_in(place.code(), first))

    assert first != second
    assert await place.house.find(first) is None
    assert await place.house.find(second)


async def test_signing_out_leaves_nothing(place: Site) -> None:
    secret = secret_of(await place.sign_in(place.code()))

    answer = await place.sign_out(secret)

    assert answer.json() == {"signedIn": False}
    assert answer.headers["set-cookie"] == COOKIE.format("") + "; Max-Age=0"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert (await place.ask(secret)).status_code == 401
    assert [(await place.sign_out(each)).status_code for each in (secret, None, "?")] == [200] * 3


async def test_who_signs_out_while_the_graph_is_away_is_out_here(
    place: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any, **__: Any) -> None:
        raise Unavailable("away")

    secret = secret_of(await place.sign_in(place.code()))
    with monkeypatch.context() as broken:
        broken.setattr(place.house.door._graph, "write", away)
        answer = await place.sign_out(secret)
        nobody = await place.sign_in(place.code())

    assert (answer.status_code, nobody.status_code) == (503, 503)
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert (await place.ask(secret)).status_code == 401


async def test_a_service_signs_in_on_no_page(place: Site) -> None:
    answer = await place.sign_in(place.code("ledger", Role.INTEGRATOR))

    assert answer.status_code == 403
    assert "send a token" in words(answer)[1]


async def test_the_page_has_these_headers(place: Site) -> None:
    answer = await place.client.get(f"{place.one.url}/explore/sign-in", headers=HTML)

    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert all(each.endswith("=()") for each in answer.headers["permissions-policy"].split(", "))
    assert "set-cookie" not in answer.headers


async def test_the_page_leads_back_and_says_what_went_wrong(place: Site) -> None:
    url = f"{place.one.url}/explore/sign-in"

    plain = await place.client.get(url, params={"to": "/explore/account?a=1&b=2"})
    trouble = await place.client.get(url, params={"trouble": "over", "to": "//evil.example"})
    unknown = await place.client.get(url, params={"trouble": "<script>"})

    assert 'data-way="code" data-to="/explore/account?a=1&amp;b=2"' in plain.text
    assert "to=/explore/account%3Fa%3D1%26b%3D2" in plain.text
    assert TROUBLES["over"] in trouble.text
    assert "evil" not in trouble.text
    assert "<script>" not in unknown.text


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_led_elsewhere(to: str) -> None:
    assert local(to) == FIRST


@pytest.mark.parametrize("to", ["/graphql", "/explore", "/explore/account/A-1", "/explore?as=a_b"])
def test_our_own_pages_are_led_to(to: str) -> None:
    assert local(to) == to


async def test_what_the_page_loads_is_found_and_nothing_else(place: Site) -> None:
    page = await place.client.get(f"{place.one.url}/explore/sign-in")
    script = page.text.partition('src="')[2].partition('"')[0]

    found = await place.client.get(place.one.url + script)
    missing = await place.client.get(f"{place.one.url}/explore/assets/..%2Findex.html")

    assert found.headers["content-type"] == "text/javascript; charset=utf-8"
    assert missing.status_code == 404


async def test_each_has_an_entry_and_no_entry_holds_a_secret(graph: Graph, tmp_path: Path) -> None:
    audit = Audit(journal(tmp_path / "audit"))
    async with site(graph, tmp_path / "data", audit=audit) as place:
        code = place.code()
        await place.sign_in("22222-22222")
        secret = secret_of(await place.sign_in(code))
        await place.sign_out(secret)
        await place.sign_out(secret, sec_fetch_site="cross-site")

    found = entries(tmp_path / "audit")
    assert [(e["what"], e["code"], e["decision"], e.get("caller")) for e in found] == [
        ("SIGN_IN", "FORBIDDEN", "REFUSED", None),
        ("SIGN_IN", "OK", "ALLOWED", "M-31"),
        ("SIGN_OUT", "OK", "ALLOWED", "M-31"),
        ("SIGN_OUT", "FORBIDDEN", "REFUSED", None),
    ]
    assert not any(each in str(found) for each in (secret, secret[:20], code, "22222"))
