"""Who is asking: tokens by header and by the socket's first message."""

import httpx2
import pytest

from graph.address import on_this_machine
from tests.transport.serving import running
from tests.transport.toy import Caller
from transport import Doors
from transport.tokens import NotNow

WHO = {"query": "{ caller }"}


async def test_a_token_names_the_caller(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json=WHO, headers={"authorization": "Bearer Ada"})

    assert answer.json() == {"data": {"caller": "Ada"}}


async def test_a_wrong_token_is_refused_even_where_none_is_needed(
    client: httpx2.AsyncClient,
) -> None:
    answer = await client.post("/graphql", json=WHO, headers={"authorization": "Bearer ?"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == (
        'Bearer realm="account-graph", error="invalid_token",'
        ' error_description="The token is not valid."'
    )
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


async def test_two_authorizations_are_one_too_many(client: httpx2.AsyncClient) -> None:
    twice = [("authorization", "Bearer Ada"), ("authorization", "Bearer Bob")]

    answer = await client.post("/graphql", json=WHO, headers=twice)

    assert answer.status_code == 401


async def test_while_tokens_cannot_be_judged_the_client_may_come_again() -> None:
    async def authenticate(_given: str | None, _host: str | None) -> Caller | None:
        raise NotNow("The keys are not known.")

    async with running(Doors(authenticate)) as one, httpx2.AsyncClient() as client:
        answer = await client.post(one.graphql, json=WHO)

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost", True),
        ("name", False),
        (None, False),
    ],
)
def test_the_loopback_is_this_machine(host: str | None, here: bool) -> None:
    assert on_this_machine(host) is here
