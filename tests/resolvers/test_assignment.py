"""Who works with an account: teams, counterparts, Centers, disciplines, requests."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations"
ACCOUNT = ids.encode("Account:A-1")
LATER = datetime(2024, 7, 1, tzinfo=UTC)


def reference(kind: str, id_: str, **properties: object) -> worlds.NodeRow:
    return worlds.NodeRow(kind, id_, (kind,), {"code": id_, **properties})


def specialist(id_: str, name: str, *, active: bool = True) -> worlds.NodeRow:
    properties: dict[str, object] = {"name": name, "active": active}
    return worlds.NodeRow("Specialist", id_, ("Specialist",), properties)


def asked(id_: str, day: date, state: str, decided: date | None = None) -> worlds.NodeRow:
    properties: dict[str, object] = {
        "account": "A-1",
        "fromCenter": "CEE004",
        "toCenter": "CEE010",
        "basis": "INTENDED_USE",
        "state": state,
        "statement": "The goods are machine parts.",
        "requestedOn": day,
        "requestedBy": "Harbor Textiles",
        "decidedOn": decided,
        "decidedBy": "The desk" if decided else None,
        "decision": "No." if decided else None,
        "appeals": "CR-1" if id_ == "CR-2" else None,
    }
    return worlds.NodeRow("CenterChangeRequest", id_, ("CenterChangeRequest",), properties)


@pytest.fixture
async def team(harbor: Graph, key: IdentifierKey) -> Graph:
    """
    harbor, and:  S-1, S-2 (auditors), S-3 (entry, left) serve A-1; S-1, S-2, S-4 are at CEE004
    A-2 (broker, code B76) without anybody; chapter 61 is CEE004's, its 6101..6105 CEE010's
    """
    serves = {"S-1": date(2022, 1, 1), "S-2": date(2021, 1, 1), "S-3": date(2020, 1, 1)}
    practise = {"S-1": "REGULATORY_AUDITOR", "S-2": "REGULATORY_AUDITOR", "S-3": "ENTRY_SPECIALIST"}
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Pelican Brokers", "Broker"),
        worlds.code("B76"),
        worlds.center("CEE010", "Machinery"),
        reference("Discipline", "REGULATORY_AUDITOR", name="Regulatory auditor", reportsTo="A"),
        reference("Discipline", "ENTRY_SPECIALIST", name="Entry specialist", reportsTo="Center"),
        reference("HtsChapter", "61", title="Knitted apparel"),
        *(
            worlds.NodeRow(
                "HtsHeading", heading, ("HtsHeading",), {"code": heading, "chapter": "61"}
            )
            for heading in (f"61{n:02}" for n in range(1, 18))
        ),
        specialist("S-1", "Una Auditor"),
        specialist("S-2", "Abe Auditor"),
        specialist("S-3", "Eve Entry", active=False),
        specialist("S-4", "Zoe Auditor"),
        asked("CR-1", date(2023, 1, 10), "DENIED", date(2023, 3, 1)),
        asked("CR-2", date(2023, 4, 1), "REQUESTED"),
        worlds.claim("FilerCode:B76", "IDENTIFIES", "Account:A-2"),
        worlds.claim("Specialist:S-4", "PRACTISES", "Discipline:REGULATORY_AUDITOR"),
        worlds.claim("HtsChapter:61", "SCOPE_OF", "Center:CEE004", precedence=8, basis="inferred"),
        worlds.claim(
            "HtsChapter:61", "SCOPE_OF", "Center:CEE010", precedence=1, basis="inferred",
            fromHeading="6101", toHeading="6105",
        ),
    ]  # fmt: skip
    for name, since in serves.items():
        who = f"Specialist:{name}"
        rows.append(worlds.claim(who, "SERVES", "Account:A-1", since, topic="VALUATION"))
        rows.append(worlds.claim(who, "PRACTISES", f"Discipline:{practise[name]}"))
        rows.append(worlds.claim(who, "MEMBER_OF", "Center:CEE004"))
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    harbor.statements = 0
    return harbor


CONTACT = """
  query ($id: ID!, $discipline: String, $moment: MomentInput) {
    account(by: {id: $id}, moment: $moment) {
      pointOfContact(discipline: $discipline) { standing since person { name } center { code } }
    }
  }
"""


async def contact(ask: Ask, discipline: str | None, **more: object) -> dict[str, Any]:
    answer = await ask(CONTACT, id=more.pop("id", ACCOUNT), discipline=discipline, **more)
    found: dict[str, Any] = answer["account"]["pointOfContact"]
    return found


async def test_the_counterpart_is_who_serves_longest_in_that_discipline(
    team: Graph, ask: Ask
) -> None:
    assert await contact(ask, "REGULATORY_AUDITOR") == {
        "standing": "SPECIALIST",
        "since": "2021-01-01",
        "person": {"name": "Abe Auditor"},
        "center": {"code": "CEE004"},
    }
    assert team.statements == 1


async def test_without_a_specialist_in_service_it_is_the_manager(team: Graph, ask: Ask) -> None:
    found = await contact(ask, "ENTRY_SPECIALIST")
    assert (found["standing"], found["person"]) == ("PRIMARY_MANAGER", {"name": "R. Alder"})


async def test_without_anybody_it_is_the_desk_and_nobody(team: Graph, ask: Ask) -> None:
    found = await contact(ask, "REGULATORY_AUDITOR", id=ids.encode("Account:A-2"))
    assert found == {"standing": "CENTER_DESK", "since": None, "person": None, "center": None}


async def test_a_counterpart_is_found_in_a_team_longer_than_comes_along(
    team: Graph, ask: Ask
) -> None:
    more: list[worlds.Row] = []
    for n in range(105):  # their discipline comes first by name
        more.append(specialist(f"E-{n}", f"Entry {n:03}"))
        who = f"Specialist:E-{n}"
        more.append(worlds.claim(who, "SERVES", "Account:A-1", topic="VALUATION"))
        more.append(worlds.claim(who, "PRACTISES", "Discipline:ENTRY_SPECIALIST"))
    more.append(worlds.claim("Specialist:E-104", "SERVES", "Account:A-1", date(2019, 1, 1),
                             topic="ORIGIN"))  # fmt: skip
    assert (await write(team, more, at=worlds.RECORDED)).refused == []

    auditor = await contact(ask, "REGULATORY_AUDITOR")
    entry = await contact(ask, "ENTRY_SPECIALIST")

    assert auditor["person"] == {"name": "Abe Auditor"}
    assert entry["person"] == {"name": "Entry 104"}  # the longest serving, on the second page


async def test_a_counterpart_at_an_earlier_day(team: Graph, ask: Ask) -> None:
    found = await contact(ask, "REGULATORY_AUDITOR", moment={"asOf": "2020-06-01"})
    assert found["standing"] == "PRIMARY_MANAGER"


async def test_an_unknown_discipline_is_refused(team: Graph, ask: Ask) -> None:
    await ask(CONTACT, "BAD_USER_INPUT", id=ACCOUNT, discipline="ASTRONOMER")


async def test_a_counterpart_costs_one_statement_and_topics_another(team: Graph, ask: Ask) -> None:
    document = (OPERATIONS / "counterpart-by-discipline.graphql").read_text(encoding="utf-8")

    answer = await ask(document, filerCode="B76", discipline="REGULATORY_AUDITOR")

    assert answer["account"]["counterpart"]["standing"] == "CENTER_DESK"
    assert team.statements == 1  # a team would add its topics


TEAM = """
  query (
    $id: ID!, $disciplines: [String!], $former: Boolean! = false, $first: Int, $after: String
  ) {
    account(by: {id: $id}) {
      team(disciplines: $disciplines, includeFormer: $former, first: $first, after: $after) {
        totalCount { value }
        edges { relationship { topic { code } validFrom } node { name discipline { code } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
"""


async def test_the_team_is_listed_by_discipline(team: Graph, ask: Ask) -> None:
    found = (await ask(TEAM, id=ACCOUNT))["account"]["team"]

    assert [edge["node"]["name"] for edge in found["edges"]] == [
        "Eve Entry",
        "Abe Auditor",
        "Una Auditor",
    ]
    assert found["edges"][1]["node"]["discipline"] == {"code": "REGULATORY_AUDITOR"}
    assert team.statements == 1  # the account with its team


async def test_the_team_of_one_discipline_page_by_page(team: Graph, ask: Ask) -> None:
    wanted = {"id": ACCOUNT, "disciplines": ["regulatory_auditor"], "first": 1}
    first = (await ask(TEAM, **wanted))["account"]["team"]
    second = (await ask(TEAM, after=first["pageInfo"]["endCursor"], **wanted))["account"]["team"]

    assert [each["edges"][0]["node"]["name"] for each in (first, second)] == [
        "Abe Auditor",
        "Una Auditor",
    ]
    assert first["totalCount"] == {"value": 2} or first["pageInfo"]["hasNextPage"]
    await ask(TEAM, "BAD_USER_INPUT", id=ACCOUNT, disciplines=[])


REQUESTS = """
  query ($id: ID!, $moment: MomentInput) {
    account(by: {id: $id}, moment: $moment) {
      centerEligibility
      centerChangeRequests {
        id state fromCenter { code } toCenter { code } account { name } decidedOn decision
        appeals { id state }
      }
    }
  }
"""


async def test_requests_read_as_they_stood(team: Graph, ask: Ask) -> None:
    now = (await ask(REQUESTS, id=ACCOUNT))["account"]
    assert team.statements == 4  # account, requests, things, the request appealed
    before = (await ask(REQUESTS, id=ACCOUNT, moment={"asOf": "2023-02-01"}))["account"]
    earlier = (await ask(REQUESTS, id=ACCOUNT, moment={"asOf": "2023-01-09"}))["account"]

    assert [each["state"] for each in now["centerChangeRequests"]] == ["REQUESTED", "DENIED"]
    assert now["centerChangeRequests"][0]["appeals"]["state"] == "DENIED"
    assert [each["state"] for each in before["centerChangeRequests"]] == ["REQUESTED"]
    assert before["centerChangeRequests"][0]["decision"] is None
    assert earlier["centerChangeRequests"] == []
    assert now["centerEligibility"] == "ELIGIBLE"


async def test_a_request_is_found_by_its_id(team: Graph, ask: Ask) -> None:
    wanted = ids.encode("CenterChangeRequest:CR-1")
    document = "query ($id: ID!) { node(id: $id) { ... on CenterChangeRequest { statement } } }"
    assert (await ask(document, id=wanted))["node"] == {"statement": "The goods are machine parts."}


CENTER = """
  query ($code: String!, $disciplines: [String!], $states: [CenterChangeState!]) {
    center(code: $code) {
      managers { nodes { name } }
      specialists(disciplines: $disciplines) { nodes { name } }
      scopes { chapter { code } fromHeading toHeading precedence source { name } }
      changeRequests(states: $states) { id state }
    }
  }
"""


async def test_a_center_lists_who_and_what_belongs_to_it(team: Graph, ask: Ask) -> None:
    found = (await ask(CENTER, code="Machinery", states=["REQUESTED"]))["center"]
    other = (await ask(CENTER, code="CEE004", disciplines=["ENTRY_SPECIALIST"]))["center"]

    assert [each["state"] for each in found["changeRequests"]] == ["REQUESTED"]
    assert [(s["chapter"]["code"], s["fromHeading"]) for s in found["scopes"]] == [("61", "6101")]
    assert [node["name"] for node in other["managers"]["nodes"]] == ["R. Alder", "S. Birch"]
    assert [node["name"] for node in other["specialists"]["nodes"]] == ["Eve Entry"]
    assert [each["state"] for each in other["changeRequests"]] == ["DENIED", "REQUESTED"]


async def test_a_chapter_names_the_center_with_most_of_it_first(team: Graph, ask: Ask) -> None:
    document = (
        """{ htsChapter(code: "61") { title centers { code } scopes { center { code } } } }"""
    )

    found = (await ask(document))["htsChapter"]

    assert [center["code"] for center in found["centers"]] == ["CEE004", "CEE010"]
    assert [scope["center"]["code"] for scope in found["scopes"]] == ["CEE010", "CEE004"]


async def test_the_centers_of_several_chapters_cost_what_those_of_one_do(
    team: Graph, ask: Ask
) -> None:
    more: list[worlds.Row] = [
        reference("HtsChapter", "62", title="Woven apparel"),
        worlds.NodeRow("HtsHeading", "6201", ("HtsHeading",), {"code": "6201", "chapter": "62"}),
    ]
    for code, precedence in (("CEE004", 8), ("CEE010", 9)):
        more.append(
            worlds.claim(
                "HtsChapter:62",
                "SCOPE_OF",
                f"Center:{code}",
                precedence=precedence,
                basis="inferred",
            )
        )
    assert (await write(team, more, at=worlds.RECORDED)).refused == []
    team.statements = 0
    document = (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on HtsChapter { centers { code } } } }"
    )

    found = await ask(document, ids=[ids.encode(f"HtsChapter:{code}") for code in ("61", "62")])

    both = [{"code": "CEE004"}, {"code": "CEE010"}]
    assert found["nodes"] == [{"centers": both}, {"centers": both}]
    assert team.statements == 3  # the chapters, their scopes, their headings


async def test_a_discipline_names_who_practises_it(team: Graph, ask: Ask) -> None:
    document = """
      query ($centers: [String!]) {
        discipline(code: "REGULATORY_AUDITOR") {
          reportsTo specialists(centers: $centers) { nodes { name accounts { nodes { name } } } }
        }
        disciplines { name }
      }
    """
    all_ = await ask(document)
    some = await ask(document, centers=["Apparel, Footwear & Textiles"])

    names = [node["name"] for node in all_["discipline"]["specialists"]["nodes"]]
    assert names == ["Abe Auditor", "Una Auditor", "Zoe Auditor"]
    assert [n["name"] for n in some["discipline"]["specialists"]["nodes"]] == names[:2]
    assert [each["name"] for each in all_["disciplines"]] == [
        "Entry specialist",
        "Regulatory auditor",
    ]
    await ask(document, "BAD_USER_INPUT", centers=["Atlantis"])


MANAGERS = """
  query (
    $centers: [String!], $national: Boolean, $active: Boolean = true,
    $first: Int, $after: String, $last: Int
  ) {
    accountManagers(
      centers: $centers, national: $national, active: $active,
      first: $first, after: $after, last: $last
    ) {
      totalCount { value relation }
      nodes { name }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }
"""


async def test_account_managers_by_name_both_ways(team: Graph, ask: Ask) -> None:
    first = (await ask(MANAGERS, first=1))["accountManagers"]
    second = (await ask(MANAGERS, first=1, after=first["pageInfo"]["endCursor"]))["accountManagers"]
    last = (await ask(MANAGERS, last=1, national=True, centers=["CEE004"]))["accountManagers"]
    none = (await ask(MANAGERS, active=False))["accountManagers"]

    assert [each["nodes"][0]["name"] for each in (first, second, last)] == [
        "R. Alder",
        "S. Birch",
        "S. Birch",
    ]
    assert first["totalCount"] == {"value": 2, "relation": "EXACT"}
    assert (second["pageInfo"]["hasNextPage"], last["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert none["nodes"] == []


async def test_reference_data_by_code(team: Graph, ask: Ask) -> None:
    assert (await ask('{ port(code: "9999") { name } }'))["port"] is None
    for bad in ('port(code: "12")', 'htsChapter(code: "1")', 'discipline(code: "?")'):
        await ask(f"{{ {bad} {{ code }} }}", "BAD_USER_INPUT")
    term = worlds.NodeRow(
        "Term", "TOPIC.VALUATION", ("Term",),
        {
            "vocabulary": "TOPIC",
            "code": "VALUATION",
            "label": "Valuation",
            "validTo": date(2025, 1, 1),
        },
    )  # fmt: skip
    await write(team, [term], at=LATER)
    document = "query ($on: Date) { vocabulary(name: TOPIC, on: $on) { label } }"
    assert (await ask(document, on="2024-01-01"))["vocabulary"] == [{"label": "Valuation"}]
    assert (await ask(document, on="2025-01-01"))["vocabulary"] == []
