"""To the identity provider and back: two addresses that a browser is sent to, and one cookie."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from transport.admission import TurnedAway
from transport.audit import act_of
from transport.begun import COOKIE, LIFE, Begun, Sealed
from transport.cookies import dropped, held, kept
from transport.entrance import Apart
from transport.issuers import Claims
from transport.provider import NotLetIn, Provider
from transport.returning import local
from transport.sign_in_page import PATH
from transport.tokens import BadToken, NotNow
from transport.tries import TooOften, Tries

START = f"{PATH}/start"
BACK = f"{PATH}/back"
QUIET = {"Referrer-Policy": "no-referrer"}  # the address has the code
LAX = "Lax"

Begin = Callable[[Request, Claims, Response], Awaitable[Response]]
"""Puts the cookie of a new session on an answer; raises BadToken or NotNow."""
TROUBLES: tuple[tuple[type[Exception], str, str], ...] = (
    (NotLetIn, "refused", "FORBIDDEN"),
    (Apart, "apart", "FORBIDDEN"),
    (BadToken, "unknown", "FORBIDDEN"),
    (TooOften, "often", "RATE_LIMITED"),
    (TurnedAway, "busy", "UNAVAILABLE"),
    (NotNow, "away", "UNAVAILABLE"),
)
"""What the page is told of what went wrong, and the audit; the first that fits."""


class Abroad:
    """The way of one provider."""

    def __init__(self, provider: Provider, sealed: Sealed, tries: Tries, begin: Begin) -> None:
        """Send people there; `begin` is what they come back for."""
        self._provider = provider
        self._sealed = sealed
        self._tries = tries
        self._begin = begin

    def routes(self) -> list[Route]:
        """There and back."""
        return [
            Route(START, self._start, methods=["GET"]),
            Route(BACK, self._back, methods=["GET"]),
        ]

    async def _start(self, request: Request) -> Response:
        to = local(request.query_params.get("to"))
        begun, cookie = self._sealed.begin(to)
        try:
            url = await self._provider.address(begun)
        except NotNow as away:
            return _trouble(request, to, away)
        answer = RedirectResponse(url, 303, QUIET)
        more = f"; Max-Age={LIFE}"
        answer.headers.append("Set-Cookie", kept(COOKIE, cookie, LAX, more))
        return answer

    async def _back(self, request: Request) -> Response:
        act_of(request).what = "SIGN_IN"
        given = request.query_params
        begun = self._begun(request)
        if begun is None:
            act_of(request).refused("FORBIDDEN")
            return _page(trouble="over")
        once = {name: given[name] for name in given if len(given.getlist(name)) == 1}
        try:
            await self._tries(request.client.host if request.client else "")
            claims = await self._provider.claims(begun, once)
            answer = await self._begin(request, claims, _page(to=begun.to, done="1"))
        except (NotLetIn, BadToken, NotNow, TurnedAway) as error:
            answer = _trouble(request, begun.to, error)
        answer.headers.append("Set-Cookie", dropped(COOKIE, LAX))
        return answer

    def _begun(self, request: Request) -> Begun | None:
        states = request.query_params.getlist("state")
        try:
            cookie = held(request, COOKIE)
        except BadToken:
            return None
        return self._sealed.end(cookie, states[0]) if len(states) == 1 else None


def _trouble(request: Request, to: str, error: Exception) -> Response:
    """The page, with what went wrong; of the provider's words nothing."""
    word, code = next((word, code) for kind, word, code in TROUBLES if isinstance(error, kind))
    act_of(request).refused(code)
    return _page(to=to, trouble=word)


def _page(**said: str) -> Response:
    return RedirectResponse(f"{PATH}?{urlencode(said, safe='/')}", 303, QUIET)
