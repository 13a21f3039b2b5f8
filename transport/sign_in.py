"""Signing in and out on a page of this server: by a code of this machine, or at a provider.

What changes anything is asked by a POST of JSON that only our own page can send. No answer holds
the secret of a session, but the cookie that a script cannot read.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.policy import Viewer
from transport.abroad import Abroad
from transport.answers import JSON
from transport.audit import OK, act_of
from transport.begun import Sealed
from transport.cookies import SESSION, Cookies, dropped, held, kept
from transport.issuers import Claims
from transport.page import assets
from transport.provider import Provider
from transport.refusals import outcome, refused
from transport.returning import local
from transport.sign_in_page import PATH, shown
from transport.tokens import Astray, BadToken, NotNow
from transport.tries import Tries

OUT = "/explore/sign-out"
BELOW = "/explore"
MOST = 4 * 1024  # bytes of a body
WRONG = (
    "This code signs nobody in. A code holds for five minutes and once: `account-graph code` prints"
    " another."
)
NO_CODE = "Nobody signs in by a code here."
SHAPE = 'Send {"code": "…"}.'
# Not "cookies": it would empty those of every name of the domain, other programs' too.
CLEARED = {"Clear-Site-Data": '"cache", "storage"'}

TakeCode = Callable[[str], Awaitable[Claims | None]]
"""Whom a code signs in, None for a wrong one."""
Handler = Callable[[Request], Awaitable[Response]]


class Door(Protocol):
    """Where sessions begin and end."""

    async def begin(self, claims: Claims) -> tuple[str, Viewer]:
        """The secret of a new one, and whose it is; raises BadToken or NotNow."""

    async def end(self, secret: str) -> None:
        """End one; raises NotNow."""


class SignIn:
    """The routes of the sign-in."""

    def __init__(
        self,
        door: Callable[[], Door],
        cookies: Cookies,
        tries: Tries,
        folder: Path,
        code: TakeCode | None = None,
        provider: Provider | None = None,
        sealed: Sealed | None = None,
    ) -> None:
        """Show the page in `folder`; the way in is a `code`, a `provider`, or there is none.

        What was begun at a provider is `sealed`. The `door` is there once the server runs.
        """
        self._door = door
        self._cookies = cookies
        self._tries = tries
        self._folder = folder
        self._code = code
        self._way = "code" if code else "provider" if provider else "none"
        self._abroad = (
            provider and sealed and Abroad(provider, sealed, tries.returning(), self._begun)
        )

    def routes(self) -> list[Route]:
        """The page, what it loads, and what it asks for."""
        return [
            Route(PATH, self._page, methods=["GET"]),
            Route(PATH, _answered("SIGN_IN", self._in), methods=["POST"]),
            Route(OUT, _answered("SIGN_OUT", self._out), methods=["POST"]),
            *(self._abroad.routes() if self._abroad else ()),
            assets(self._folder, BELOW),
        ]

    async def _page(self, request: Request) -> Response:
        asked = request.query_params
        to, trouble = local(asked.get("to")), asked.get("trouble")
        return shown(self._folder, self._way, to, trouble, done="done" in asked)

    async def _in(self, request: Request) -> Response:
        self._cookies.require(request)
        await self._tries(request.client.host if request.client else "")
        given = await _code(request)
        if self._code is None:
            raise HTTPException(403, NO_CODE)
        claims = await self._code(given)
        if claims is None:
            raise HTTPException(403, WRONG)
        return await self._begun(request, claims, _json({"signedIn": True}))

    async def _begun(self, request: Request, claims: Claims, answer: Response) -> Response:
        """The answer with the cookie of a new session, which replaces one that was there."""
        before = held(request, SESSION)
        secret, viewer = await self._door().begin(claims)
        act = act_of(request)
        act.by(viewer)
        act.fields["client"] = "session"
        act.ended(OK, "ALLOWED")
        if before:
            with suppress(NotNow):  # it ends by itself then
                await self._door().end(before)
        answer.headers.append("Set-Cookie", kept(SESSION, secret))
        return answer

    async def _out(self, request: Request) -> Response:
        self._cookies.require(request)
        answer = _json({"signedIn": False})
        answer.headers.update(CLEARED)
        answer.headers.append("Set-Cookie", dropped(SESSION))
        act, secret = act_of(request), held(request, SESSION)
        act.ended(OK, "ALLOWED")
        if secret is None:
            return answer
        try:
            act.by(await self._cookies.find(secret))
        except (BadToken, NotNow):
            act.fields["client"] = "session"
        try:
            await self._door().end(secret)
        except NotNow:  # the browser forgets it all the same
            answer.status_code = 503
            act.ended("UNAVAILABLE", "ALLOWED")
        return answer


async def _code(request: Request) -> str:
    """The code that was sent. Raises HTTPException."""
    body = await request.body()
    try:
        given = orjson.loads(body) if len(body) <= MOST else None
    except ValueError:
        given = None
    code = given.get("code") if isinstance(given, dict) else None
    if not isinstance(code, str):
        raise HTTPException(400, SHAPE)
    return code


def _json(told: dict[str, bool]) -> Response:
    return Response(orjson.dumps(told), media_type=JSON)


def _answered(what: str, handler: Handler) -> Handler:
    """The same, entered in the audit under this name, where refusals have an answer too."""

    async def answer(request: Request) -> Response:
        act = act_of(request)
        act.what = what
        try:
            return await handler(request)
        except Exception as error:  # the last place where it can be told in JSON
            told = _told(error)
            act.refused(outcome(told))
            return refused(told, request)

    return answer


def _told(error: Exception) -> Exception:
    match error:
        case Astray() | BadToken():
            return HTTPException(403, str(error))
        case NotNow():
            return HTTPException(503, str(error))
    return error
