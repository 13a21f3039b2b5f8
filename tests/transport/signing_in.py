"""A toy server that people sign in to: with sessions of a real graph, and a code to sign in by."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from graph.policy import Viewer
from graph.roles import Role
from graph.session import Graph
from tests.transport.identity.sessions import KEY, House
from tests.transport.serving import Running, generous, running
from transport import Cookies, Doors, Memory, SignIn, Tries
from transport.begun import Sealed
from transport.codes import Codes
from transport.cookies import SESSION
from transport.development import Development

PAGE = Path("web/dist/sign-in")
JSON = {"content-type": "application/json", "x-account-graph": "1"}
OURS = {**JSON, "sec-fetch-site": "same-origin"}
"""What our own page sends."""
WHO = {"query": "{ caller }"}


@dataclass(frozen=True)
class Site:
    """A running server, its people, and the codes of its machine."""

    one: Running
    house: House
    codes: Codes
    client: httpx2.AsyncClient

    async def ask(self, cookie: str | None = None, **headers: str) -> httpx2.Response:
        """Ask who is asking, as our own page does; headers are added, empty ones left out."""
        return await self.post("/graphql", WHO, cookie, **headers)

    async def sign_in(self, code: str, cookie: str | None = None) -> httpx2.Response:
        """Send a code, as the page does."""
        return await self.post("/explore/sign-in", {"code": code}, cookie)

    async def sign_out(self, cookie: str | None = None, **headers: str) -> httpx2.Response:
        """As the page does."""
        return await self.post("/explore/sign-out", {}, cookie, **headers)

    async def post(
        self, path: str, body: object, cookie: str | None, **headers: str
    ) -> httpx2.Response:
        """A POST of our own page, but for these headers."""
        given = {**OURS, **{name.replace("_", "-"): value for name, value in headers.items()}}
        sent = {name: value for name, value in given.items() if value}
        if cookie is not None:
            sent["cookie"] = f"{SESSION}={cookie}"
        return await self.client.post(self.one.url + path, json=body, headers=sent)

    def code(self, person: str | None = "M-31", role: Role = Role.DEVELOPMENT) -> str:
        """A new code."""
        return self.codes.make({role}, person)


@asynccontextmanager
async def site(graph: Graph, folder: Path, **settings: Any) -> AsyncIterator[Site]:
    """A server whose people sign in by the codes of this folder."""
    local = Development.at(folder, "account-graph")
    codes, provider = Codes(folder, local), settings.pop("provider", None)
    issuer, keys = settings.pop("believed", (local.issuer, local.keys))
    house = House(graph, issuer=issuer, keys=keys)
    cookies = Cookies(house.find, settings.pop("origin", None))
    tries = settings.pop("tries", None) or Tries(Memory())
    sealed = settings.pop("sealed", None) or Sealed(KEY)
    ways = (None, provider, sealed) if provider else (codes.take,)
    sign_in = SignIn(lambda: house.door, cookies, tries, PAGE, *ways)

    async def authenticate(given: str | None, _host: str | None) -> Viewer | None:
        return await house.identity.authenticate(given, None)

    doors = Doors(
        authenticate,
        house.identity.holds,
        allowance=generous,
        cookies=cookies,
        origins=settings.pop("origins", ()),
    )
    async with (
        running(doors, sign_in=sign_in, **settings) as one,
        httpx2.AsyncClient() as client,
    ):
        yield Site(one, house, codes, client)


def secret_of(answer: httpx2.Response) -> str:
    """The secret in the cookie that an answer sets."""
    [given] = answer.headers.get_list("set-cookie")
    return str(given.partition(";")[0].partition("=")[2])
