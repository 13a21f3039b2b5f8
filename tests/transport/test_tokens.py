"""Who is asking: tokens by header and by the socket's first message."""

import httpx2
import pytest

from tests.transport.serving import running
from tests.transport.toy import Caller
from transport import Doors, development
from transport.tokens import on_this_machine

WHO = {"query": "{ caller }"}


async def test_a_token_names_the_caller(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json=WHO, headers={"authorization": "Bearer Ada"})

    assert answer.json() == {"data": {"caller": "Ada"}}


async def test_a_wrong_token_is_refused_even_where_none_is_needed(
    client: httpx2.AsyncClient,
) -> None:
    answer = await client.post("/graphql", json=WHO, headers={"authorization": "Bearer ?"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_a_token_in_the_address_or_a_cookie_does_not_count(
    client: httpx2.AsyncClient,
) -> None:
    answer = await client.get(
        "/graphql", params={**WHO, "access_token": "Ada"}, headers={"cookie": "authorization=Ada"}
    )

    assert answer.json() == {"data": {"caller": None}}


async def test_introspection_is_for_signed_in_callers(client: httpx2.AsyncClient) -> None:
    query = {"query": "{ __schema { queryType { name } } }"}

    nobody = await client.post("/graphql", json=query)
    somebody = await client.post("/graphql", json=query, headers={"authorization": "Bearer Ada"})

    assert nobody.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
    assert somebody.json() == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


async def test_in_development_this_machine_is_signed_in_and_takes_no_token() -> None:
    doors = Doors(development(Caller("developer")))

    async with running(doors) as one, httpx2.AsyncClient() as client:
        answer = await client.post(one.graphql, json=WHO)
        refused = await client.post(one.graphql, json=WHO, headers={"authorization": "Bearer x"})

    assert answer.json() == {"data": {"caller": "developer"}}
    assert refused.status_code == 401


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("name", False), (None, False)],
)
def test_the_loopback_is_this_machine(host: str | None, here: bool) -> None:
    assert on_this_machine(host) is here
