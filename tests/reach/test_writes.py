"""Writes of who reaches some accounts: about their own, and about what hangs on no other."""

import pytest

from graph import ids
from graph.load.write import write
from graph.policy import Viewer
from graph.session import Graph
from tests import worlds
from tests.reach.conftest import DIRECTOR, MANAGER, Ask, Told
from tests.reach.random_world import thing

OPEN = """
  mutation ($input: IssueInput!) {
    saveIssue(input: $input) {
      issue { title account { name } } userErrors { code path }
    }
  }
"""
RESOLVE = """
  mutation ($id: ID!) {
    resolveIssue(input: {id: $id, resolution: "Done."}) {
      issue { status } userErrors { code path }
    }
  }
"""
REQUEST = """
  mutation ($id: ID!) {
    requestCenterChange(input: {
      accountId: $id, toCenter: "CEE002", basis: BUSINESS_PRACTICE, statement: "It moved."
    }) { request { state } userErrors { code path } }
  }
"""


async def opened(ask: Ask, viewer: Viewer, account: str) -> Told:
    given = {"accountId": ids.encode(f"Account:{account}"), "purpose": "ADVICE", "title": "Help"}
    return await ask(viewer, OPEN, input=given)


def errors(told: Told, field: str) -> list[str]:
    return [each["code"] for each in told.data[field]["userErrors"]]


async def test_a_manager_opens_an_issue_of_their_own_account_and_sees_it(ask: Ask) -> None:
    told = await opened(ask, MANAGER, "A-1")

    assert told.codes == []
    assert told.data["saveIssue"] == {
        "issue": {"title": "Help", "account": {"name": "Harbor Mill"}},
        "userErrors": [],
    }


@pytest.mark.parametrize(
    ("viewer", "account", "code"),
    [
        (MANAGER, "A-2", "NOT_PERMITTED"),  # the Center's: read only
        (MANAGER, "A-3", "NOT_FOUND"),  # out of reach
        (MANAGER, "none", "NOT_FOUND"),
        (DIRECTOR, "A-3", "NOT_FOUND"),
    ],
)
async def test_no_issue_is_opened_of_another_account(
    centers: Graph, ask: Ask, viewer: Viewer, account: str, code: str
) -> None:
    told = await opened(ask, viewer, account)

    assert told.data["saveIssue"]["issue"] is None
    assert told.data["saveIssue"]["userErrors"] == [{"code": code, "path": ["input", "accountId"]}]


async def test_a_director_writes_about_the_center_s_accounts(ask: Ask) -> None:
    told = await opened(ask, DIRECTOR, "A-2")

    assert errors(told, "saveIssue") == []


async def test_what_is_hidden_and_what_is_missing_are_refused_alike(ask: Ask) -> None:
    hidden, missing = [await opened(ask, MANAGER, id_) for id_ in ("A-3", "none")]

    assert hidden == missing


async def test_an_issue_that_concerns_another_account_too_is_not_theirs_alone(ask: Ask) -> None:
    told = await ask(MANAGER, RESOLVE, id=ids.encode("Issue:I-1"))

    assert errors(told, "resolveIssue") == ["NOT_PERMITTED"]


async def test_a_manager_asks_for_another_center_for_their_own(ask: Ask) -> None:
    own = await ask(MANAGER, REQUEST, id=ids.encode("Account:A-1"))
    other = await ask(MANAGER, REQUEST, id=ids.encode("Account:A-2"))

    assert errors(own, "requestCenterChange") == []
    assert own.data["requestCenterChange"]["request"] == {"state": "REQUESTED"}
    assert errors(other, "requestCenterChange") == ["NOT_PERMITTED"]


FLAG = """
  mutation ($id: ID!) {
    raiseRiskFlag(input: {flag: {
      subjectId: $id, kind: "PENALTY", evidence: [{name: "Register"}]
    }}) { flag { subject { label } } userErrors { code path } }
  }
"""


async def test_a_manager_flags_their_own_account_and_no_party(centers: Graph, ask: Ask) -> None:
    term = {"vocabulary": "RISK_FLAG_KIND", "code": "PENALTY", "label": "Penalty"}
    await write(centers, [thing("Term", "RISK_FLAG_KIND.PENALTY", **term)], at=worlds.RECORDED)

    own = await ask(MANAGER, FLAG, id=ids.encode("Account:A-1"))
    party = await ask(MANAGER, FLAG, id=ids.encode("Party:O-1"))

    assert own.data["raiseRiskFlag"]["flag"] == {"subject": {"label": "Harbor Mill"}}
    assert errors(party, "raiseRiskFlag") == ["NOT_PERMITTED"]


@pytest.mark.parametrize(
    "document",
    [
        'mutation { it: updateAccount(input: {id: "x"}) { userErrors { code } } }',
        "mutation { it: decideCenterChange(input: "
        '{id: "x", state: DENIED}) { userErrors { code } } }',
        "mutation { it: defineRiskSegment(input: "
        '{name: "N", filter: {}, precedence: 1, treatment: "T"}) { userErrors { code } } }',
    ],
)
@pytest.mark.parametrize("viewer", [MANAGER, DIRECTOR], ids=lambda viewer: viewer.id)
async def test_a_write_about_all_accounts_is_refused(
    ask: Ask, viewer: Viewer, document: str
) -> None:
    told = await ask(viewer, document)

    assert (told.data, told.codes) == ({"it": None}, ["FORBIDDEN"])
    assert told.statements == 0
