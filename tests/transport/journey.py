"""The way to an identity provider and back, as a browser goes it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2

from graph.session import Graph
from tests.transport.audit.reading import journal
from tests.transport.identity.authorizing import Authorizing, authorizing, theirs
from tests.transport.identity.sessions import KEY
from tests.transport.signing_in import Site, site
from transport import Audit, Memory, Tries
from transport.begun import Sealed
from transport.cookies import SESSION

BACK = "https://graph.example/explore/sign-in/back"


@dataclass
class Way:
    """A server, its provider, and a browser that keeps the cookie it is given."""

    place: Site
    provider: Authorizing
    now: list[float]
    cookie: str = ""

    async def start(self, to: str = "/explore/desk") -> str:
        """Where the server sends somebody."""
        url = f"{self.place.one.url}/explore/sign-in/start"
        answer = await self.place.client.get(url, params={"to": to})
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        assert answer.status_code == 303
        return str(answer.headers["location"])

    async def back(self, url: str, cookie: str | None = None) -> httpx2.Response:
        """What the server says to who comes back to this address."""
        asked = urlsplit(url)
        assert f"{asked.scheme}://{asked.netloc}{asked.path}" == BACK
        headers = {"cookie": self.cookie if cookie is None else cookie}
        url = f"{self.place.one.url}{asked.path}?{asked.query}"
        return await self.place.client.get(url, headers=headers)

    async def through(self, **changes: Any) -> httpx2.Response:
        """There and back, with these changes to what the provider sends along."""
        return await self.back(self.provider.authorize(await self.start(), **changes))


@asynccontextmanager
async def journey(graph: Graph, folder: Path) -> AsyncIterator[Way]:
    """A server with a provider, an audit in this folder, and a clock of what was begun."""
    now = [1000.0]
    async with authorizing() as provider:
        client, issuer, keys = theirs(provider, BACK)
        settings: dict[str, Any] = {
            "provider": client,
            "believed": (issuer, keys),
            "sealed": Sealed(KEY, lambda: now[0]),
            "tries": Tries(Memory(), most=1),
            "audit": Audit(journal(folder / "audit")),
        }
        async with site(graph, folder / "data", **settings) as place:
            yield Way(place, provider, now)


def session(answer: httpx2.Response) -> str | None:
    """The secret of the session that an answer begins."""
    given = [each.partition(";")[0] for each in answer.headers.get_list("set-cookie")]
    return next((each.partition("=")[2] for each in given if each.startswith(SESSION)), None)


def trouble(answer: httpx2.Response) -> str | None:
    """What the page is told; nobody may have been signed in."""
    asked = urlsplit(answer.headers["location"])
    assert (answer.status_code, asked.path, session(answer)) == (303, "/explore/sign-in", None)
    return parse_qs(asked.query).get("trouble", [None])[0]
