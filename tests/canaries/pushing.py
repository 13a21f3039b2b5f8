"""Pushing: everything that can be sent, over HTTP and sockets, and every answer kept."""

import asyncio
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import Any

import httpx2
import pyarrow.parquet as pq

from graph.export.order import FORMATS
from tests.canaries.bodies import aliased, bodies, oddities, operations
from tests.canaries.files import File, files
from tests.canaries.marks import Marks
from tests.canaries.product import Product
from tests.canaries.requests import Body
from tests.canaries.sockets import several, subscribed

AT_ONCE = 4
TRIES = 10
BY_SOCKET = 5  # every fifth request goes over a socket
PLAIN = "Plainsight Tally, which is a name that holds no number at all and is long enough to see"
"""The name of a party, to see that what is sent does come to all the places that are looked at."""
FOLLOW = {
    "query": "subscription { changes { kind change"
    " { kind reason subject { key label } properties { property before after } } } }"
}
SAVE = "mutation ($i: PartyInput!) { saveParty(input: $i) { userErrors { message } party { id } } }"
HOOK = "mutation ($url: URL!) { saveWebhook(input: {url: $url}) { userErrors { code } } }"
TELL = "query ($id: ID!) { party(by: {id: $id}) { name ... on Organization { duns } } }"
UNRUN = {"COST_EXCEEDED", "LIMIT_EXCEEDED", "RATE_LIMITED", "UNAVAILABLE", "TIMED_OUT"}
"""Codes of what was not tried at all."""


class Pushing:
    """One client that sends everything; `codes` counts what it was told."""

    def __init__(self, product: Product, marks: Marks) -> None:
        """Nothing is sent yet."""
        self._product = product
        self._marks = marks
        self.requests = 0
        self.codes: Counter[str] = Counter()
        self.party = ""
        self.jobs: list[dict[str, Any]] = []
        self.exported: list[dict[str, Any]] = []

    async def all(self) -> None:
        """Send it."""
        product = self._product
        async with httpx2.AsyncClient(
            base_url=product.url, timeout=60, headers=product.headers
        ) as self._client:
            following = [asyncio.create_task(each) for each in (self._follow(), self._listen())]
            await asyncio.sleep(1.0)
            await self._plant()
            await self._bodies()
            await self._odd()
            await asyncio.gather(*map(self._job, files(self._marks)))
            await asyncio.gather(*map(self._export, FORMATS))
            await asyncio.sleep(1.0)
            product.keep("metrics", (await self._client.get("/metrics")).content)
            for task in following:
                task.cancel()
            await asyncio.gather(*following, return_exceptions=True)

    async def ask(self, query: str, **variables: object) -> Any:
        """The data of an answer."""
        return (await self._post({"query": query, "variables": variables})).json()["data"]

    async def _plant(self) -> None:
        """A number of nine digits that a register gave: it may be told and stored."""
        hooked = await self.ask(HOOK, url=self._product.hook)
        assert hooked == {"saveWebhook": {"userErrors": []}}
        duns = self._marks.planted("a DUNS number").replace("-", "")
        given = {"kind": "ORGANIZATION", "name": PLAIN, "duns": duns}
        self.party = (await self.ask(SAVE, i=given))["saveParty"]["party"]["id"]
        await self.ask(TELL, id=self.party)

    async def _bodies(self) -> None:
        """Every input of the schema, and every example; what changes nothing first."""
        found = list(bodies(self._marks))
        streams = [body for place, body in found if place.parent == "Subscription"]
        others = [body for place, body in found if place.parent != "Subscription"]
        others = [*operations(self._marks), *others]
        chunks = [others[BY_SOCKET - 1 :: BY_SOCKET][turn::4] for turn in range(4)]
        by_http = [body for turn, body in enumerate(others, 1) if turn % BY_SOCKET]
        waiting = iter(by_http)
        await asyncio.gather(
            *(self._from(waiting) for _ in range(AT_ONCE)),
            *(self._socket(chunk) for chunk in chunks),
            *(self._streams(streams[first : first + 15]) for first in range(0, len(streams), 15)),
        )
        self.requests += len(found)

    async def _from(self, waiting: Iterable[Body]) -> None:
        for body in waiting:
            await self._post(body)

    async def _post(self, body: Body) -> httpx2.Response:
        for _ in range(TRIES):  # on a busy machine what was never planned takes too long
            answer = await self._client.post("/graphql", json=body)
            self._product.keep("answers", repr(answer.headers.raw).encode(), answer.content)
            if b"TIMED_OUT" not in answer.content:
                break
        assert answer.status_code < 500, answer.text
        self._count(answer.json())
        return answer

    async def _socket(self, asked: list[Body]) -> None:
        for told in await several(self._product, asked):
            self._product.keep("socket", told)
            message = json.loads(told)
            payload = message.get("payload")
            self._count({"errors": payload} if message["type"] == "error" else payload)

    async def _streams(self, asked: list[Body]) -> None:
        async for told in subscribed(self._product, asked, seconds=3.0):
            self._product.keep("socket", told)

    async def _odd(self) -> None:
        for method, path, given in oddities(self._marks):
            answer = await self._client.request(method, path, **given)
            self._product.keep("odd answers", repr(answer.headers.raw).encode(), answer.content)
            assert answer.status_code < 500, answer.text
            self.requests += 1
        answer = await self._client.post("/graphql", json=aliased(self._marks))
        self._product.keep("own names", answer.content)

    async def _follow(self) -> None:
        """Changes as server-sent events."""
        events = {"accept": "text/event-stream"}
        async with self._client.stream(
            "POST", "/graphql", json=FOLLOW, headers=events, timeout=None
        ) as stream:
            async for part in stream.aiter_bytes():
                self._product.keep("events", part)

    async def _listen(self) -> None:
        """Changes over a socket."""
        async for told in subscribed(self._product, [FOLLOW], seconds=600.0):
            self._product.keep("events by socket", told)

    async def _job(self, file: File) -> None:
        """A file as a job; what it refuses is told by the job, and fetched."""
        given = {
            "content": file.content.upper().replace("-", "_"),
            "format": file.format,
            "source": {"name": "Register"},
        }
        job = (await self.ask(START, i=given))["startImport"]["job"]
        path = job["uploadUrl"].removeprefix(self._product.url)
        sent = await self._client.put(path, content=file.text.encode())
        self._product.keep("uploads", sent.content)
        while job["state"] not in ("SUCCEEDED", "FAILED"):
            await asyncio.sleep(0.2)
            job = (await self.ask(JOBS, id=job["id"]))["node"]
        refused = await self._client.get(job["downloadUrl"].removeprefix(self._product.url))
        self._product.keep("refused rows", refused.content)
        self.jobs.append({**job, "count": file.count, "content": file.content})

    async def _export(self, format_: str) -> None:
        """All accounts with what is around them, as a file; a zip is kept as what is in it."""
        given = {"format": format_, "accounts": {}, "depth": 4}
        job = (await self.ask(EXPORT, i=given))["startExport"]["job"]
        while job["state"] not in ("SUCCEEDED", "FAILED"):
            await asyncio.sleep(0.2)
            job = (await self.ask(EXPORTED, id=job["id"]))["node"]
        self.exported.append(job)
        path = job["downloadUrl"].removeprefix(self._product.url)
        for each in (path, f"{path}/manifest"):
            body = (await self._client.get(each)).content
            self._product.keep("exports", *unzipped(body))

    def _count(self, answer: Any) -> None:
        for error in answer.get("errors") or ():
            self.codes[error["extensions"]["code"]] += 1
        for written in (answer.get("data") or {}).values():
            if isinstance(written, dict):
                self.codes.update(f"told {one['code']}" for one in written.get("userErrors") or ()
                                  if "code" in one)  # fmt: skip


def unzipped(body: bytes) -> list[bytes]:
    """What is in a zip, tables of Parquet as text; or the file itself."""
    if not body.startswith(b"PK"):
        return [body]
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return [
        repr(pq.read_table(io.BytesIO(part)).to_pylist()).encode() if "parquet" in name else part
        for name, part in parts.items()
    ]


EXPORTING = "id state format done downloadUrl"
EXPORT = (
    f"mutation ($i: StartExportInput!) {{ startExport(input: $i) {{ job {{ {EXPORTING} }} }} }}"
)
EXPORTED = f"query ($id: ID!) {{ node(id: $id) {{ ... on Job {{ {EXPORTING} }} }} }}"
JOB = "id state refused errors { row column code message } uploadUrl downloadUrl"
START = f"mutation ($i: StartImportInput!) {{ startImport(input: $i) {{ job {{ {JOB} }} }} }}"
JOBS = f"query ($id: ID!) {{ node(id: $id) {{ ... on Job {{ {JOB} }} }} }}"
