"""Ratings, blocked parties and segments that changes move: told once, with what moved them."""

import asyncio
import json
from datetime import date

from graph import changes
from graph.derived.deriver import Deriver
from graph.derived.marks import mark
from graph.session import Graph
from tests import worlds
from tests.graph.derived.conftest import Record, Told, flag, follow, log, told

RATING, BLOCKED, SEGMENT = "RISK_RATING_CHANGED", "BLOCKED_STATUS_CHANGED", "SEGMENT_CHANGED"


def firms() -> list[worlds.Row]:
    """P-1, O-1 and A-1, which nothing joins; O-1 holds N-1."""
    return [
        worlds.account("A-1", "Harbor"),
        worlds.code("ABC"),
        worlds.person("P-1", "Iris"),
        worlds.organization("O-1", "Harbor Holdings"),
        worlds.claim("Party:O-1", "HOLDS", "FilerCode:ABC"),
        worlds.claim("FilerCode:ABC", "IDENTIFIES", "Account:A-1"),
    ]


def segment(name: str, precedence: int, rule: dict[str, object]) -> worlds.NodeRow:
    properties: dict[str, object] = {
        "name": name, "number": 1, "precedence": precedence, "filter": json.dumps(rule),
        "treatment": "Care", "validFrom": date(2021, 1, 1),
    }  # fmt: skip
    return worlds.NodeRow("RiskSegment", f"{name.lower()}.1", ("RiskSegment",), properties)


async def started(graph: Graph) -> Deriver:
    deriver = Deriver(graph)
    await follow(deriver)
    return deriver


async def test_what_was_recorded_before_anybody_told_moves_nobody(
    ruled: Graph, record: Record
) -> None:
    await record([*firms(), *flag("F-1", "Account:A-1", 0.9)])

    await started(ruled)

    seen = await mark(ruled)
    assert await told(ruled) == []
    assert seen.derived == seen.sequence > 0


async def test_a_new_owner_moves_ratings_and_is_their_cause(ruled: Graph, record: Record) -> None:
    await record([*firms(), *flag("F-1", "Party:P-1", 0.9)])
    deriver = await started(ruled)

    [owns] = await record([worlds.owns("Party:P-1", "Party:O-1", 60)])
    await follow(deriver)

    assert await told(ruled) == [
        Told(RATING, "Account:A-1", "LOW", "HIGH", owns),
        Told(RATING, "FilerCode:ABC", "LOW", "HIGH", owns),
        Told(RATING, "Party:O-1", "LOW", "HIGH", owns),
    ]
    account, code, _ = (await log(ruled))[-3:]
    assert account.properties[1].before == "0.0"
    assert float(account.properties[1].after or 0) == 0.9 * 0.8 * 0.95 * 0.95
    assert account.account_key == code.account_key == "Account:A-1"
    assert account.account_sequence == 5  # behind its opening and what is about its code
    assert account.actor == "Risk policy Default 2026.1"


async def test_a_flag_that_is_raised_is_told_as_the_cause_and_not_its_relationship(
    ruled: Graph, record: Record
) -> None:
    await record(firms())
    deriver = await started(ruled)

    raised, _ = await record(flag("F-1", "Account:A-1", 0.9))
    await follow(deriver)
    [resolved] = await record(flag("F-1", "Account:A-1", 0.9, resolvedOn=date(2021, 2, 1))[:1])
    await follow(deriver)

    mine = [each for each in await told(ruled) if each.subject == "Account:A-1"]
    assert mine == [
        Told(RATING, "Account:A-1", "LOW", "CRITICAL", raised),
        Told(RATING, "Account:A-1", "CRITICAL", "LOW", resolved),
    ]


async def test_of_what_is_committed_together_the_cause_is_what_the_chain_stands_on(
    ruled: Graph, record: Record
) -> None:
    await record([*firms(), worlds.organization("O-2", "Mill"), worlds.person("P-2", "Ann"),
                  *flag("F-1", "Party:P-1", 0.9), *flag("F-2", "Party:P-2", 0.9)])  # fmt: skip
    deriver = await started(ruled)

    both = [worlds.owns("Party:P-1", "Party:O-1", 60), worlds.owns("Party:P-2", "Party:O-2", 60)]
    first, second = await record(both)
    await follow(deriver)

    causes = {each.subject: each.cause for each in await told(ruled)}
    assert causes["Party:O-1"] == causes["Account:A-1"] == first
    assert causes["Party:O-2"] == second


async def test_a_listed_owner_blocks_and_a_correction_unblocks(
    ruled: Graph, record: Record
) -> None:
    await record(firms())
    deriver = await started(ruled)

    raised, _ = await record(flag("F-1", "Party:P-1", 0.01, "SANCTIONED_OWNER"))
    await follow(deriver)
    [owns] = await record([worlds.owns("Party:P-1", "Party:O-1", 50)])
    await follow(deriver)
    [range_] = await record([worlds.owns("Party:P-1", "Party:O-1", 30, 60)])
    await follow(deriver)

    assert await told(ruled) == [
        Told(BLOCKED, "Party:P-1", "NO", "YES", raised),
        Told(BLOCKED, "Party:O-1", "NO", "YES", owns),
        Told(BLOCKED, "Party:O-1", "YES", "UNDETERMINED", range_),
    ]


async def test_an_account_moves_to_another_segment_by_its_rating_and_by_its_own_name(
    ruled: Graph, record: Record
) -> None:
    rules = [segment("Watch", 1, {"ratings": ["HIGH", "CRITICAL"]}),
             segment("Known", 2, {"nameContains": "mill"}), segment("Rest", 3, {})]  # fmt: skip
    await record([*firms(), *rules])
    deriver = await started(ruled)

    [named] = await record([worlds.account("A-1", "Harbor Mill")])
    await follow(deriver)
    raised, _ = await record(flag("F-1", "Party:O-1", 0.9))
    await follow(deriver)

    moved = [each for each in await told(ruled) if each.kind == SEGMENT]
    assert moved == [
        Told(SEGMENT, "Account:A-1", "Rest", "Known", named),
        Told(SEGMENT, "Account:A-1", "Known", "Watch", raised),
    ]


async def test_a_rule_that_is_published_moves_nobody_by_itself(
    ruled: Graph, record: Record
) -> None:
    await record(firms())
    deriver = await started(ruled)

    await record([segment("Rest", 2, {})])
    await follow(deriver)
    await record([segment("Watch", 1, {"flagKinds": ["PENALTY"]})])
    await follow(deriver)
    assert await told(ruled) == []

    raised, _ = await record(flag("F-1", "Account:A-1", 0.1))
    await follow(deriver)
    assert await told(ruled) == [Told(SEGMENT, "Account:A-1", "Rest", "Watch", raised)]


async def test_nothing_is_told_of_what_moves_nothing(ruled: Graph, record: Record) -> None:
    await record(firms())
    deriver = await started(ruled)
    ruled.statements = 0

    assert await deriver.turn() is False
    assert ruled.statements == 1

    await record([worlds.organization("O-3", "Other"), worlds.owns("Party:O-3", "Party:O-1", 60)])
    ruled.statements = 0
    await follow(deriver)

    # The mark, the entries, their claims, which segments there are; lock and mark; the mark again.
    assert ruled.statements == 7
    assert await told(ruled) == []


async def test_of_two_who_follow_one_log_one_tells(ruled: Graph, record: Record) -> None:
    await record([*firms(), *flag("F-1", "Party:P-1", 0.9)])
    one, other = await started(ruled), await started(ruled)
    causes: list[int] = []

    for share in (60, 5, 70, 6, 80):
        causes += await record([worlds.owns("Party:P-1", "Party:O-1", share)])
        await asyncio.gather(one.turn(), other.turn())
    await asyncio.gather(follow(one), follow(other))

    mine = [each for each in await told(ruled) if each.subject == "Party:O-1"]
    ratings = ["LOW", "HIGH", "LOW", "HIGH", "LOW", "HIGH"]
    assert mine == [
        Told(RATING, "Party:O-1", ratings[at], ratings[at + 1], cause)
        for at, cause in enumerate(causes)
    ]


async def test_whoever_comes_later_tells_each_change_that_nobody_told(
    ruled: Graph, record: Record
) -> None:
    await record([*firms(), *flag("F-1", "Party:P-1", 0.9), segment("Rest", 1, {})])
    await started(ruled)

    [first] = await record([worlds.owns("Party:P-1", "Party:O-1", 60)])
    [second] = await record([worlds.owns("Party:P-1", "Party:O-1", 5)])
    [third] = await record([worlds.owns("Party:P-1", "Party:O-1", 70)])
    await follow(Deriver(ruled))

    mine = [each for each in await told(ruled) if each.subject == "Party:O-1"]
    assert [each.cause for each in mine] == [first, second, third]
    assert [each.after for each in mine] == ["HIGH", "LOW", "HIGH"]
    seen = await mark(ruled)
    assert seen.derived == (await changes.place(ruled)).sequence


async def test_a_day_that_begins_is_no_change_and_moves_ratings_without_a_cause(
    ruled: Graph, record: Record
) -> None:
    await record([*firms(), *flag("F-1", "Party:P-1", 0.9), segment("Rest", 2, {}),
                  segment("Watch", 1, {"ratings": ["HIGH"]})])  # fmt: skip
    await record([worlds.owns("Party:P-1", "Party:O-1", 60)])
    await started(ruled)
    # The mark stands at a day on which the share did not hold yet.
    await ruled.schema("MATCH (log:ChangeLog) SET log.derivedDay = date('2019-12-31')")

    await follow(Deriver(ruled))

    assert await told(ruled) == [
        Told(RATING, "Account:A-1", "LOW", "HIGH", None),
        Told(RATING, "FilerCode:ABC", "LOW", "HIGH", None),
        Told(RATING, "Party:O-1", "LOW", "HIGH", None),
        Told(RATING, "Party:P-1", "LOW", "CRITICAL", None),
        Told(SEGMENT, "Account:A-1", "Rest", "Watch", None),
    ]
