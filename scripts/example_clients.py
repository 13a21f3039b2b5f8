"""Judge the example clients in docs/clients: their connection is cut while changes are written.

Each must have written every change once, in the order of the log. Used by scripts/conformance.py.
"""

import asyncio
import json
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).parents[1]
CLIENTS = ROOT / "docs" / "clients"
CHANGES = 80
CUTS = 3
PATIENCE = 90.0  # seconds for all changes to arrive
SAVE = """
  mutation ($name: String!) { saveParty(input: {kind: ORGANIZATION, name: $name}) {
    changes { id } cursor userErrors { message } } }
"""
PLACE = "{ changes(last: 1) { edges { cursor } } }"
PAGE = """
  query ($after: String) { changes(first: 100, after: $after) {
    edges { node { id } } pageInfo { hasNextPage endCursor } } }
"""


def main(address: str, authorization: str) -> int:
    """The number of clients that failed; says how each fared."""
    os.environ["TOKEN"] = authorization.removeprefix("Bearer ")  # where the clients look for it
    home = runpy.run_path(str(ROOT / "tests" / "conformance" / "run"))["cache"]()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="clients-") as folder:
        for name, command in commands(home, Path(folder)):
            told = asyncio.run(judged(address, command, Path(folder) / f"{name}.cursor"))
            failed += told != ""
            say(f"{'FAIL' if told else 'ok  '} example client: {name} {told}")
    return failed


def commands(home: Path, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """How each client is run, built if it has to be."""
    yield "python", [str(home / "py/bin/python"), str(CLIENTS / "python/follow.py")]
    work = folder / "typescript"
    shutil.copytree(CLIENTS / "typescript", work)
    (work / "node_modules").symlink_to(home / "node_modules")
    given = {**os.environ, "SCHEMA": str(ROOT / "docs" / "schema.graphql")}
    for tool in (["graphql-codegen"], ["tsc"]):
        subprocess.run([home / "node_modules/.bin" / tool[0]], cwd=work, env=given, check=True)
    yield "typescript", ["node", str(work / "dist/follow.js")]


async def judged(address: str, command: list[str], kept: Path) -> str:
    """What is wrong with a client; nothing if it wrote all changes once and in order."""
    cuts = Cuts(int(address.rpartition(":")[2]))
    proxy = await asyncio.start_server(cuts.pass_on, "127.0.0.1", 0)
    port = proxy.sockets[0].getsockname()[1]
    start = (await ask(address, PLACE))["changes"]["edges"][0]["cursor"]
    await asyncio.to_thread(kept.write_text, start, encoding="utf-8")
    client = await asyncio.create_subprocess_exec(
        *command, f"ws://127.0.0.1:{port}/graphql", str(kept), stdout=asyncio.subprocess.PIPE
    )
    seen: list[str] = []
    reading = asyncio.create_task(read(client, seen))
    try:
        for number in range(CHANGES):
            written = await ask(address, SAVE, name=f"Follower {uuid4().hex}")
            assert not written["saveParty"]["userErrors"], written
            if number % (CHANGES // (CUTS + 1)) == CHANGES // (CUTS + 1) - 1:
                await cuts.connected()  # it may be away still, and then nothing would be cut
                cuts.cut()
        expected = await since(address, start)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while len(seen) < len(expected):  # noqa: ASYNC110 - a process tells it no other way
                    await asyncio.sleep(0.1)
        await asyncio.sleep(1)  # what comes twice comes now
    finally:
        client.kill()
        await client.wait()
        reading.cancel()
        cuts.cut()
        proxy.close()
    told = f"lost {len(set(expected) - set(seen))}, twice {len(seen) - len(set(seen))}"
    say(f"     {len(seen)} of {len(expected)} changes over {cuts.made} connections: {told}")
    return "" if seen == expected and cuts.made > CUTS else told


def say(text: str) -> None:
    """Tell the person."""
    sys.stderr.write(text + "\n")


async def read(client: asyncio.subprocess.Process, seen: list[str]) -> None:
    """Note the changes that a client writes."""
    assert client.stdout
    async for line in client.stdout:
        seen.append(json.loads(line)["id"])


async def since(address: str, after: str | None) -> list[str]:
    """The changes after a place, pulled."""
    found: list[str] = []
    while True:
        page = (await ask(address, PAGE, after=after))["changes"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


async def ask(address: str, document: str, **variables: object) -> Any:
    """The data of an operation."""
    body = json.dumps({"query": document, "variables": variables}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    headers["Authorization"] = f"Bearer {os.environ['TOKEN']}"
    request = urllib.request.Request(address + "/graphql", body, headers)

    def sent() -> Any:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    answered = await asyncio.to_thread(sent)
    assert not answered.get("errors"), answered
    return answered["data"]


class Cuts:
    """A way to the server that can be cut."""

    def __init__(self, port: int) -> None:
        """Lead to a port of this machine."""
        self.made = 0
        self._port = port
        self._open: set[asyncio.StreamWriter] = set()

    async def connected(self) -> None:
        """Wait until somebody is."""
        async with asyncio.timeout(PATIENCE):
            while not self._open:  # noqa: ASYNC110 - looked at three times in all
                await asyncio.sleep(0.05)

    def cut(self) -> None:
        """Cut what is open, without a word."""
        for writer in self._open:
            writer.transport.abort()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.made += 1
        back, forth = await asyncio.open_connection("127.0.0.1", self._port)
        self._open |= {writer, forth}
        try:
            await asyncio.gather(_copied(reader, forth), _copied(back, writer))
        finally:
            self._open -= {writer, forth}


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
    writer.close()
