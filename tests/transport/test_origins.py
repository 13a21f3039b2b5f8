"""Pages of other sites: what browsers are told of who may ask."""

from typing import Any

import httpx2
import pytest

from tests.transport.audit.reading import audited, entries
from tests.transport.serving import Running, authenticate, generous, running
from transport import Doors

SITE, OTHER = "https://app.example", "https://app.example.evil.example"
FIRST = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type",
}
PATHS = ["/graphql", "/jobs/J-1/file/token"]
ASKED = {"query": "{ caller }"}
ADA = {"authorization": "Bearer Ada"}


def served(*origins: str) -> Any:
    """A toy server, asked by pages of these sites."""
    return running(Doors(authenticate, allowance=generous, origins=origins), jobs=lambda _: None)


async def preflight(one: Running, path: str, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as client:
        return await client.options(one.url + path, headers=FIRST | headers)


@pytest.mark.parametrize("path", PATHS)
async def test_a_browser_that_asks_first_is_told_that_a_listed_site_may(path: str) -> None:
    put = {"access-control-request-method": "PUT"}
    async with served("https://b.example", SITE) as one:
        answers = [await preflight(one, path, origin=SITE, **more) for more in ({}, put)]
        refused = [
            await preflight(one, path, origin=SITE, **more)
            for more in (
                {"access-control-request-method": "DELETE"},
                {"access-control-request-headers": "cookie"},
            )
        ]

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == SITE
        assert answer.headers["access-control-allow-methods"] == "GET, POST, PUT"
        allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
        assert {"authorization", "content-type", "x-account-graph"} <= set(allowed)
        assert "origin" in answer.headers["vary"].lower()
        assert "access-control-allow-credentials" not in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert [answer.status_code for answer in refused] == [400, 400]


@pytest.mark.parametrize("origin", [OTHER, "null", "http://app.example", "https://app.example:444"])
@pytest.mark.parametrize("path", PATHS)
async def test_no_other_site_may(path: str, origin: str) -> None:
    async with served(SITE) as one, httpx2.AsyncClient(headers={"origin": origin}) as client:
        first = await preflight(one, path, origin=origin)
        answer = await client.post(one.graphql, json=ASKED)

    assert first.status_code == 400
    for told in (first, answer):
        assert "access-control-allow-origin" not in told.headers


async def test_answers_are_kept_apart_by_who_asks() -> None:
    every = "Accept, Authorization, Cookie, Origin"
    async with served(SITE) as one, httpx2.AsyncClient() as client:
        site = await client.post(one.graphql, json=ASKED, headers={"origin": SITE, **ADA})
        none = await client.post(one.graphql, json=ASKED)
        faulty = await client.post(one.graphql, json=[], headers={"origin": SITE})
        bad = {"origin": SITE, "authorization": "Bearer ?"}
        file = await client.put(one.url + PATHS[1], content=b"x", headers=bad)
        live = await client.get(one.url + "/health/live", headers={"origin": SITE})

    assert site.json() == {"data": {"caller": "Ada"}}
    assert [a.status_code for a in (site, faulty, file)] == [200, 400, 401]
    for answer in (site, faulty, file):
        assert answer.headers["access-control-allow-origin"] == SITE
        assert "X-Request-Id" in answer.headers["access-control-expose-headers"]
        assert answer.headers["vary"] == every
    assert none.headers["vary"] == every
    assert "access-control-allow-origin" not in none.headers
    assert "access-control-allow-origin" not in live.headers
    assert live.headers["vary"] == "Accept, Authorization, Cookie"


async def test_without_a_list_no_browser_is_told_anything(client: httpx2.AsyncClient) -> None:
    first = await client.options("/graphql", headers=FIRST | {"origin": SITE})
    answer = await client.post("/graphql", json=ASKED, headers={"origin": SITE})

    assert (first.status_code, answer.status_code) == (405, 200)
    for told in (first, answer):
        assert not [name for name in told.headers if name.startswith("access-control-")]


async def test_what_a_browser_asks_first_has_an_entry_in_the_audit(tmp_path: Any) -> None:
    doors = Doors(authenticate, origins=[SITE])
    async with audited(tmp_path, doors=doors) as one:
        await preflight(one, "/graphql", origin=SITE)

    [entry] = entries(tmp_path)
    assert (entry["code"], entry["status"]) == ("OK", 200)
