"""The files of exports over HTTP: fetched by GET, by who asked for them and may still see it all.

An address holds 256 bits that nobody can guess, and still counts only with the caller's own right,
which is looked at anew.
"""

import base64
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.jobs import Jobs
from graph.jobs.exported import Exported
from transport.audit import act_of
from transport.bearer import SignIn, signed_in
from transport.job_answers import BELOW, file_of, told

Find = Callable[[Request], Jobs]
MANIFEST = "application/json"


class Downloads:
    """Routes for the exports of a server."""

    def __init__(self, viewer: SignIn, jobs: Find) -> None:
        """Ask `viewer` who fetches, and `jobs` for those of the server."""
        self._viewer = viewer
        self._jobs = jobs

    def routes(self) -> list[Route]:
        """One for the file, one for what tells of it."""
        address = f"{BELOW}{{job}}/export/{{token}}"
        return [
            Route(address, self._file, methods=["GET"]),
            Route(f"{address}/manifest", self._manifest, methods=["GET"]),
        ]

    async def _file(self, request: Request) -> Response:
        act_of(request).fields["operation"] = "GET export"
        return await told(self._sent(request), request)

    async def _manifest(self, request: Request) -> Response:
        act_of(request).fields["operation"] = "GET manifest of an export"
        return await told(self._described(request), request)

    async def _sent(self, request: Request) -> Response:
        found = await self._found(request)
        digest = base64.b64encode(bytes.fromhex(found.sha256)).decode()
        headers = {
            "Repr-Digest": f"sha-256=:{digest}:",
            "Link": f'<{request.url.path}/manifest>; rel="describedby"',
        }
        answer = await file_of(found.path, found.media, found.name, headers)
        act_of(request).tells(found.told.accounts, found.told.count)
        return answer

    async def _described(self, request: Request) -> Response:
        found = await self._found(request)
        name = f"{found.name}.manifest.json"
        return await file_of(found.manifest, MANIFEST, name)

    async def _found(self, request: Request) -> Exported:
        """The file, if it is this caller's. Raises NotTaken, Unauthenticated or Forbidden."""
        viewer: Any = await signed_in(request, self._viewer)
        jobs = self._jobs(request)
        given = request.path_params
        job = await jobs.reached(viewer, given["job"], "export", given["token"])
        found = await jobs.exported(viewer, job)
        act_of(request).reveals(found.told.highest)
        return found
