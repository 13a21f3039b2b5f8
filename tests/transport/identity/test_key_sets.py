"""The keys of a provider: rotated, away, hanging, and asked for what nobody knows."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph.errors import SetupError
from tests.transport.identity.provider import EC, ISSUER, RSA, Provider, public, serving, signed
from transport.issuers import verify
from transport.key_sets import AGAIN, EVERY, KEPT, UNKNOWN, Fetched
from transport.tokens import BadToken, NotNow


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with serving() as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fetched(provider: Provider, clock: Clock) -> Fetched:
    return Fetched(provider.url, f"{provider.url}/keys", clock)


async def test_where_the_keys_are_is_told_by_the_configuration(provider: Provider) -> None:
    found = await Fetched(provider.url).find("rsa")

    assert found is not None
    assert found.algorithms == {"RS256", "PS256"}


async def test_a_configuration_of_another_issuer_is_not_believed(provider: Provider) -> None:
    told = {"issuer": "https://other.example", "jwks_uri": f"{provider.url}/keys"}
    provider.body = json.dumps(told).encode()

    with pytest.raises(NotNow):
        await Fetched(provider.url).find("rsa")

    assert provider.asked == 0


async def test_a_rotated_key_is_found_at_once_and_the_old_one_holds(
    provider: Provider, clock: Clock
) -> None:
    keys = fetched(provider, clock)
    await verify(signed("rsa"), ISSUER, keys)
    clock.now += UNKNOWN
    provider.keys.append(public("ec", EC))

    answers = await asyncio.gather(
        *(verify(signed(kid), ISSUER, keys) for kid in ["ec", "rsa"] * 20)
    )

    assert len(answers) == 40
    assert provider.asked == 2


async def test_a_key_taken_back_opens_nothing_more(provider: Provider, clock: Clock) -> None:
    keys = fetched(provider, clock)
    await keys.find("rsa")
    provider.keys = [public("ec", EC)]
    clock.now += UNKNOWN
    await keys.find("other")

    with pytest.raises(BadToken):
        await verify(signed("rsa"), ISSUER, keys)


async def test_a_thousand_unknown_keys_are_one_question_in_thirty_seconds(
    provider: Provider, clock: Clock
) -> None:
    keys = fetched(provider, clock)
    await keys.find("rsa")
    clock.now += UNKNOWN
    before = provider.asked

    found = await asyncio.gather(*(keys.find(f"key-{number}") for number in range(1000)))
    clock.now += UNKNOWN - 1
    found += await asyncio.gather(*(keys.find(f"key-{number}") for number in range(1000)))

    assert set(found) == {None}
    assert provider.asked == before + 1


@pytest.mark.parametrize(
    "fault", ["away", "hangs", "500 Internal Server Error", "302 Found", "nonsense", "no keys"]
)
async def test_known_keys_are_believed_while_the_provider_is_away(
    provider: Provider, clock: Clock, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    keys = fetched(provider, clock)
    await keys.find("rsa")
    monkeypatch.setattr("transport.asking.SECONDS", 0.3)
    clock.now += UNKNOWN
    spoil(provider, fault)

    unknown = asyncio.create_task(keys.find("other"))
    for _ in range(100):
        clock.now += 36  # an hour in all
        await verify(signed("rsa"), ISSUER, keys)

    assert not unknown.done()  # nobody waited for it
    assert await unknown is None


def spoil(provider: Provider, fault: str) -> None:
    match fault:
        case "away":
            provider.status = "503 Service Unavailable"
        case "hangs":
            provider.hangs = True
        case "nonsense":
            provider.body = b"<html>"
        case "no keys":
            provider.keys = []
        case status:
            provider.status = status


async def test_the_last_good_keys_are_believed_for_a_day_and_no_longer(
    provider: Provider, clock: Clock
) -> None:
    keys = fetched(provider, clock)
    await keys.find("rsa")
    provider.status = "503 Service Unavailable"

    clock.now += KEPT - 1
    await verify(signed("rsa"), ISSUER, keys)
    clock.now += 1

    with pytest.raises(NotNow):
        await verify(signed("rsa"), ISSUER, keys)
    assert not keys.fresh()


async def test_keys_are_fetched_again_beside_the_requests(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        provider.status = "503 Service Unavailable"
        if len(pauses) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr("transport.key_sets.pause", sleep)

    with pytest.raises(asyncio.CancelledError):
        await Fetched(provider.url, f"{provider.url}/keys").run()

    assert pauses == [EVERY, AGAIN]
    assert provider.asked == 2


@pytest.mark.parametrize(
    "change",
    [
        {"use": "enc"},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"alg": "HS256"},
        {"alg": ["RS256"]},
        {"alg": {"a": 1}},
        {"n": "AQAB"},
        {"n": 7},
        {"d": "AQAB"},
        {"kid": 7},
        {"kid": None},
    ],
)
async def test_a_key_that_is_of_no_use_is_passed_over(
    provider: Provider, clock: Clock, change: dict[str, Any]
) -> None:
    provider.keys = [{**public("rsa", RSA), **change}, public("ec", EC)]
    keys = fetched(provider, clock)

    assert await keys.find("rsa") is None
    assert await keys.find("ec") is not None


async def test_a_key_is_for_the_algorithm_it_names(provider: Provider, clock: Clock) -> None:
    provider.keys = [{**public("rsa", RSA), "alg": "PS256"}]

    found = await fetched(provider, clock).find("rsa")

    assert found is not None
    assert found.algorithms == {"PS256"}


async def test_an_endless_answer_is_not_read(provider: Provider, clock: Clock) -> None:
    provider.body = b'{"keys": [' + b" " * 300_000 + b"]}"

    with pytest.raises(NotNow):
        await fetched(provider, clock).find("rsa")


def test_a_provider_elsewhere_is_asked_over_https_only() -> None:
    with pytest.raises(SetupError, match="https"):
        Fetched("http://id.example")
    with pytest.raises(SetupError, match="https"):
        Fetched("https://id.example", "http://id.example/keys")
