"""Writers over HTTP that give a command again, with its key, until told what came of it."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import httpx2

from tests import worlds
from tests.commands.conftest import INPUTS, gid, term

ACCOUNTS, MANAGERS, PARTIES, TOGETHER = 4, 3, 6, 3
AWAY = {"UNAVAILABLE", "TIMED_OUT", "UNCONFIRMED", "SHUTTING_DOWN", "OVERLOADED"}
Command = tuple[str, dict[str, Any]]


@dataclass
class Told:
    """What writers were told of, and what they never were."""

    written: dict[str, dict[str, Any]] = field(default_factory=dict)  # by key: the payload
    refused: dict[str, list[str]] = field(default_factory=dict)
    abandoned: set[str] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)  # which mutation each key was given for


@dataclass(frozen=True)
class Client:
    """Where writers send commands, as whom, and what all of them were told."""

    url: str
    authorization: str
    told: Told


class Writer:
    """One of eight; half of the time it gives up what it got no answer to."""

    def __init__(self, number: int, client: Client, seed: int) -> None:
        """Begin with nothing of its own."""
        self.number = number
        self.client = client
        self.told = client.told
        self.random = Random(seed * 100 + number)
        self.count = 0
        self.opened: list[tuple[str, list[str]]] = []  # accounts and their numbers, by id

    async def write(self, done: Callable[[], bool]) -> None:
        """Write until it is done; what was begun is ended."""
        headers = {"Authorization": self.client.authorization}
        async with httpx2.AsyncClient(timeout=60, headers=headers) as client:
            while not done():
                self.count += 1
                key = f"w{self.number}-{self.count}"
                name, given = self._command(key)
                self.told.names[key] = name
                body = _body(name, {**given, "idempotencyKey": key, "reason": key})
                gives_up = self.random.random() < 0.5
                await self._until_told(client, key, name, body, gives_up=gives_up)

    async def _until_told(
        self, client: httpx2.AsyncClient, key: str, name: str, body: Any, *, gives_up: bool
    ) -> None:
        while True:
            payload = await self._told(client, name, body)
            if payload is not None:
                break
            if gives_up:
                self.told.abandoned.add(key)
                return
            await asyncio.sleep(0.2)
        if payload["userErrors"]:
            self.told.refused[key] = [error["code"] for error in payload["userErrors"]]
            return
        self.told.written[key] = payload
        if name == "openAccount":
            made = payload["account"]
            numbers = [number["id"] for number in made["importerNumbers"]["nodes"]]
            self.opened.append((made["id"], numbers))

    async def _told(self, client: httpx2.AsyncClient, name: str, body: Any) -> Any:
        """What came of it; None if nobody says."""
        try:
            answer = await client.post(self.client.url, json=body)
        except httpx2.TransportError as error:
            self.told.faults[type(error).__name__] += 1
            return None
        said = answer.json()
        codes = [error["extensions"]["code"] for error in said.get("errors", ())]
        if not codes:
            return said["data"][name]
        assert set(codes) <= AWAY, said
        self.told.faults[codes[0]] += 1
        return None

    def _command(self, key: str) -> Command:
        """The next command, by chance; each writes more than one thing, but for the last."""
        pick = self.random.choice
        account = gid(f"Account:A-{self.random.randrange(ACCOUNTS)}")
        wanted: list[Callable[[], Command]] = [
            lambda: self._open(key),
            lambda: self._record(key),
            lambda: ("raiseRiskFlag", {"flag": _flag(account, key)}),
            lambda: ("assignManager", {"accountIds": [account], "managerId": self._manager()}),
            lambda: ("updateAccount", {"id": account, "name": key}),
        ]
        if self.opened:
            wanted.append(lambda: self._split(key))
        return pick(wanted)()

    def _manager(self) -> str:
        return gid(f"AccountManager:M-{self.random.randrange(MANAGERS)}")

    def _open(self, key: str) -> Command:
        numbers = [f"{20 + self.number}-{self.count:07d}{end}" for end in ("0A", "0B")]
        given = {"kind": "IMPORTER", "name": key, "importerNumbers": numbers, "center": "CEE004"}
        return "openAccount", {
            **given,
            "primaryManagerId": self._manager(),
            "openedOn": worlds.SINCE.isoformat(),
        }

    def _split(self, key: str) -> Command:
        account, numbers = self.opened.pop()
        return "splitAccount", {
            "accountId": account,
            "importerNumberIds": numbers[:1],
            "name": key,
        }

    def _record(self, key: str) -> Command:
        places = self.random.sample(range(PARTIES), TOGETHER + 1)
        first, *others = [gid(f"Party:O-{place}") for place in places]
        claims = [
            {
                "type": "OWNS",
                "fromId": first,
                "toId": other,
                "validFrom": "2022-01-01",
                "source": {"name": "Register", "reference": key},
            }
            for other in others
        ]
        return "recordRelationships", {"relationships": claims}


def _flag(account: str, key: str) -> dict[str, Any]:
    return {"subjectId": account, "kind": "IPR", "note": key, "evidence": [{"name": "Register"}]}


def _body(name: str, given: dict[str, Any]) -> dict[str, Any]:
    own = "account { id importerNumbers { nodes { id } } }" if name == "openAccount" else ""
    kind = INPUTS[name]
    query = f"""mutation ($input: {kind}Input!) {{ {name}(input: $input) {{
      {own} replayed changes {{ id }} userErrors {{ code message path }} }} }}"""
    return {"query": query, "variables": {"input": given}}


def world() -> list[worlds.Row]:
    """What writers share: accounts, managers, parties, and the words of flags."""
    rows: list[worlds.Row] = [
        term("RISK_FLAG_KIND", "IPR"),
        worlds.center("CEE004", "Apparel, Footwear and Textiles"),
    ]
    for place in range(MANAGERS):
        rows += [
            worlds.manager(f"M-{place}", f"Manager {place}"),
            worlds.claim(f"AccountManager:M-{place}", "MEMBER_OF", "Center:CEE004"),
        ]
    rows += [worlds.account(f"A-{place}", f"Importer {place}") for place in range(ACCOUNTS)]
    rows += [worlds.organization(f"O-{place}", f"Company {place}") for place in range(PARTIES)]
    return rows


def now() -> datetime:
    """The instant, as rows are recorded at."""
    return datetime.now(UTC)


def today() -> date:
    """The day, as rows are recorded on."""
    return now().date()
