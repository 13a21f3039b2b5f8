"""A way to write to the graph, and to see that nothing was written."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph import changes, ids
from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.load.rows import NodeRow
from graph.paging import Seal
from graph.session import Graph
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
}


def term(vocabulary: str, code: str) -> NodeRow:
    """A word of a vocabulary."""
    properties: dict[str, object] = {"vocabulary": vocabulary, "code": code, "label": code}
    return NodeRow("Term", f"{vocabulary}.{code}", ("Term",), properties)
