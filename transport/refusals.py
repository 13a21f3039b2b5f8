"""Status, code and words for what was not answered."""

import structlog
from cross_web import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from strawberry.schema.exceptions import InvalidOperationTypeError

from schema.extensions.errors import RATE_LIMITED, frames
from transport.admission import TurnedAway
from transport.answers import JSON, RESPONSE, preferred, refusal
from transport.bearer import challenge
from transport.budget import Spent
from transport.leaving import Gone
from transport.trusted import Unknown

FAULT = 500
CODES = {
    401: "UNAUTHENTICATED",
    403: "FORBIDDEN",
    413: "LIMIT_EXCEEDED",
    429: RATE_LIMITED,
    FAULT: "INTERNAL_SERVER_ERROR",
    503: "UNAVAILABLE",
    504: "TIMED_OUT",
}
HEADERS = {
    405: {"Allow": "GET, POST"},
    503: {"Retry-After": "1"},
}

log = structlog.get_logger("transport.endpoint")


def refused(error: Exception, request: Request) -> Response:
    """The answer to a request that was not answered for this reason; logs a fault of ours."""
    status, message = _told(error, request.method)
    headers = challenge(message) if status == 401 else HEADERS.get(status)
    if isinstance(error, TurnedAway):
        headers = {"Retry-After": str(error.seconds)}
    if status == FAULT:
        log.error("fault", fault=type(error).__name__, where=frames(error))
    return refusal(
        status,
        message,
        _code(error, status),
        headers=headers,
        media_type=preferred(request.headers.get("accept"), (RESPONSE, JSON)) or JSON,
        extensions={"cost": error.cost} if isinstance(error, Spent) else None,
    )


def outcome(error: Exception) -> str:
    """The code of what was not answered."""
    return _code(error, _told(error, "")[0])


def _code(error: Exception, status: int) -> str:
    own = error.code if isinstance(error, TurnedAway | Unknown) else None
    return own or CODES.get(status, "BAD_REQUEST")


def _told(error: Exception, method: str) -> tuple[int, str]:
    """Status and message for what was not answered."""
    match error:
        case HTTPException():
            return error.status_code, error.reason
        case InvalidOperationTypeError() if method == "GET":
            return 405, "Only queries are answered by GET."
        case InvalidOperationTypeError():
            return 400, "A subscription needs a stream: text/event-stream, or a socket."
        case TurnedAway():
            return 429 if error.code == RATE_LIMITED else 503, str(error)
        case TimeoutError():
            return 504, "The operation ran past its time limit."
        case Gone() | ClientDisconnect():  # while it is answered, or still being read
            return 499, "The client hung up."
    return FAULT, "Internal server error"
