"""Who is asking over HTTP: by one header, as RFC 6750 has it."""

from collections.abc import Awaitable, Callable

from cross_web import HTTPException
from starlette.requests import Request

from transport.tokens import Astray, BadToken, NotNow, Viewer

SignIn = Callable[[Request, str | None], Awaitable[Viewer | None]]
"""`(request, authorization)` -> who is asking; raises BadToken or NotNow."""


async def signed_in(request: Request, sign_in: SignIn) -> Viewer | None:
    """The viewer, or None for nobody. Raises HTTPException 401, 403 and 503."""
    given = request.headers.getlist("authorization")
    if len(given) > 1:  # of two nobody knows which a proxy has looked at
        raise HTTPException(401, "Send one Authorization header.")
    try:
        return await sign_in(request, given[0] if given else None)
    except Astray as astray:
        raise HTTPException(403, str(astray)) from None
    except BadToken as bad:
        raise HTTPException(401, str(bad)) from None
    except NotNow as away:
        raise HTTPException(503, str(away)) from None


def challenge(message: str) -> dict[str, str]:
    """What RFC 6750 has a server say to a token that it does not take."""
    told = f'error="invalid_token", error_description="{message}"'
    return {"WWW-Authenticate": f'Bearer realm="account-graph", {told}'}
