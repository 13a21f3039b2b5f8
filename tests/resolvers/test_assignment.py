"""Who works with an account: teams, counterparts, Centers, disciplines, requests."""

from datetime import date
from pathlib import Path
from typing import Any

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.teams import specialist

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations"
ACCOUNT = ids.encode("Account:A-1")
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
