"""Many connections that write about the same few things: no rule breaks, nothing told is lost.

A test run has one race of 16 connections and 160 attempts. `make race` has eight of 32 and 6,400,
prints what came of them, and holds how many were told to come again (a conflict that the database
could not settle, UNAVAILABLE or TIMED_OUT) to one in a hundred.
"""

import asyncio
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from graph.commands.header import memory_of
from graph.identifiers import IdentifierKey
from graph.load.rows import NodeRow
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.commands.conftest import INPUTS, gid

ATTEMPTS = int(os.environ.get("RACING_ATTEMPTS", "160"))  # of a race
CONNECTIONS = int(os.environ.get("RACING_CONNECTIONS", "16"))
ROUNDS = int(os.environ.get("RACING_ROUNDS", "1"))
HELD = "RACING_ATTEMPTS" in os.environ
FIRST = 64 if HELD else 0  # one after the other: a server plans its writes before it is asked
AGAIN = {"TIMED_OUT", "UNAVAILABLE"}
SHARE = 0.01  # of attempts that may be told to come again
DAYS = 2_000  # over which the writes of a race lie, all of them past
ACCOUNTS, NUMBERS, MANAGERS = 6, 18, 4


def today(claim: str) -> str:
    """That a claim stands and holds today."""
    return (
        f"{claim}.recordedTo.year = 9999 AND {claim}.validFrom <= date()"
        f" AND date() < {claim}.validTo"
    )


BROKEN = {
    "an active participant has one active primary manager": f"""
      MATCH (a:Account)-[:PARTICIPATES_IN]->(:IsaParticipation {{status: 'ACTIVE'}})
      WHERE 1 <> COUNT {{
        (a)-[c:MANAGED_BY {{role: 'PRIMARY'}}]->(m) WHERE {today("c")} AND m.active }}
      RETURN a.key AS key""",
    "an active participation covers numbers of its account": f"""
      MATCH (a:Account)-[:PARTICIPATES_IN]->(p:IsaParticipation {{status: 'ACTIVE'}})
      MATCH (p)-[c:COVERS]->(n)
      WHERE {today("c")} AND NOT EXISTS {{ (n)-[d:IDENTIFIES]->(a) WHERE {today("d")} }}
      RETURN p.key AS key""",
    "a number identifies one account at a time": """
      MATCH (n:ImporterNumber)-[c:IDENTIFIES]->(one) WHERE c.recordedTo.year = 9999
      MATCH (n)-[d:IDENTIFIES]->(two) WHERE d.recordedTo.year = 9999 AND one.key < two.key
        AND c.validFrom < d.validTo AND d.validFrom < c.validTo
      RETURN n.key AS key""",
    "an active account has a number": f"""
      MATCH (a:Account {{status: 'ACTIVE'}})
      WHERE NOT EXISTS {{ (:ImporterNumber)-[c:IDENTIFIES]->(a) WHERE {today("c")} }}
      RETURN a.key AS key""",
    "assignments of one role do not overlap": """
      MATCH (a:Account)-[c:MANAGED_BY]->() WHERE c.recordedTo.year = 9999
      MATCH (a)-[d:MANAGED_BY {role: c.role}]->()
      WHERE d.recordedTo.year = 9999 AND elementId(c) < elementId(d)
        AND c.validFrom < d.validTo AND d.validFrom < c.validTo
      RETURN a.key AS key""",
    "a closed account keeps nothing": f"""
      MATCH (a:Account {{status: 'CLOSED'}})-[c:MANAGED_BY|ASSIGNED_TO|IDENTIFIES]-()
      WHERE {today("c")} RETURN a.key AS key""",
}


@dataclass
class Race:
    """What is raced for, and what came of it."""

    graph: Graph
    seal: Seal
    key: IdentifierKey
    accounts: list[str]
    parts: list[str]
    told: set[str] = field(default_factory=set)  # keys of commands that were acknowledged
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def attempt(self, number: int, random: Random) -> None:
        """One command, by chance."""
        name, given = self.command(number, random)
        known = f"race-{number}"
        kind = f"{INPUTS[name]}Input!"
        made = "account { key }" if name == "splitAccount" else ""
        document = f"""mutation ($input: {kind}) {{ {name}(input: $input) {{
          replayed userErrors {{ code }} {made} }} }}"""
        context = Context(self.graph, DEVELOPMENT, self.seal, self.key)
        variables = {"input": {**given, "idempotencyKey": known}}

        answer = await schema.execute(document, variables, context_value=context)

        payload = (answer.data or {}).get(name)
        if payload is None:
            codes = {str((error.extensions or {}).get("code")) for error in answer.errors or []}
            self.outcomes[name, "/".join(sorted(codes))] += 1
        elif payload["userErrors"]:
            self.outcomes[name, payload["userErrors"][0]["code"]] += 1
        else:
            self.outcomes[name, "written"] += 1
            self.told.add(known)
            if made:
                self.accounts.append(payload["account"]["key"])
            if name == "mergeAccounts":
                self.accounts.remove(given["fromIds"][0])

    def command(self, number: int, random: Random) -> tuple[str, dict[str, Any]]:
        """A command and its input, a later day each time: what one made, another changes."""
        day = number * min(ATTEMPTS, DAYS) // ATTEMPTS
        on = (worlds.SINCE + timedelta(1 + day)).isoformat()
        account = random.choice(self.accounts)
        other = random.choice(self.accounts[2:] or self.accounts)  # participants do not close
        manager = gid(f"AccountManager:M-{random.randrange(MANAGERS)}")
        wished = gid(f"ImporterNumber:N-{random.randrange(NUMBERS)}")
        group = {"accountId": account, "importerNumberIds": [wished], "on": on}
        part = random.choice(self.parts)
        wanted: list[tuple[str, dict[str, Any]]] = [
            ("assignManager", {"accountIds": [account], "managerId": manager, "validFrom": on}),
            (
                "changeIsaStatus",
                {"id": part, "status": "ACTIVE", "managerId": manager, "on": on},
            ),
            ("changeIsaStatus", {"id": part, "status": "SUSPENDED", "on": on}),
            ("attachIdentifiers", group),
            ("detachIdentifiers", group),
            ("splitAccount", {**group, "name": "Part"}),
            ("mergeAccounts", {"intoId": account, "fromIds": [other], "on": on}),
        ]
        return random.choice(wanted)


@pytest.fixture
async def race(graph: Graph, seal: Seal, key: IdentifierKey) -> Race:
    """Six importers of three numbers each, four managers, two applicants."""
    rows: list[worlds.Row] = [worlds.center("CEE004", "Apparel, Footwear and Textiles")]
    for place in range(MANAGERS):
        rows += [
            worlds.manager(f"M-{place}", f"Manager {place}"),
            worlds.claim(f"AccountManager:M-{place}", "MEMBER_OF", "Center:CEE004"),
        ]
    for place in range(ACCOUNTS):
        rows.append(worlds.account(f"A-{place}", f"Importer {place}"))
    for place in range(NUMBERS):
        number, account = f"ImporterNumber:N-{place}", f"Account:A-{place % ACCOUNTS}"
        rows += [
            worlds.number(key, f"N-{place}", f"61-2345{place:03d}00"),
            worlds.claim(number, "IDENTIFIES", account),
        ]
    for place in range(2):
        part = NodeRow("IsaParticipation", f"I-{place}", ("IsaParticipation",), applicant())
        rows += [
            part,
            worlds.claim(f"Account:A-{place}", "PARTICIPATES_IN", part.key),
            worlds.claim(part.key, "COVERS", f"ImporterNumber:N-{place}"),
        ]
    outcome = await write(graph, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    accounts = [gid(f"Account:A-{place}") for place in range(ACCOUNTS)]
    return Race(graph, seal, key, accounts, [gid(f"IsaParticipation:I-{n}") for n in range(2)])


def applicant() -> dict[str, object]:
    return {"status": "APPLICANT", "appliedOn": worlds.SINCE}


@pytest.mark.parametrize("turn", range(ROUNDS))
async def test_racing_writers_break_no_rule_and_lose_nothing(race: Race, turn: int) -> None:
    [before] = await race.graph.schema("MATCH (c:Change) RETURN max(c.sequence) AS last")

    async def writer(place: int) -> None:
        random = Random(turn * CONNECTIONS + place)
        for number in range(FIRST + place, ATTEMPTS, CONNECTIONS):
            await race.attempt(number, random)

    first = Random(-1 - turn)
    for number in range(FIRST):
        await race.attempt(number, first)

    await asyncio.gather(*(writer(place) for place in range(CONNECTIONS)))

    broken = {rule: await race.graph.schema(text) for rule, text in BROKEN.items()}
    for (name, came), times in sorted(race.outcomes.items()):
        sys.stdout.write(f"{times:6} {name} {came}\n")
    wrong = sum(map(len, broken.values()))
    again = _faults(race)
    sys.stdout.write(
        f"{len(race.told)} of {ATTEMPTS} acknowledged; {wrong} rules broken;"
        f" {again} told to come again ({again / ATTEMPTS:.2%})\n"
    )
    assert {rule: found for rule, found in broken.items() if found} == {}
    assert race.outcomes.total() == ATTEMPTS
    assert race.told
    assert not HELD or again <= ATTEMPTS * SHARE
    await every_entry_is_of_one_command(race, before["last"])


async def every_entry_is_of_one_command(race: Race, before: int) -> None:
    """The log is the commands', one after the other, and none that was told is missing."""
    stored = await race.graph.schema(
        "MATCH (k:IdempotencyKey) WHERE k.answer IS NOT NULL"
        " RETURN k.key AS key, k.answer AS answer"
    )
    kept = {row["key"].partition(":")[2]: json.loads(row["answer"]) for row in stored}
    told = {memory_of(race.key, key) for key in race.told}
    assert told <= kept.keys()
    assert len(kept.keys() - told) <= _faults(race)
    numbers = [
        number
        for answer in kept.values()
        for number in range(answer["first"], answer["last"] + 1)
        if answer["last"]
    ]
    [log] = await race.graph.schema(
        f"MATCH (c:Change) WHERE c.sequence > {before} RETURN collect(c.sequence) AS numbers"
    )
    assert sorted(numbers) == sorted(log["numbers"])
    assert sorted(numbers) == list(range(before + 1, before + 1 + len(numbers)))


def _faults(race: Race) -> int:
    """Commands whose answer was a fault: whether they were written is not known."""
    return sum(times for (_, came), times in race.outcomes.items() if AGAIN & {*came.split("/")})
