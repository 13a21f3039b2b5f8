"""Answers about the files of jobs: one that is given out, or why not, or why one is not taken."""

import asyncio
from collections.abc import Awaitable, Mapping
from pathlib import Path

from cross_web import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response

from graph.errors import Forbidden, GraphError, Unauthenticated
from graph.jobs import NotTaken
from transport.answers import refusal
from transport.audit import act_of
from transport.bearer import challenge
from transport.refusals import outcome, refused

BELOW = "/jobs/"
GONE = "The file is no longer kept here."
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
    except Exception as error:  # the last place where it can be told in JSON
        found = _refusal(error, request.method)
        act_of(request).refused(CODES.get(found[0], "BAD_REQUEST") if found else outcome(error))
        said = _said(*found) if found else refused(error, request)
    said.headers["Connection"] = "close"
    return said


def _refusal(error: Exception, method: str) -> tuple[int, str] | None:
    """Status and words for what was not answered; None for a fault of ours."""
    match error:
        case HTTPException():
            return error.status_code, error.reason
        case NotTaken():
            return STATUSES[error.why], str(error)
        case Unauthenticated():
            return 401, str(error)
        case Forbidden():
            return 403, str(error)
        case GraphError():
            return 503, AWAY.format("Send" if method == "PUT" else "Ask for")
        case ClientDisconnect():
            return 499, "The client hung up."
    return None


def _said(status: int, message: str) -> Response:
    headers = challenge(message) if status == 401 else None
    return refusal(status, message, CODES.get(status, "BAD_REQUEST"), headers=headers)


async def file_of(
    path: Path, media: str, name: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A file as an answer. Raises NotTaken if it was deleted since it was found."""
    try:
        found = await asyncio.to_thread(path.stat)
    except FileNotFoundError:
        raise NotTaken("over", GONE) from None
    return FileResponse(path, headers=headers, media_type=media, filename=name, stat_result=found)
