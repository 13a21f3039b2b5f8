"""Who is asking by a cookie: only a page of this server, and only by what no other page can send.

A browser adds a cookie to whatever it is made to send. So one counts for a POST of JSON with a
header of ours, which pages of other sites may not send, and for a socket; and for both only where
the browser says that the page is of this very origin. To `SameSite=Strict` alone another port of
this machine would be the same.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from transport.tokens import Astray, BadToken, Viewer

SESSION = "__Host-session"
KEPT = "; Path=/; Secure; HttpOnly; SameSite="
PORTS = {"http": 80, "https": 443}
MARK = "x-account-graph"
ENDED = "You are not signed in any more: sign in again."
TWICE = "The cookie of the session was sent twice."
ASTRAY = (
    "A cookie counts only from a page of this server, for a POST of application/json with the"
    " header X-Account-Graph: 1. Send a token from anywhere else."
)

Find = Callable[[str], Awaitable[Viewer | None]]
"""The viewer whose session has this secret, None for no session; raises BadToken or NotNow."""


@dataclass(frozen=True)
class Cookies:
    """Sessions by their cookies; `origin` is where browsers reach this server.

    Without one that is taken from the request, whose host was looked at before.
    """

    find: Find
    origin: str | None = None

    async def viewer(self, connection: HTTPConnection) -> Viewer | None:
        """Who is asking, None where no cookie says. Raises BadToken, Astray or NotNow."""
        secret = held(connection, SESSION)
        if secret is None:
            return None
        self.require(connection)
        viewer = await self.find(secret)
        if viewer is None:
            raise BadToken(ENDED)
        return viewer

    def require(self, connection: HTTPConnection) -> None:
        """Raises Astray for what a page of another origin could have sent."""
        here = self.origin or _here(connection)
        if connection.scope["type"] == "websocket":
            fine = connection.headers.getlist("origin") == [here]
        else:
            fine = _asked_by_us(connection) and _same_origin(connection.headers, here)
        if not fine:
            raise Astray(ASTRAY)


def held(connection: HTTPConnection, name: str) -> str | None:
    """The value of a cookie. Raises BadToken if there are several: somebody may have put one in."""
    pairs = ";".join(connection.headers.getlist("cookie")).split(";")
    found = [
        value for key, _, value in (pair.strip().partition("=") for pair in pairs) if key == name
    ]
    if len(found) > 1:
        raise BadToken(TWICE)
    return found[0] if found else None


def kept(name: str, value: str, same_site: str = "Strict", more: str = "") -> str:
    """The header that has a browser keep a cookie until it is closed."""
    return f"{name}={value}{KEPT}{same_site}{more}"


def dropped(name: str, same_site: str = "Strict") -> str:
    """The header that has it drop one."""
    return kept(name, "", same_site, "; Max-Age=0")


def origin_of(url: str) -> str:
    """The origin of an address, as browsers write it; empty if it has none."""
    parts = urlsplit(url)
    if not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _here(connection: HTTPConnection) -> str:
    scheme = connection.url.scheme.replace("ws", "http")
    return f"{scheme}://{connection.headers.get('host', '')}".lower()


def _asked_by_us(connection: HTTPConnection) -> bool:
    kind = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    marked = connection.headers.getlist(MARK) == ["1"]
    return connection.scope["method"] == "POST" and kind == "application/json" and marked


def _same_origin(headers: Mapping[str, str], here: str) -> bool:
    """Whether the browser says so, in one way at least, and in no way otherwise."""
    said = headers.get("sec-fetch-site"), headers.get("origin")
    return said != (None, None) and said[0] in (None, "same-origin") and said[1] in (None, here)
