"""What counts by a cookie: what our own page sends, and nothing that another could."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from graph.roles import Role
from graph.session import Graph
from tests.transport.audit.reading import entries, journal
from tests.transport.serving import Running
from tests.transport.signing_in import OURS, WHO, Site, site
from tests.transport.test_rights_end import PROTOCOL
from transport import Audit
from transport.cookies import SESSION, origin_of

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def place(graph: Graph, tmp_path: Path) -> AsyncIterator[Site]:
    async with site(graph, tmp_path) as found:
        yield found


def told(answer: httpx2.Response) -> Any:
    """Who was asking, or why nothing ran."""
    body = answer.json()
    return body["data"]["caller"] if "data" in body else body["errors"][0]["extensions"]["code"]


async def test_our_own_page_is_known_by_the_cookie(place: Site) -> None:
    secret = await place.house.begin()

    by_fetch_site = await place.ask(secret)
    by_origin = await place.ask(secret, sec_fetch_site="", origin=place.one.url)
    both = await place.ask(secret, origin=place.one.url)

    assert [told(each) for each in (by_fetch_site, by_origin, both)] == ["Name of M-31"] * 3
    assert told(await place.ask()) is None


@pytest.mark.parametrize(
    ("_case", "headers"),
    [
        ("no header of ours", {"x_account_graph": ""}),
        ("another value", {"x_account_graph": "2"}),
        ("no origin at all", {"sec_fetch_site": ""}),
        ("another site", {"sec_fetch_site": "cross-site"}),
        ("another port", {"sec_fetch_site": "same-site"}),
        ("typed in", {"sec_fetch_site": "none"}),
        ("another origin", {"sec_fetch_site": "", "origin": "https://evil.example"}),
        ("another port's origin", {"sec_fetch_site": "", "origin": "http://127.0.0.1:1"}),
        ("no origin", {"sec_fetch_site": "", "origin": "null"}),
        ("both, one of them wrong", {"origin": "https://evil.example"}),
        ("no JSON", {"content_type": "text/plain"}),
        ("a form", {"content_type": FORM}),
    ],
)
async def test_what_another_page_could_send_is_refused(
    place: Site, _case: str, headers: dict[str, str]
) -> None:
    answer = await place.ask(await place.house.begin(), **headers)

    assert (answer.status_code, told(answer)) == (403, "FORBIDDEN")
    assert "data" not in answer.json()


async def test_a_get_never_counts_by_a_cookie(place: Site) -> None:
    cookie = {"cookie": f"{SESSION}={await place.house.begin()}"}
    url = place.one.graphql

    answers = [
        await place.client.get(url, params=WHO, headers={**OURS, **cookie}),
        await place.client.get(url, params=WHO, headers=cookie),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


async def test_a_page_is_the_same_for_everybody(place: Site) -> None:
    cookie = {"cookie": f"{SESSION}={await place.house.begin()}", "accept": "text/html"}

    for path in ("/graphql", "/explore/sign-in"):
        known = await place.client.get(place.one.url + path, headers=cookie)
        nobody = await place.client.get(place.one.url + path, headers={"accept": "text/html"})
        assert known.status_code == nobody.status_code == 200
        assert len(known.content) == len(nobody.content)
        assert "M-31" not in known.text


async def test_a_session_that_is_over_is_401(place: Site) -> None:
    secret = await place.house.begin()
    await place.house.door.end(secret)

    answers = [await place.ask(secret), await place.ask("A" * 64), await place.ask("")]

    assert [(each.status_code, told(each)) for each in answers] == [(401, "UNAUTHENTICATED")] * 3


async def test_two_cookies_of_the_name_are_none(place: Site) -> None:
    one, other = await place.house.begin(), await place.house.begin("M-32")

    answer = await place.ask(f"{one}; {SESSION}={other}")

    assert (answer.status_code, told(answer)) == (401, "UNAUTHENTICATED")


async def test_beside_a_token_no_cookie_is_looked_at(place: Site) -> None:
    secret = await place.house.begin()
    token = place.codes._local.token([Role.HQ_ANALYST], "M-77", 60)

    by_token = await place.ask(secret, authorization=f"Bearer {token}")
    from_elsewhere = await place.ask(
        secret, authorization=f"Bearer {token}", sec_fetch_site="cross-site"
    )
    wrong = await place.ask(secret, authorization="Bearer no.token.atall")

    assert [told(by_token), told(from_elsewhere)] == ["M-77", "M-77"]
    assert (wrong.status_code, told(wrong)) == (401, "UNAUTHENTICATED")


async def test_another_cookie_is_nobodys(place: Site) -> None:
    headers = {**OURS, "cookie": f"theme=dark; {SESSION.lower()}={await place.house.begin()}"}

    answer = await place.client.post(place.one.graphql, json=WHO, headers=headers)

    assert told(answer) is None


async def test_the_origin_of_a_setting_is_the_only_one(graph: Graph, tmp_path: Path) -> None:
    async with site(graph, tmp_path, origin="https://graph.example") as place:
        secret = await place.house.begin()
        fine = await place.ask(secret, sec_fetch_site="", origin="https://graph.example")
        as_it_was_asked = await place.ask(secret, sec_fetch_site="", origin=place.one.url)

    assert told(fine) == "Name of M-31"
    assert as_it_was_asked.status_code == 403
    assert origin_of("https://Graph.example:443/base") == "https://graph.example"
    assert origin_of("http://[::1]:8000") == "http://[::1]:8000"


async def said(one: Running, secret: str, origin: str | None, **payload: str) -> Any:
    """What a socket answers who is asking, or the code by which it is closed."""
    headers = {"cookie": f"{SESSION}={secret}"}
    try:
        async with connect(
            one.socket,
            subprotocols=PROTOCOL,
            additional_headers=headers,
            origin=origin,  # type: ignore[arg-type]
        ) as socket:
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            assert json.loads(await socket.recv()) == {"type": "connection_ack"}
            await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": WHO}))
            return json.loads(await socket.recv())["payload"]["data"]["caller"]
    except ConnectionClosed as closed:
        return closed.rcvd and closed.rcvd.code


async def test_a_socket_counts_by_a_cookie_from_this_very_origin(place: Site) -> None:
    secret = await place.house.begin()
    token = place.codes._local.token([Role.HQ_ANALYST], "M-77", 60)

    assert await said(place.one, secret, place.one.url) == "Name of M-31"
    assert await said(place.one, secret, None) == 4403
    assert await said(place.one, "A" * 64, place.one.url) == 4403
    assert await said(place.one, secret, place.one.url, Authorization=f"Bearer {token}") == "M-77"


async def test_a_listed_site_opens_sockets_by_tokens_only(graph: Graph, tmp_path: Path) -> None:
    listed = "http://127.0.0.1:1"
    async with site(graph, tmp_path, origins=[listed]) as place:
        secret = await place.house.begin()
        token = place.codes._local.token([Role.HQ_ANALYST], "M-77", 60)

        assert await said(place.one, secret, listed) == 4403
        assert await said(place.one, secret, listed, Authorization=f"Bearer {token}") == "M-77"


async def test_a_socket_is_closed_when_its_session_ends(place: Site) -> None:
    secret = await place.house.begin()
    headers = {"cookie": f"{SESSION}={secret}"}
    async with connect(
        place.one.socket,
        subprotocols=PROTOCOL,
        additional_headers=headers,
        origin=place.one.url,  # type: ignore[arg-type]
    ) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        await socket.recv()
        await place.sign_out(secret)
        await asyncio.wait_for(socket.wait_closed(), 5)

    assert socket.close_code == 4403


async def test_the_audit_tells_who_came_by_a_session_and_what_was_refused(
    graph: Graph, tmp_path: Path
) -> None:
    audit = Audit(journal(tmp_path / "audit"))
    async with site(graph, tmp_path / "data", audit=audit) as place:
        secret = await place.house.begin()
        await place.ask(secret)
        await place.ask(secret, sec_fetch_site="cross-site")

    fine, refused = entries(tmp_path / "audit")
    assert (fine["caller"], fine["client"], fine["code"]) == ("M-31", "session", "OK")
    assert (refused["decision"], refused["code"]) == ("REFUSED", "FORBIDDEN")
    assert secret not in str([fine, refused])
