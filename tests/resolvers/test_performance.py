"""Performance through the API: one statement for any cut, as it was known, beside peers."""

from datetime import UTC, date, datetime

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

ACCOUNT = ids.encode("Account:A-1")
LATER = datetime(2024, 1, 1, tzinfo=UTC)
DOCUMENT = """
  query ($id: ID!, $over: DateRange, $moment: MomentInput) {
    account(by: {id: $id}, moment: $moment) {
      performance(over: $over) {
        from to loadedThrough source { name } peers comparison { metric value median percentile }
        total {
          entrySummaries enteredValue { amount currency } examinationRate
          compliance { measure rate low high sampledLines weighted }
          discrepancies { discrepancy { code } lines }
        }
        trend(step: QUARTER) { from to entrySummaries }
        byChapter: breakdown(by: HTS_CHAPTER) { chapter { title } lines }
        byNumber: breakdown(by: IMPORTER_NUMBER) { importerNumber { display } lines }
      }
      centerExplanation(over: $over) {
        assigned { code } byNumber { code } byValue { code } agrees
        evidence { center { code } lines lineShare valueShare chapters { code } }
      }
    }
  }
"""
OVER = {"from": "2023-01-01", "to": "2023-07-01"}


def cell(
    account: str, month: int, chapter: str, lines: int, cents: int, **more: object
) -> list[worlds.Row]:
    id_ = f"{account}-{month}-{chapter}"
    properties: dict[str, object] = {
        "month": date(2023, month, 1),
        "chapter": chapter,
        "lines": lines,
        "entrySummaries": lines,
        "enteredValue": cents,
        "currency": "USD",
        "examinations": 1,
        **more,
    }
    return [
        worlds.NodeRow("PerformancePeriod", id_, ("PerformancePeriod",), properties),
        worlds.claim(f"PerformancePeriod:{id_}", "MEASURES", f"Account:{account}"),
    ]


@pytest.fixture
async def measured(harbor: Graph, key: IdentifierKey) -> Graph:
    """harbor with figures of three months, six peers, and chapters of two Centers."""
    rows: list[worlds.Row] = [
        worlds.center("CEE010", "Machinery"),
        *(
            worlds.NodeRow("HtsChapter", code, ("HtsChapter",), {"code": code, "title": title})
            for code, title in (("61", "Knitted"), ("84", "Machines"))
        ),
        worlds.claim("HtsChapter:61", "SCOPE_OF", "Center:CEE004", precedence=8),
        worlds.claim("HtsChapter:84", "SCOPE_OF", "Center:CEE010", precedence=8),
        *cell("A-1", 1, "61", 30, 100, importerNumber="N-1"),
        *cell("A-1", 2, "61", 30, 101, sampledLines=10, discrepantLines=2,
              discrepancies=['{"code": "VALUE", "lines": 2}']),
        *cell("A-1", 5, "84", 40, 5),
    ]  # fmt: skip
    for n in range(6):
        id_ = f"B-{n}"
        rows.append(worlds.account(id_, f"Peer {n}"))
        rows.append(worlds.claim(f"Account:{id_}", "ASSIGNED_TO", "Center:CEE004", basis="APPEAL"))
        rows += cell(id_, 3, "61", 10, n * 100)
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    harbor.statements = 0
    return harbor


async def test_the_figures_of_an_account(measured: Graph, ask: Ask) -> None:
    found = (await ask(DOCUMENT, id=ACCOUNT, over=OVER))["account"]
    figures = found["performance"]

    assert figures["total"]["entrySummaries"] == 100
    assert figures["total"]["enteredValue"] == {"amount": "2.06", "currency": "USD"}
    assert figures["total"]["examinationRate"] == 3
    assert figures["total"]["discrepancies"] == [{"discrepancy": {"code": "VALUE"}, "lines": 2}]
    strict = figures["total"]["compliance"][0]
    assert (strict["rate"], strict["sampledLines"]) == (80, 10)
    assert strict["low"] == pytest.approx(49.0162, abs=1e-3)
    assert [step["entrySummaries"] for step in figures["trend"]] == [60, 40]
    assert [(p["chapter"]["title"], p["lines"]) for p in figures["byChapter"]] == [
        ("Knitted", 60),
        ("Machines", 40),
    ]
    assert {
        p["importerNumber"] and p["importerNumber"]["display"] for p in figures["byNumber"]
    } == {
        None,
        "12-3456789AB",
    }
    assert figures["loadedThrough"] == "2023-05-31"
    assert figures["peers"] == 6
    value = next(m for m in figures["comparison"] if m["metric"] == "ENTERED_VALUE")
    assert (value["value"], value["median"], value["percentile"]) == (2.06, 2.5, 50)
    assert measured.statements == 5  # account, cells, peers, things, homes of chapters


async def test_why_this_center(measured: Graph, ask: Ask) -> None:
    found = (await ask(DOCUMENT, id=ACCOUNT, over=OVER))["account"]["centerExplanation"]

    assert (found["assigned"]["code"], found["byNumber"]["code"]) == ("CEE004", "CEE004")
    assert found["agrees"]
    assert [(e["center"]["code"], e["lineShare"]) for e in found["evidence"]] == [
        ("CEE004", 60),
        ("CEE010", 40),
    ]


async def test_a_center_by_number_may_be_another_than_by_value(measured: Graph, ask: Ask) -> None:
    assert (await write(measured, cell("A-1", 3, "84", 1, 1000), at=LATER)).refused == []

    found = (await ask(DOCUMENT, id=ACCOUNT, over=OVER))["account"]["centerExplanation"]

    assert (found["byNumber"]["code"], found["byValue"]["code"]) == ("CEE004", "CEE010")
    told = [
        (e["center"]["code"], e["lines"], e["valueShare"], [c["code"] for c in e["chapters"]])
        for e in found["evidence"]
    ]
    assert told == [  # 201 and 1,005 cents of 1,206
        ("CEE004", 60, pytest.approx(16.6666666, abs=1e-6), ["61"]),
        ("CEE010", 41, pytest.approx(83.3333333, abs=1e-6), ["84"]),
    ]


async def test_figures_as_they_were_known(measured: Graph, ask: Ask) -> None:
    await write(measured, cell("A-1", 4, "61", 7, 700), at=LATER)

    now = (await ask(DOCUMENT, id=ACCOUNT, over=OVER))["account"]["performance"]
    then = await ask(DOCUMENT, id=ACCOUNT, over=OVER, moment={"knownAt": "2023-12-31T00:00:00Z"})

    assert now["total"]["entrySummaries"] == 107
    assert then["account"]["performance"]["total"]["entrySummaries"] == 100


async def test_bad_spans_are_refused(measured: Graph, ask: Ask) -> None:
    for over in ({"from": "2023-01-05", "to": "2023-02-01"}, {"from": "2023-02-01"}):
        await ask(DOCUMENT, "BAD_USER_INPUT", "BAD_USER_INPUT", id=ACCOUNT, over=over)


async def test_beside_fewer_than_five_peers_nothing_is_compared(measured: Graph, ask: Ask) -> None:
    """Two of six leave the Center: four are left, who could be told apart."""
    left = [
        worlds.claim(
            f"Account:B-{n}", "ASSIGNED_TO", "Center:CEE004", worlds.SINCE, date(2023, 6, 30),
            basis="APPEAL",
        )
        for n in (0, 1)
    ]  # fmt: skip
    assert (await write(measured, left, at=LATER)).refused == []

    told = []
    for moment in ({"asOf": "2023-06-29"}, {"asOf": "2023-06-30"}):
        found = (await ask(DOCUMENT, id=ACCOUNT, over=OVER, moment=moment))["account"]
        figures = found["performance"]
        told.append((figures["peers"], figures["comparison"] is None))

    assert told == [(6, False), (4, True)]
