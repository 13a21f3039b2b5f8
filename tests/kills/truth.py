"""What the store holds, against what writers and the subscriber were told."""

import json
from typing import Any

from graph import ids
from graph.commands.header import memory_of
from graph.identifiers import IdentifierKey
from graph.session import Graph
from tests.kills.follower import Follower
from tests.kills.writers import TOGETHER, Told

KEPT = """
  MATCH (known:IdempotencyKey) WHERE known.answer IS NOT NULL
  RETURN known.key AS key, known.answer AS answer"""
LOG = """
  MATCH (change:Change) WHERE change.sequence > $after
  RETURN change.sequence AS sequence, change.reason AS reason ORDER BY sequence"""
ACCOUNTS = """
  MATCH (account:Account) WHERE account.id STARTS WITH 'A-' AND size(account.id) > 4
  RETURN account.name AS key, COUNT { (account)-[:MANAGED_BY]->() } AS managers,
    COUNT { (account)-[:ASSIGNED_TO]->() } AS centers,
    size(COLLECT { MATCH (number)-[:IDENTIFIES]->(account) RETURN DISTINCT number.key })
      AS numbers"""
CLAIMS = """
  MATCH ()-[claim:OWNS]->() RETURN claim.sourceReference AS key, count(claim) AS number"""
FLAGS = """
  MATCH (flag:RiskFlag) RETURN flag.note AS key, COUNT { (flag)-[:FLAGS]->() } AS number"""
NUMBERS = """
  MATCH (number:ImporterNumber) WHERE NOT EXISTS { (number)-[:IDENTIFIES]->() }
  RETURN count(number) AS number"""


async def every_write_is_whole(
    graph: Graph, key: IdentifierKey, told: Told, after: int
) -> tuple[int, list[str]]:
    """Compare the store with what was told; how many commands it holds, and the log's ids."""
    names = {memory_of(key, each): each for each in {*told.written, *told.abandoned}}
    kept = {
        names.get(found := row["key"].partition(":")[2], found): json.loads(row["answer"])
        for row in await graph.schema(KEPT)
    }
    assert told.written.keys() <= kept.keys(), "an acknowledged write is lost"
    assert kept.keys() <= told.written.keys() | told.abandoned, "an unknown write is there"
    log = await graph.schema(LOG.replace("$after", str(after)))
    numbers = [row["sequence"] for row in log]
    missing = sorted(set(range(after + 1, max(numbers, default=after) + 1)) - set(numbers))
    assert (missing, len(set(numbers))) == ([], len(numbers))
    _one_run_of_the_log_each(kept, log, told)
    await _nothing_is_half_there(graph, told, set(kept))
    return len(kept), [ids.encode(f"Change:{row['sequence']}") for row in log]


def _one_run_of_the_log_each(kept: dict[str, Any], log: list[Any], told: Told) -> None:
    """Each command wrote one unbroken run of the log, the one its answer tells, once."""
    by_key: dict[str, list[int]] = {}
    for row in log:
        if row["reason"] is not None:  # not of what follows from the writes
            by_key.setdefault(row["reason"], []).append(row["sequence"])
    runs = {key: list(range(a["first"], a["last"] + 1)) for key, a in kept.items() if a["last"]}
    assert by_key == runs
    for key, payload in told.written.items():
        changes = [ids.encode(f"Change:{number}") for number in runs.get(key, ())]
        assert [change["id"] for change in payload["changes"]] == changes


async def _nothing_is_half_there(graph: Graph, told: Told, kept: set[str]) -> None:
    """All things and claims of a command are there if it is, and none if not; each once."""
    wanted = {name: [k for k in kept if told.names[k] == name] for name in set(told.names.values())}
    accounts = {
        row["key"]: (row["numbers"], row["managers"], row["centers"])
        for row in await graph.schema(ACCOUNTS)
    }
    opened, split = wanted.get("openAccount", []), wanted.get("splitAccount", [])
    assert accounts == dict.fromkeys(opened, (2, 1, 1)) | dict.fromkeys(split, (1, 1, 1))
    [loose] = await graph.schema(NUMBERS)
    assert loose["number"] == 0
    claims = {row["key"]: row["number"] for row in await graph.schema(CLAIMS)}
    assert claims == dict.fromkeys(wanted.get("recordRelationships", ()), TOGETHER)
    flags = [(row["key"], row["number"]) for row in await graph.schema(FLAGS)]
    assert sorted(flags) == sorted((key, 1) for key in wanted.get("raiseRiskFlag", ()))


def every_change_was_seen_once(follower: Follower, log: list[str]) -> None:
    """The subscriber saw the log, in its order, without a gap."""
    missing, more = set(log) - set(follower.seen), set(follower.seen) - set(log)
    between = f"of {log[:1]} to {log[-1:]}; the subscriber met {dict(follower.faults)}"
    assert (missing, more) == (set(), set()), f"missing {missing}, more {more} {between}"
    assert follower.seen == log
    for mine in follower.sequences.values():
        assert mine == list(range(mine[0], mine[0] + len(mine)))
