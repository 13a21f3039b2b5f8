"""Answers about the files of jobs: why one is not taken, or not given out."""

from collections.abc import Awaitable

from cross_web import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from graph.errors import Forbidden, GraphError, Unauthenticated
from graph.jobs import NotTaken
from transport.answers import refusal
from transport.audit import act_of
from transport.bearer import challenge

BELOW = "/jobs/"
AWAY = "The graph does not answer now. {} the file again."
STATUSES = {
    "absent": 404,
    "there": 409,
    "over": 410,
    "large": 413,
    "type": 415,
    "content": 422,
    "full": 507,
}
CODES = {
    401: "UNAUTHENTICATED",
    403: "FORBIDDEN",
    413: "LIMIT_EXCEEDED",
    503: "UNAVAILABLE",
    507: "UNAVAILABLE",
}


async def told(answer: Awaitable[Response], request: Request) -> Response:
    """The answer, or why there is none; the rest of a body that was not read is not waited for."""
    try:
        return await answer
    except HTTPException as error:
        status, message = error.status_code, error.reason
    except NotTaken as error:
        status, message = STATUSES[error.why], str(error)
    except Unauthenticated as error:
        status, message = 401, str(error)
    except Forbidden as error:
        status, message = 403, str(error)
    except GraphError:
        status, message = 503, AWAY.format("Send" if request.method == "PUT" else "Ask for")
    except ClientDisconnect:
        status, message = 499, "The client hung up."
    headers = {"Connection": "close"}
    if status == 401:
        headers |= challenge(message)
    code = CODES.get(status, "BAD_REQUEST")
    act_of(request).refused(code)
    return refusal(status, message, code, headers=headers)
