"""GraphQL over HTTP: media types, statuses, shapes, and what never runs."""

import json
from typing import Any

import httpx2
import pytest

from tests.transport.serving import running
from transport.answers import JSON, RESPONSE
from transport.reading import encode

UTF_16 = f"{JSON}; charset=utf-16"
NAME = {"query": "{ __typename }"}


async def test_an_operation_is_answered_in_json(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json=NAME)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{JSON}; charset=utf-8"
    assert answer.json() == {"data": {"__typename": "Query"}}


async def test_a_query_is_answered_by_get(client: httpx2.AsyncClient) -> None:
    variables = json.dumps({"yes": False})
    query = "query A($yes: Boolean!) { __typename @include(if: $yes) caller }"

    answer = await client.get("/graphql", params={"query": query, "variables": variables})

    assert answer.json() == {"data": {"caller": None}}


@pytest.mark.parametrize(
    ("_case", "accept", "wanted"),
    [
        ("nothing asked", None, JSON),
        ("anything", "*/*", JSON),
        ("the newer one", RESPONSE, RESPONSE),
        ("the newer one first", f"{RESPONSE}, {JSON};q=0.9", RESPONSE),
        ("the older one by weight", f"{RESPONSE};q=0.1, {JSON};q=0.9", JSON),
        ("the newer one refused", f"{RESPONSE};q=0, {JSON}", JSON),
        ("nonsense", ";;,,q=", JSON),
        ("a weight that is none", f"{RESPONSE};q=high, {JSON}", JSON),
        ("another parameter", f"{RESPONSE};charset=utf-8;q=0.5", RESPONSE),
    ],
)
async def test_the_media_type_follows_accept(
    client: httpx2.AsyncClient, _case: str, accept: str | None, wanted: str
) -> None:
    headers = {"accept": accept} if accept else {}

    answer = await client.post("/graphql", json=NAME, headers=headers)

    assert answer.headers["content-type"].startswith(wanted)


async def test_a_request_error_has_a_telling_status_in_the_newer_type_only(
    client: httpx2.AsyncClient,
) -> None:
    newer = await client.post("/graphql", json={"query": "{"}, headers={"accept": RESPONSE})
    older = await client.post("/graphql", json={"query": "{"}, headers={"accept": JSON})

    assert (newer.status_code, older.status_code) == (400, 200)
    assert newer.json() == older.json()
    assert "data" not in newer.json()


@pytest.mark.parametrize(
    ("_case", "method", "sent", "status"),
    [
        ("another method", "PUT", {"json": NAME}, 405),
        ("a mutation by GET", "GET", {"params": {"query": "mutation { tell }"}}, 405),
        ("a faulty mutation by GET", "GET", {"params": {"query": "mutation { nothing }"}}, 405),
        ("no query", "POST", {"json": {}}, 400),
        ("a query of another shape", "POST", {"json": {"query": {}}}, 400),
        ("variables of another shape", "POST", {"json": {**NAME, "variables": []}}, 400),
        ("a name of another shape", "POST", {"json": {**NAME, "operationName": 5}}, 400),
        ("a batch", "POST", {"json": [NAME, NAME]}, 400),
        ("no object", "POST", {"json": "x"}, 400),
        ("a document by its id", "POST", {"json": {**NAME, "documentId": "a"}}, 400),
        ("a subscription without a stream", "POST", {"json": {"query": "subscription{told}"}}, 400),
        ("text", "POST", {"content": b"{}", "headers": {"content-type": "text/plain"}}, 415),
        ("UTF-16", "POST", {"content": b"{}", "headers": {"content-type": UTF_16}}, 415),
        ("a form", "POST", {"data": NAME}, 415),
        ("junk variables by GET", "GET", {"params": {**NAME, "variables": "{"}}, 400),
    ],
)  # fmt: skip
async def test_what_is_not_an_operation_is_refused_with_a_code(
    client: httpx2.AsyncClient, _case: str, method: str, sent: dict[str, Any], status: int
) -> None:
    answer = await client.request(method, "/graphql", **sent)

    assert answer.status_code == status
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["BAD_REQUEST"]
    assert "data" not in answer.json()


@pytest.mark.parametrize(
    ("_case", "body"),
    [
        ("not JSON", b"{"),
        ("NaN", b'{"query": "{ __typename }", "variables": {"a": NaN}}'),
        ("not UTF-8", b'{"query": "\xff\xfe"}'),
        ("nested without end", b"[" * 100_000 + b"]" * 100_000),
        ("half a character", b'{"query": "{ __typename } # \\ud800"}'),
    ],
)
async def test_a_body_that_is_no_json_is_refused(
    client: httpx2.AsyncClient, _case: str, body: bytes
) -> None:
    answer = await client.post("/graphql", content=body, headers={"content-type": JSON})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


async def test_a_refused_method_says_which_are_allowed(client: httpx2.AsyncClient) -> None:
    answer = await client.delete("/graphql")

    assert answer.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://a.example"}]
)
async def test_a_page_of_another_site_may_not_ask_by_get(
    client: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    plain = await client.get("/graphql", params=NAME, headers=headers)
    asked = await client.get("/graphql", params=NAME, headers={**headers, "x-account-graph": "1"})

    assert plain.status_code == 403
    assert plain.json()["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
    assert asked.status_code == 200


async def test_a_failure_inside_is_masked_and_has_a_path(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": "{ broken caller }"})

    assert answer.status_code == 200
    assert answer.json()["data"] == {"broken": None, "caller": None}
    [error] = answer.json()["errors"]
    assert error["message"] == "Internal server error"
    assert error["path"] == ["broken"]
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}


async def test_an_operation_past_its_time_limit_is_ended(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": "{ slow(seconds: 1.5) }"})

    assert answer.status_code == 504
    assert answer.json()["errors"][0]["extensions"] == {"code": "TIMED_OUT"}


async def test_a_fault_of_the_transport_is_told_in_json_too() -> None:
    def broken(_connection: object, _viewer: object) -> object:
        raise OSError("/some/path")

    async with running(context=broken) as one, httpx2.AsyncClient() as client:
        answer = await client.post(one.graphql, json=NAME)

    assert answer.status_code == 500
    assert answer.json() == {
        "errors": [
            {
                "message": "Internal server error",
                "extensions": {"code": "INTERNAL_SERVER_ERROR"},
            }
        ]
    }


def test_integers_of_any_size_leave() -> None:
    assert encode({"a": 10**30}) == b'{"a":1000000000000000000000000000000}'


async def test_integers_of_any_size_arrive(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json={**NAME, "variables": {"a": 10**30}})

    assert answer.status_code == 200
