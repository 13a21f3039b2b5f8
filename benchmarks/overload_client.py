"""A client that asks at its times, whether others were answered or not."""

import asyncio
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

OPERATIONS = Path("docs/operations")
ASKED = ("account-profile", "accounts-of-center")
CONNECTIONS = 512
SEED = 7
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Phase:
    """What came of one load: milliseconds of answers and of refusals."""

    name: str
    rate: float  # requests a second that were due
    seconds: float
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    memory: float = 0.0  # MiB at most


class Client:
    """Connections that send requests at their times."""

    def __init__(self, address: str, tokens: list[str]) -> None:
        """Send there, for these callers in turn."""
        found = urlsplit(address)
        self._host, self._port = found.hostname or "", found.port or 0
        bodies = [
            json.dumps(
                {
                    "query": (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8"),
                    "variables": json.loads((OPERATIONS / f"{name}.json").read_text("utf-8")),
                }
            ).encode()
            for name in ASKED
        ]
        self._requests = [
            f"POST /graphql HTTP/1.1\r\nhost: {found.netloc}\r\nauthorization: Bearer {token}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode()
            + body
            for token in tokens
            for body in bodies
        ]

    async def at(self, phase: Phase) -> None:
        """Send at the phase's rate for its seconds, over the connection that was free last.

        One is opened where none is free, as clients do: one that is opened early and waits for
        its first request longer than a request may take is ended by the server.
        """
        free: list[Line] = []
        places = asyncio.Semaphore(CONNECTIONS)
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as sent:
            for number, seconds in enumerate(_times(phase)):
                due = begun + seconds
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                sent.create_task(self._one(phase, number, due, free, places))
        for _, writer in free:
            writer.close()

    async def flat_out(self, connections: int, seconds: float) -> float:
        """How many requests a second are answered to so many who never rest."""
        phase = Phase("", 0.0, seconds)
        begun = time.perf_counter()
        each = (self._restless(phase, begun + seconds, first) for first in range(connections))
        await asyncio.gather(*each)
        return len(phase.answered) / (time.perf_counter() - begun)

    async def _restless(self, phase: Phase, stop: float, number: int) -> None:
        line = await self._open()
        while (now := time.perf_counter()) < stop:
            await self._ask(line, phase, number, now)
            number += 17  # another caller, another operation
        line[1].close()

    async def _one(
        self, phase: Phase, number: int, due: float, free: list[Line], places: asyncio.Semaphore
    ) -> None:
        async with places:
            line = next(_alive(free), None) or await self._open()
            await self._ask(line, phase, number, due)
            free.append(line)

    async def _open(self) -> Line:
        return await asyncio.open_connection(self._host, self._port)

    async def _ask(self, line: Line, phase: Phase, number: int, since: float) -> None:
        line[1].write(self._requests[number % len(self._requests)])
        try:
            status, code = await _answer(line[0])
        except (asyncio.IncompleteReadError, ConnectionError):
            phase.others["hung up"] += 1
            return
        took = (time.perf_counter() - since) * 1000
        if status == 200 and code == "OK":
            phase.answered.append(took)
        elif code in ("UNAVAILABLE", "RATE_LIMITED"):
            phase.refused.append(took)
        else:
            phase.others[f"{status} {code}"] += 1


def _times(phase: Phase) -> Iterator[float]:
    """When requests are due: at random, as those of many who know nothing of each other."""
    chance, at = random.Random(SEED), 0.0
    while (at := at + chance.expovariate(phase.rate)) < phase.seconds:
        yield at


def _alive(free: list[Line]) -> Iterator[Line]:
    """Connections that were free last, those left out that the server closed meanwhile."""
    while free:
        line = free.pop()
        if not line[0].at_eof():
            yield line
        else:
            line[1].close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    head = await reader.readuntil(b"\r\n\r\n")
    size = re.search(rb"content-length: ([0-9]+)", head.lower())
    body = await reader.readexactly(int(size[1]) if size else 0)
    code = re.search(rb'"extensions":{"code":"([A-Z_]+)"', body)  # of an error, not of a Center
    return int(head[9:12]), code[1].decode() if code else "OK"
