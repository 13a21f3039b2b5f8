"""What is out of reach might as well not be there: random graphs, whole and cut."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from neo4j import Query

from graph import former, policy
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import forget
from graph.risk_network import NETWORKS
from graph.roles import Role
from graph.session import Graph
from graph.snapshot import SNAPSHOTS
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests.conftest import EMPTY
from tests.plans import sent
from tests.reach import walks
from tests.reach.cutting import (
    Dump,
    of_center,
    of_centers,
    of_manager,
    of_specialist,
    restore,
    without,
)
from tests.reach.documents import CHANGED, Asked, asked
from tests.reach.random_world import RECORDED, program
from tests.reach.stored import NOTHING, Veiled
from tests.seen_worlds import unmarked

QUESTIONS = 2  # of each caller, every other time one a walk: all of them would take minutes
GRAPHS = int(os.environ.get("DIFFERENTIAL_GRAPHS", "50"))  # times six callers: three hundred
MARKED = (
    *(walks.RISK, walks.OWNERSHIP, walks.PATHS, walks.REACHABLE, walks.PART, walks.WHAT_IF),
    CHANGED,
)
OWNERSHIP = frozenset({"OWNS", "CONTROLS", "OFFICER_OF", "NOMINEE_FOR"})
RISK = Veiled(
    frozenset({"FLAGS", "SHARES"}),
    frozenset({"RiskFlag", "SharedAttribute"}),
    frozenset({"RISK_FLAG_RAISED", "RISK_FLAG_RESOLVED", "RISK_RATING_CHANGED", "SEGMENT_CHANGED"}),
)
MOST = Veiled(RISK.types | OWNERSHIP, RISK.kinds, RISK.changes | {"BLOCKED_STATUS_CHANGED"})
"""What who may read neither ownership nor risk is not told; else what who may not read risk."""


@dataclass(frozen=True)
class Somebody:
    """Who asks, and which accounts they reach by the words of the policy."""

    viewer: Viewer
    accounts: Callable[[Dump], set[str] | None]
    veiled: Veiled = NOTHING


def somebody(
    id_: str, role: Role, accounts: Callable[[Dump], set[str] | None], veiled: Veiled = NOTHING
) -> Somebody:
    return Somebody(Viewer(id_, id_, **policy.rights((role,))), accounts, veiled)


def service(veiled: Veiled, *rights: Permission) -> Somebody:
    """A service that is registered for one Center."""
    given = policy.rights((Role.INTEGRATOR,), frozenset(rights), frozenset({"CEE002"}))
    viewer = Viewer("service:ledger", "ledger", **given)
    return Somebody(viewer, lambda dump: of_centers(dump, "Center:CEE002"), veiled)


PEOPLE = [
    somebody("M-1", Role.ACCOUNT_MANAGER, lambda dump: of_manager(dump, "M-1")),
    somebody("M-3", Role.ACCOUNT_MANAGER, lambda dump: of_manager(dump, "M-3")),
    somebody("M-2", Role.CENTER_DIRECTOR, lambda dump: of_center(dump, "AccountManager:M-2")),
    somebody("S-1", Role.SPECIALIST, lambda dump: of_specialist(dump, "S-1"), MOST),
    service(RISK, Permission.READ_OWNERSHIP, Permission.READ_PERFORMANCE),
    somebody("auditor", Role.AUDITOR, lambda _: None, MOST),
]


@dataclass
class World:
    """A graph that is asked; how many walks were answered, and how many with marks of redaction."""

    graph: Graph
    seal: Seal
    key: IdentifierKey
    sent: list[tuple[Query, dict[str, Any]]]
    walked: int = 0
    redacted: int = 0

    async def answers(self, viewer: Viewer, questions: list[Asked]) -> list[str]:
        """What this viewer is told, byte for byte, and after which statements.

        Not after how many: questions that are asked side by side read together or not, as it comes.
        """
        forget(self.graph, lambda: 0.0)  # their reach is read once, however slow the machine
        for kept in (SNAPSHOTS, NETWORKS):  # they follow the log, which does not tell of a cut
            kept.known.pop(self.graph, None)
        told = []
        for document, variables in questions:
            context = Context(self.graph, viewer, self.seal, self.key)
            self.sent.clear()
            result = await schema.execute(document, variables, context_value=context)
            errors = [error.formatted for error in result.errors or []]
            for code in ("INTERNAL_SERVER_ERROR", "GRAPHQL_VALIDATION_FAILED"):
                assert code not in str(errors)
            data = result.data
            if document in MARKED:
                data = unmarked(data)
                self.walked += not errors
                self.redacted += data != result.data
            names = {str((question.metadata or {}).get("query")) for question, _ in self.sent}
            told.append(json.dumps([data, errors, sorted(names)]))
        return told


@pytest.mark.parametrize("part", range(5))
async def test_an_answer_is_that_of_a_graph_without_what_is_out_of_reach(
    graph: Graph, seal: Seal, key: IdentifierKey, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    world = World(graph, seal, key, sent(graph, monkeypatch))
    monkeypatch.setattr(former, "LATELY", timedelta(hours=1))  # else a slow answer looks back
    seen = 0
    for seed in range(part * GRAPHS // 5, (part + 1) * GRAPHS // 5):
        await graph.schema(EMPTY)
        await write(graph, program(key, seed), at=RECORDED)
        dump = await Dump.read(graph)
        every, walked = asked(dump), walks.asked(dump)
        for number, one in enumerate(PEOPLE):
            random = Random(f"{seed} {number}")
            questions = random.sample(every, QUESTIONS)
            if (seed + number) % 2:
                questions[-1] = random.choice(walked)
            hidden = dump.hidden(one.accounts(dump), one.veiled)
            whole = await world.answers(one.viewer, questions)
            await without(graph, hidden)
            cut = await world.answers(one.viewer, questions)
            await restore(graph, dump, hidden)
            seen += bool(hidden.nodes)

            for question, full, less in zip(questions, whole, cut, strict=True):
                assert full == less, (
                    seed,
                    one.viewer.id,
                    question[0][:20],
                    *difference(full, less),
                )
    assert seen > 20  # else nothing was tried
    assert world.walked > 15
    assert world.redacted > 5


def difference(one: str, other: str) -> tuple[Any, Any]:
    """Where two answers part."""
    place = next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return one[max(0, place - 200) : place + 80], other[max(0, place - 200) : place + 80]
