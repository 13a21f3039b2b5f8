"""Moving accounts: what is simulated is what writing the same moves brings."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.load.write import write
from graph.reference.install import install
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

DAY, LATER = date(2024, 6, 1), datetime(2024, 6, 1, tzinfo=UTC)
CENTERS, MANAGERS, ACCOUNTS = ("CEE001", "CEE002"), ("M-1", "M-2", "M-3", "M-4"), 9
LOAD = (
    "caseload { accounts importers withPrimaryManager isaParticipants openIssues weight highRisk }"
)
SIMULATE = f"""
  query ($moves: [ReassignmentInput!]!) {{
    simulateReassignment(moves: $moves) {{
      imbalanceBefore imbalanceAfter violations {{ code message path }}
      effects {{ of {{ key label }} before {{ {LOAD[10:-1]} }} after {{ {LOAD[10:-1]} }} }}
    }}
  }}
"""
BACK = f"""
  query ($of: ID!) {{
    node(id: $of) {{ ... on AccountManager {{ {LOAD} }} ... on Center {{ {LOAD} }} }}
  }}
"""


_COUNT = Query("MATCH (node) OPTIONAL MATCH (node)-[each]->() RETURN count(node), count(each)")


def world(random: Random) -> tuple[list[worlds.Row], dict[str, worlds.ClaimRow]]:
    """Managers and Centers, and accounts that have both, one or neither; and what stands now."""
    rows: list[worlds.Row] = []
    standing: dict[str, worlds.ClaimRow] = {}
    for place, one in enumerate(MANAGERS):
        rows.append(worlds.manager(one, f"Manager {one}"))
        at = f"Center:{CENTERS[place % 2]}"
        rows.append(worlds.claim(f"AccountManager:{one}", "MEMBER_OF", at))
    for place in range(ACCOUNTS):
        key = f"Account:A-{place}"
        rows.append(worlds.account(f"A-{place}", f"Account {place}"))
        flag = worlds.NodeRow(
            "RiskFlag", f"F-{place}", ("RiskFlag",),
            {"kind": "PENALTY", "severity": random.choice((0.1, 0.9)), "raisedOn": worlds.SINCE},
        )  # fmt: skip
        rows += [flag, worlds.claim(flag.key, "FLAGS", key)]
        if random.random() < 0.7:
            manager = f"AccountManager:{random.choice(MANAGERS)}"
            standing[f"{key} manager"] = worlds.claim(key, "MANAGED_BY", manager, role="PRIMARY")
        if random.random() < 0.7:
            center = f"Center:{random.choice(CENTERS)}"
            standing[f"{key} center"] = worlds.claim(
                key, "ASSIGNED_TO", center, basis="HIGHEST_VALUE"
            )
    return [*rows, *standing.values()], standing


def written(
    moved: Sequence[tuple[str, str | None, str | None]], standing: dict[str, worlds.ClaimRow]
) -> list[worlds.Row]:
    """The moves as claims: what stood ends on the day, what follows begins."""
    rows: list[worlds.Row] = []
    for key, manager, center in moved:
        for kind, target in (("manager", manager), ("center", center)):
            old = standing.get(f"{key} {kind}")
            if target is None or (old and old.end == target):
                continue
            if old:
                rows.append(
                    worlds.claim(key, old.type, old.end, worlds.SINCE, DAY, **old.properties)
                )
            words: dict[str, Any] = (
                {"role": "PRIMARY"} if kind == "manager" else {"basis": "APPEAL"}
            )
            type_ = "MANAGED_BY" if kind == "manager" else "ASSIGNED_TO"
            rows.append(worlds.claim(key, type_, target, DAY, **words))
    return rows


@pytest.mark.parametrize("seed", range(8))
async def test_what_is_simulated_is_what_writing_brings(graph: Graph, ask: Ask, seed: int) -> None:
    await install(graph, worlds.RECORDED)
    random = Random(seed)
    rows, standing = world(random)
    outcome = await write(graph, rows, at=worlds.RECORDED)
    assert outcome.refusals == []
    chosen = random.sample(range(ACCOUNTS), 4)
    moved = [
        (
            f"Account:A-{place}",
            f"AccountManager:{random.choice(MANAGERS)}" if random.random() < 0.7 else None,
            f"Center:{random.choice(CENTERS)}" if random.random() < 0.6 else None,
        )
        for place in chosen
    ]
    moves = [
        {
            "accountIds": [ids.encode(key)],
            "toManagerId": ids.encode(manager) if manager else None,
            "toCenter": center.partition(":")[2] if center else None,
        }
        for key, manager, center in moved
        if manager or center
    ]

    before = await graph.read(_COUNT)
    simulated = (await ask(SIMULATE, moves=moves))["simulateReassignment"]
    assert await graph.read(_COUNT) == before  # nothing is written
    codes = {each["code"] for each in simulated["violations"]}
    assert codes <= {"INVALID_STATE"}  # some stay where they are
    await write(graph, written(moved, standing), at=LATER)

    assert simulated["effects"] or len(simulated["violations"]) == len(moves)
    for effect in simulated["effects"]:
        found: dict[str, Any] = (await ask(BACK, of=effect["of"]["key"]))["node"]
        assert found["caseload"] == effect["after"], effect["of"]["label"]


async def test_a_manager_without_accounts_has_none_to_move(graph: Graph, ask: Ask) -> None:
    await install(graph, worlds.RECORDED)
    await write(
        graph, [worlds.manager("M-1", "One"), worlds.manager("M-2", "Two")], at=worlds.RECORDED
    )
    given = {
        "fromManagerId": ids.encode("AccountManager:M-1"),
        "toManagerId": ids.encode("AccountManager:M-2"),
    }

    simulated = (await ask(SIMULATE, moves=[given]))["simulateReassignment"]

    [violation] = simulated["violations"]
    assert violation["code"] == "INVALID_STATE"
    assert violation["path"] == ["moves", "0", "fromManagerId"]


async def test_the_spread_of_the_loads_is_told_before_and_after(graph: Graph, ask: Ask) -> None:
    """At one Center M-1 has three accounts, one of them with an issue, and M-2 has none."""
    rows: list[worlds.Row] = [worlds.center("CEE001", "Agriculture")]
    for one in ("M-1", "M-2"):
        rows.append(worlds.manager(one, f"Manager {one}"))
        rows.append(worlds.claim(f"AccountManager:{one}", "MEMBER_OF", "Center:CEE001"))
    for place in (1, 2, 3):
        key = f"Account:A-{place}"
        rows.append(worlds.account(f"A-{place}", f"Account {place}"))
        rows.append(worlds.claim(key, "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"))
        rows.append(worlds.claim(key, "ASSIGNED_TO", "Center:CEE001", basis="APPEAL"))
    issue = worlds.NodeRow(
        "Issue", "I-1", ("Issue",),
        {"purpose": "ADVICE", "title": "Value", "status": "OPEN", "openedOn": worlds.SINCE},
    )  # fmt: skip
    rows += [issue, worlds.claim(issue.key, "CONCERNS", "Account:A-1")]
    assert (await write(graph, rows, at=worlds.RECORDED)).refused == []
    document = SIMULATE.replace("highRisk", "")
    target = ids.encode("AccountManager:M-2")

    told = []
    for moved in (["A-2"], ["A-1"], ["A-1", "A-2", "A-3"]):
        accounts = [ids.encode(f"Account:{each}") for each in moved]
        moves = [{"accountIds": accounts, "toManagerId": target}]
        found = (await ask(document, moves=moves))["simulateReassignment"]
        weights = {
            each["of"]["label"]: (each["before"]["weight"], each["after"]["weight"])
            for each in found["effects"]
        }
        told.append((weights, found["imbalanceBefore"], found["imbalanceAfter"]))

    first, second = "Manager M-1", "Manager M-2"
    assert told == [  # mean 2: weights of 4 and 0 spread by 2, of 3 and 1 by 1, of 2 and 2 by 0
        ({first: (4, 3), second: (0, 1)}, 1, 0.5),
        ({first: (4, 2), second: (0, 2)}, 1, 0),
        ({first: (4, 0), second: (0, 4)}, 1, 1),
    ]
