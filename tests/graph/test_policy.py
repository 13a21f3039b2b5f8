"""The seam through which every question passes."""

import ast
from pathlib import Path

import pytest

from graph import policy
from graph.errors import Forbidden, Unauthenticated
from graph.policy import DEVELOPMENT, Viewer
from graph.terms import Permission

GRAPH = Path(__file__).parents[2] / "graph"
PUBLIC = {  # what CBP publishes: whoever is signed in may ask
    "entities.public",
    "staff.centers",
    "staff.disciplines",
    "staff.vocabulary",
    "tariff.scopes",
}
ELSEWHERE = {  # the gate stands in what they call before they ask anything
    "account_lists.ranked",
    "account_search.gather",
    "account_search.search",
    "caseloads.caseloads",
    "reassignment.simulate",
}
GATES = (
    "policy.admit(viewer)",
    "policy.require(viewer, ",
    "seen = await reach(graph, viewer",
    "await reach(graph, viewer",
)
STRANGER = Viewer("stranger", "Stranger", ())


def questions() -> list[tuple[str, ast.AsyncFunctionDef]]:
    return [
        (f"{path.stem}.{node.name}", node)
        for path in sorted(GRAPH.glob("*.py"))
        if path.stem not in ("reach", "bounds")  # the gates themselves
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
        if any(given.arg == "viewer" for given in node.args.args)
    ]


def named(value: object) -> str:
    """A test's id, the same in every process."""
    return value if isinstance(value, str) else "viewer"


@pytest.mark.parametrize(("name", "question"), questions(), ids=named)
def test_a_question_takes_its_viewer_to_the_policy_first(
    name: str, question: ast.AsyncFunctionDef
) -> None:
    first, second = question.args.args[:2]
    assert (first.arg, second.arg) == ("graph", "viewer")
    gate = ast.unparse(question.body[1])  # after the docstring
    if name in PUBLIC:
        assert gate == "policy.known(viewer)"
    elif name not in ELSEWHERE:
        assert gate.startswith(GATES), gate


def test_who_is_not_known_may_ask_nothing() -> None:
    with pytest.raises(Unauthenticated):
        policy.admit(None)
    with pytest.raises(Forbidden):
        policy.admit(STRANGER)


def test_a_permission_is_asked_for_by_name() -> None:
    limited = Viewer("limited", "Limited", (Permission.READ_RISK,), sees_all=True)

    policy.require(DEVELOPMENT, Permission.READ_OWNERSHIP)
    policy.require(limited, Permission.READ_RISK)
    with pytest.raises(Forbidden, match="READ_OWNERSHIP"):
        policy.require(limited, Permission.READ_OWNERSHIP)
