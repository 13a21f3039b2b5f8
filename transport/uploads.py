"""The files of jobs over HTTP: sent by PUT, refused rows fetched by GET.

An address holds 256 bits that nobody can guess, and still counts only with the caller's own right.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph import ids
from graph.classes import Class
from graph.jobs import Jobs
from transport.audit import act_of
from transport.bearer import SignIn, signed_in
from transport.job_answers import BELOW, file_of, told

PART = "Send the file whole: a part cannot be taken. Leave Content-Range out."
PACKED = "Send the file as it is: leave Content-Encoding out."
CSV = "text/csv; charset=utf-8"
LENGTH = "Content-Length must be a number of bytes."

Find = Callable[[Request], Jobs]


class Uploads:
    """Routes for the files of the jobs of a server."""

    def __init__(self, viewer: SignIn, jobs: Find) -> None:
        """Ask `viewer` who sends, and `jobs` for those of the server."""
        self._viewer = viewer
        self._jobs = jobs

    def routes(self) -> list[Route]:
        """One to send to, one to fetch from."""
        return [
            Route(f"{BELOW}{{job}}/file/{{token}}", self._put, methods=["PUT"]),
            Route(f"{BELOW}{{job}}/refused/{{token}}", self._get, methods=["GET"]),
        ]

    async def _put(self, request: Request) -> Response:
        act_of(request).fields["operation"] = "PUT file of a job"
        return await told(self._sent(request), request)

    async def _get(self, request: Request) -> Response:
        act_of(request).fields["operation"] = "GET refused rows of a job"
        return await told(self._fetched(request), request)

    async def _sent(self, request: Request) -> Response:
        viewer, jobs = await self._who(request), self._jobs(request)
        given = request.path_params
        job = await jobs.reached(viewer, given["job"], "file", given["token"])
        media, size = _headers(request)
        upload = jobs.upload(viewer, job, media, size)
        try:
            async for chunk in request.stream():
                await upload.take(chunk)
            await upload.whole(datetime.now(UTC))
        finally:
            upload.drop()
        jobs.wake()
        body = orjson.dumps({"id": ids.encode(job.stored_key), "state": "QUEUED"})
        return Response(body, 202, media_type="application/json")

    async def _fetched(self, request: Request) -> Response:
        viewer, jobs = await self._who(request), self._jobs(request)
        given = request.path_params
        job = await jobs.reached(viewer, given["job"], "refused", given["token"])
        act_of(request).reveals(Class.ACCOUNT)  # rows of a file may be about anything
        name = f"refused-{given['job']}.csv"
        return await file_of(jobs.refused(job), CSV, name)

    async def _who(self, request: Request) -> Any:
        return await signed_in(request, self._viewer)


def _headers(request: Request) -> tuple[str, int | None]:
    """The type and the length that are declared."""
    headers = request.headers
    if "content-range" in headers:
        raise HTTPException(400, PART)
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise HTTPException(415, PACKED)
    length = headers.get("content-length")
    if length is not None and not length.isdigit():
        raise HTTPException(400, LENGTH)
    return headers.get("content-type", ""), None if length is None else int(length)
