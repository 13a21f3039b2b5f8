"""A way to write to the graph, and to see that nothing was written."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph import changes, ids
from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.load.rows import NodeRow
from graph.load.write import write
from graph.paging import Seal
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask, asking

PAYLOAD = """
  userErrors { code message path } cursor replayed
  changes {
    kind actor reason subject { key } account { key } properties { property before after }
    relationship { id }
  }
"""
Give = Callable[..., Awaitable[dict[str, Any]]]
Refuse = Callable[..., Awaitable[None]]
Wrong = tuple[str, str]
"""The code of a refusal and its path, joined by dots."""


def gid(key: str) -> str:
    """The global id of a stored key."""
    return ids.encode(key)


@pytest.fixture
def ask(graph: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    """The data of one operation, whose errors must be the ones expected; none by default."""
    return asking(graph, seal, key)


@pytest.fixture
def give(ask: Ask) -> Give:
    """What a mutation answers: give(name, what to select of its own, **input)."""

    async def given(name: str, selected: str, /, **input: object) -> dict[str, Any]:
        kind = f"{INPUTS[name]}Input"
        document = (
            f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ {selected} {PAYLOAD} }} }}"
        )
        answer: dict[str, Any] = (await ask(document, input=input))[name]
        return answer

    return given


@pytest.fixture
def refuse(graph: Graph, give: Give) -> Refuse:
    """Gives a command that must be refused for these reasons, and must change nothing."""

    async def refused(name: str, wrong: list[Wrong], /, **input: object) -> None:
        before = await digest(graph), await changes.place(graph)

        answer = await give(name, "", **input)

        said = [(e["code"], ".".join(e["path"])) for e in answer["userErrors"]]
        assert sorted(said) == sorted(wrong), answer["userErrors"]
        assert all(error["message"].endswith(".") for error in answer["userErrors"])
        assert (answer["changes"], answer["cursor"], answer["replayed"]) == ([], None, False)
        assert (await digest(graph), await changes.place(graph)) == before

    return refused


INPUTS = {
    "recordRelationships": "RecordRelationships",
    "correctRelationship": "CorrectRelationship",
    "endRelationship": "End",
    "raiseRiskFlag": "RaiseRiskFlag",
    "resolveRiskFlag": "Resolve",
    "assignManager": "AssignManager",
    "assignCenter": "AssignCenter",
    "assignSpecialist": "AssignSpecialist",
    "requestCenterChange": "RequestCenterChange",
    "decideCenterChange": "DecideCenterChange",
    "applyForIsa": "ApplyForIsa",
    "changeIsaStatus": "ChangeIsaStatus",
    "recordAnnualNotification": "AnnualNotification",
    "openAccount": "OpenAccount",
    "saveView": "SavedView",
    "saveWebhook": "Webhook",
    **dict.fromkeys(
        ("rotateWebhookSecret", "pingWebhook", "redeliverWebhook", "deleteWebhook"), "Target"
    ),
    "deleteView": "Target",
    "startImport": "StartImport",
    "cancelJob": "Target",
    "saveIssue": "Issue",
    "resolveIssue": "Resolve",
    "saveImporterNumber": "ImporterNumber",
    "saveFilerCode": "FilerCode",
    "saveParty": "Party",
    "saveAccountManager": "AccountManager",
    "saveSpecialist": "Specialist",
    "updateAccount": "UpdateAccount",
    "closeAccount": "End",
    "attachIdentifiers": "Identifiers",
    "detachIdentifiers": "Identifiers",
    "splitAccount": "SplitAccount",
    "mergeAccounts": "MergeAccounts",
    "defineRiskSegment": "RiskSegment",
    "saveStrategy": "Strategy",
}


def term(vocabulary: str, code: str) -> NodeRow:
    """A word of a vocabulary."""
    properties: dict[str, object] = {"vocabulary": vocabulary, "code": code, "label": code}
    return NodeRow("Term", f"{vocabulary}.{code}", ("Term",), properties)


@pytest.fixture
async def quay(harbor: Graph, key: IdentifierKey) -> Graph:
    """The harbor with a free number, a broker, a closed account and a participation."""
    part: dict[str, object] = {"status": "SUSPENDED"}
    rows: list[worlds.Row] = [
        worlds.number(key, "N-3", "12-3456789AD"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.account("B-1", "Broker", "Broker"),
        worlds.code("ABC"),
        worlds.manager("M-9", "U. Dogwood", active=False),
        worlds.center("CEE007", "Electronics"),
        NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), part),
        worlds.claim("FilerCode:ABC", "IDENTIFIES", "Account:B-1"),
        worlds.claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:I-1"),
        worlds.claim("IsaParticipation:I-1", "COVERS", "ImporterNumber:N-2"),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


@pytest.fixture
async def desk(harbor: Graph) -> Graph:
    """The harbor with more accounts, staff and a second Center."""
    isa = NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), {"status": "ACTIVE"})
    anna: dict[str, object] = {"name": "Anna", "active": True}
    bert: dict[str, object] = {"name": "Bert", "active": False}
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Quay Goods"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.manager("M-3", "T. Cedar"),
        worlds.manager("M-9", "U. Dogwood", active=False),
        worlds.center("CEE007", "Electronics"),
        NodeRow("Specialist", "S-1", ("Specialist",), anna),
        NodeRow("Specialist", "S-9", ("Specialist",), bert),
        term("TOPIC", "VALUATION"),
        isa,
        worlds.claim("Account:A-1", "PARTICIPATES_IN", isa.key),
        worlds.claim("AccountManager:M-3", "MEMBER_OF", "Center:CEE004"),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


@pytest.fixture
async def pier(harbor: Graph, key: IdentifierKey) -> Graph:
    """The harbor with an account that has no manager, a broker and more staff."""
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Quay Goods"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.account("B-1", "Broker", "Broker"),
        worlds.number(key, "N-3", "61-234567800"),
        worlds.claim("ImporterNumber:N-3", "IDENTIFIES", "Account:A-2"),
        worlds.manager("M-3", "T. Cedar"),
        worlds.manager("M-9", "U. Dogwood", active=False),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor
