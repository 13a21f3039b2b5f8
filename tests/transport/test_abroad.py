"""Signing in at an identity provider: there and back, and all that may go wrong on the way."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from graph.session import Graph
from tests.transport.audit.reading import entries
from tests.transport.identity.authorizing import ID
from tests.transport.journey import BACK, Way, journey, session, trouble
from transport.begun import COOKIE


@pytest.fixture
async def way(graph: Graph, tmp_path: Path) -> AsyncIterator[Way]:
    async with journey(graph, tmp_path) as found:
        yield found


async def test_somebody_signs_in_at_the_provider(way: Way) -> None:
    url = await way.start("/explore/desk")
    answer = await way.back(way.provider.authorize(url))
    asked = await way.place.ask(session(answer))

    assert answer.headers["location"] == "/explore/sign-in?to=/explore/desk&done=1"
    assert asked.json()["data"]["caller"] == "Ada Mar"
    assert answer.headers["referrer-policy"] == "no-referrer"
    [begun, ended] = answer.headers.get_list("set-cookie")
    assert begun.endswith("; Path=/; Secure; HttpOnly; SameSite=Strict")
    assert ended == f"{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
    sent = parse_qs(urlsplit(url).query)
    assert {name: sent[name][0] for name in sent if len(sent[name][0]) < 43} == {
        "response_type": "code",
        "client_id": ID,
        "redirect_uri": BACK,
        "scope": "openid",
        "code_challenge_method": "S256",
    }
    assert sent.keys() > {"state", "nonce", "code_challenge"}


async def test_what_was_begun_is_sealed_for_ten_minutes(way: Way) -> None:
    url = await way.start()
    answer = await way.place.client.get(f"{way.place.one.url}/explore/sign-in/start")

    assert answer.headers["set-cookie"].endswith(
        "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600"
    )
    [state] = parse_qs(urlsplit(url).query)["state"]
    assert state not in way.cookie
    way.now[0] += 600
    assert trouble(await way.back(way.provider.authorize(url))) == "over"
    assert way.provider.tokens == 0


@pytest.mark.parametrize("cookie", ["", f"{COOKIE}=", f"{COOKIE}=AAAA", f"{COOKIE}=" + "A" * 3000])
async def test_who_did_not_begin_does_not_end(way: Way, cookie: str) -> None:
    url = way.provider.authorize(await way.start())

    assert trouble(await way.back(url, cookie)) == "over"
    assert way.provider.tokens == 0


async def test_another_browsers_way_ends_nowhere(way: Way) -> None:
    stolen = way.provider.authorize(await way.start())
    await way.start()

    assert trouble(await way.back(stolen)) == "over"
    twice = f"{way.cookie}; {way.cookie}"
    assert trouble(await way.back(way.provider.authorize(await way.start()), twice)) == "over"
    assert way.provider.tokens == 0


@pytest.mark.parametrize("state", ["forged", "", None])
async def test_a_forged_state_ends_nowhere(way: Way, state: str | None) -> None:
    assert trouble(await way.through(state=state)) == "over"
    assert way.provider.tokens == 0


async def test_a_state_that_is_given_twice_is_none(way: Way) -> None:
    url = way.provider.authorize(await way.start())

    assert trouble(await way.back(f"{url}&state=forged")) == "over"


async def test_an_answer_ends_one_sign_in(way: Way) -> None:
    way.provider.again = True  # even where the provider would give for a code twice
    url = way.provider.authorize(await way.start())

    first, second = await way.back(url), await way.back(url)

    assert session(first)
    assert trouble(second) == "over"
    assert way.provider.tokens == 1


async def test_a_code_that_was_used_elsewhere_lets_nobody_in(way: Way) -> None:
    url = way.provider.authorize(await way.start())
    way.provider.codes.clear()

    answer = await way.back(url)

    assert trouble(answer) == "refused"
    assert "<b>" not in str(answer.headers)


@pytest.mark.parametrize(("issuer", "must"), [("https://evil.example", False), (None, True)])
async def test_an_answer_of_another_provider_is_not_looked_at(
    way: Way, issuer: str | None, must: bool
) -> None:
    way.provider.more = {"authorization_response_iss_parameter_supported": must}

    assert trouble(await way.through(iss=issuer)) == "unknown"
    assert way.provider.tokens == 0


async def test_a_provider_that_does_not_tell_its_name_may(way: Way) -> None:
    way.provider.more = {"authorization_response_iss_parameter_supported": False}

    assert session(await way.through(iss=None))


@pytest.mark.parametrize("changes", [{"code": None}, {"code": ""}, {"code": "x" * 3000}])
async def test_without_a_code_nobody_is_let_in(way: Way, changes: dict[str, Any]) -> None:
    assert trouble(await way.through(**changes)) == "refused"
    assert way.provider.tokens == 0


async def test_what_the_provider_says_is_shown_to_nobody(way: Way) -> None:
    answer = await way.through(error="access_denied", error_description="<script>x</script>")
    page = await way.place.client.get(way.place.one.url + answer.headers["location"])

    assert trouble(answer) == "refused"
    assert "did not let you in" in page.text
    assert "access_denied" not in page.text + str(answer.headers)
    assert "<script>x" not in page.text


async def test_a_provider_that_is_away_is_told(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    url = way.provider.authorize(await way.start())
    way.provider.lost = "/token"
    with monkeypatch.context() as hurried:
        hurried.setattr("transport.asking.SECONDS", 0.3)
        hanging = await way.back(url)
    way.provider.lost = ""
    url = way.provider.authorize(await way.start())
    way.provider.status, way.provider.answers = "503 Service Unavailable", {}
    broken = await way.back(url)

    assert [trouble(hanging), trouble(broken)] == ["away", "away"]


@pytest.mark.parametrize("fault", ["hangs", "nonsense", "another", "http", "none"])
async def test_without_its_configuration_nobody_is_sent_away(
    way: Way, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    provider = way.provider
    if fault == "hangs":
        monkeypatch.setattr("transport.asking.SECONDS", 0.3)
    provider.hangs, provider.body = fault == "hangs", b"[]" if fault == "nonsense" else None
    wrong: dict[str, dict[str, Any]] = {
        "another": {"issuer": "https://evil.example"},
        "http": {"token_endpoint": "http://evil.example/token"},
        "none": {"authorization_endpoint": None},
    }
    provider.more = wrong.get(fault, {})

    assert await way.start() == "/explore/sign-in?to=/explore/desk&trouble=away"
    assert way.cookie == ""


async def test_who_comes_back_too_often_waits(way: Way) -> None:
    answers = [await way.through(error="access_denied") for _ in range(11)]  # tries are one

    assert [trouble(each) for each in answers] == ["refused"] * 10 + ["often"]


async def test_nobody_is_led_elsewhere_by_the_way_of_a_provider(way: Way) -> None:
    url = await way.start("//evil.example")

    answer = await way.back(way.provider.authorize(url))

    assert answer.headers["location"] == "/explore/sign-in?to=/graphql&done=1"


async def test_by_a_provider_there_is_no_code(way: Way) -> None:
    page = await way.place.client.get(f"{way.place.one.url}/explore/sign-in")
    answer = await way.place.sign_in("22222-22222")

    assert 'data-way="provider"' in page.text
    assert answer.status_code == 403


async def test_each_return_has_an_entry_without_code_or_state(way: Way, tmp_path: Path) -> None:
    answer = await way.through()
    await way.through(error="access_denied")
    await way.through(state="forged")

    found = [each for each in entries(tmp_path / "audit") if each["what"] == "SIGN_IN"]
    assert [(e["code"], e["decision"], e.get("caller")) for e in found] == [
        ("OK", "ALLOWED", "M-31"),
        ("FORBIDDEN", "REFUSED", None),
        ("FORBIDDEN", "REFUSED", None),
    ]
    told = str(entries(tmp_path / "audit"))
    assert not any(each in told for each in ("code-0", "forged", session(answer) or "?", "state"))
