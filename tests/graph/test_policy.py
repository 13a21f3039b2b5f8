"""The seam through which every question passes."""

import ast
from pathlib import Path

import pytest

from graph import policy
from graph.errors import Forbidden, Unauthenticated
from graph.policy import DEVELOPMENT, Viewer
from graph.terms import Permission

GRAPH = Path(__file__).parents[2] / "graph"
SUBJECTS = ("accounts", "entities", "identifying", "lists", "parties", "staff")
PUBLIC = {"terms"}  # vocabularies are public reference data
STRANGER = Viewer("stranger", "Stranger", ())


def questions() -> list[tuple[str, ast.AsyncFunctionDef]]:
    return [
        (f"{subject}.{node.name}", node)
        for subject in SUBJECTS
        for node in ast.parse((GRAPH / f"{subject}.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize(("name", "question"), questions(), ids=lambda value: str(value)[:40])
def test_a_question_takes_its_viewer_to_the_policy_first(
    name: str, question: ast.AsyncFunctionDef
) -> None:
    if name.partition(".")[2] in PUBLIC:
        return
    first, second = question.args.args[:2]
    assert (first.arg, second.arg) == ("graph", "viewer")
    statements = question.body[1:]  # after the docstring
    assert ast.unparse(statements[0]) == "policy.admit(viewer)"


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
