"""What an operation may cost, by its text and variables; and what its answer costs."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.policy import DEVELOPMENT
from schema import schema
from schema.extensions.cost import points
from schema.extensions.documents import Documents
from schema.extensions.limits import Limits
from tests.transport.toy import Caller, Context, toy

OPERATIONS = Path(__file__).parents[3] / "docs" / "operations"
READ = sorted(OPERATIONS.glob("*.graphql"))
PEOPLE = "query($n: Int) { people(first: $n) { edges { node { name } } } }"
PAGES = "{ accounts(first: 3) { nodes { issues(first: 5) { nodes { title } } } } }"
ENDS = "{ node(id: 1) { ... on Relationship { from { id } to { id } } } }"
CANVAS = (
    "{ neighborhood(around: [1], limit: %s) {"
    " nodes { entity { id } hidden { type } } relationships { from { id } to { id } } } }"
)
NUMBERS = "{ account(by: {id: 1}) { importerNumbers(first: %s) { nodes { display } } } }"


def cost(text: str, **variables: Any) -> int:
    document = schema.documents.read(text)
    assert document.errors == []
    return schema.documents.estimate(document, None, variables).points


@pytest.mark.parametrize(
    ("_case", "text", "points"),
    [
        ("plain values", "{ __typename }", 0),
        ("a thing", "{ account(by: {id: 1}) { name } }", 1),
        ("things below things", "{ account(by: {id: 1}) { center { code } } }", 2),
        ("a part of a thing", "{ viewer { name } }", 0),
        ("a page not sized", "{ accounts { nodes { name } } }", 20),
        ("a page", "{ accounts(first: 3) { nodes { name } } }", 3),
        ("its edges and nodes", "{ accounts(first: 3) { edges { cursor } nodes { name } } }", 6),
        ("its total only", "{ accounts(first: 100) { totalCount { value } } }", 0),
        ("a page below a page", PAGES, 18),
        ("things below a page", "{ accounts(first: 3) { nodes { center { code } } } }", 6),
        ("a list with a limit", "{ account(by: {id: 1}) { agenda(limit: 4) { dueOn } } }", 5),
        ("things by ids", "{ nodes(ids: [1, 2, 3]) { id } }", 3),
        ("one by id", "{ node(id: 1) { id } }", 1),
        ("a weight once, and its page", '{ search(text: "a", first: 10) { nodes { id } } }', 15),
        ("a weight for each of a page", "{ accounts(first: 3) { nodes { risk { score } } } }", 33),
        ("the ends of a claim", ENDS, 1),
        ("numbers, half each", NUMBERS % 5, 4),
        ("a part to draw", CANVAS % 100, 105),
        ("the largest part to draw", CANVAS % 1000, 825),
        ("in a fragment, twice", "{ ...F ...F } fragment F on Query { centers { code } }", 2),
    ],
)  # fmt: skip
def test_points_are_weights_and_one_for_each_thing_or_entry(
    _case: str, text: str, points: int
) -> None:
    assert cost(text) == points


def test_a_text_whose_variables_change_no_size_is_added_up_once() -> None:
    fixed = schema.documents.read("query($id: ID!) { node(id: $id) { id } }").operations[None].size
    sized = toy.documents.read(PEOPLE).operations[None].size

    assert (fixed.parts, points(fixed.fixed[1])) == ([], 1)
    assert len(sized.parts) == 1
    assert [points(sized.count({"n": n})[1]) for n in (1, 7)] == [1, 7]


@pytest.mark.parametrize(
    ("answer", "spent"),
    [
        ({"people": {"edges": [{"node": {"name": "Ada"}}, {"node": {"name": "Emar"}}]}}, 2),
        ({"people": {"edges": []}}, 0),
        ({"people": None}, 0),
    ],
)
def test_an_answer_costs_what_is_in_it(answer: dict[str, Any], spent: int) -> None:
    size = toy.documents.read(PEOPLE).operations[None].size

    assert points(size.spent(answer)) == spent


def test_nulls_in_lists_and_other_types_are_not_charged() -> None:
    text = "{ a: nodes(ids: [1, 2]) { id ... on Party { flags { id } } } }"
    size = schema.documents.read(text).operations[None].size

    assert points(size.spent({"a": [None, {"id": "x"}]})) == 1
    assert points(size.spent({"a": [None, {"id": "x", "flags": [{"id": "y"}, {"id": "z"}]}]})) == 3


async def test_an_operation_beyond_the_most_is_refused_before_it_runs() -> None:
    found = await schema.execute(
        "{ accounts(first: 100) { nodes { risk { score } } } }", {}, _context()
    )

    assert [(error.message, error.extensions) for error in found.errors or []] == [
        (
            "The operation costs 1100 points, at most 1000 are run: ask for smaller pages, or for"
            " less below them.",
            {"code": "COST_EXCEEDED"},
        )
    ]


def test_the_most_is_run() -> None:
    documents = Documents(toy._schema, Limits(points=7))
    document = documents.read(PEOPLE)

    assert documents.estimate(document, None, {"n": 7}).runs
    assert not documents.estimate(document, None, {"n": 8}).runs
    assert documents.estimate(documents.read("{ nothing }"), None, {}).size is None


@pytest.mark.parametrize("file", READ, ids=lambda file: file.stem)
def test_each_operation_costs_what_its_table_says(file: Path) -> None:
    document = schema.documents.read(file.read_text(encoding="utf-8"))
    variables = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    table = (OPERATIONS / "README.md").read_text(encoding="utf-8")
    row = next((line for line in table.splitlines() if line.startswith(f"| `{file.stem}` |")), "")

    found = schema.documents.estimate(document, None, variables)

    assert found.runs is not bool(document.errors)
    assert bool(row) is not bool(document.errors)
    assert not row or int(row.split("|")[3]) == found.points


async def test_introspection_costs_nothing() -> None:
    found = await toy.execute("{ __schema { types { name } } }", {}, Context(Caller("Ada")))

    assert found.errors is None
    assert cost("{ __schema { types { name fields { name } } } }") == 0


def _context() -> Any:
    class Nothing:
        viewer = DEVELOPMENT

    return Nothing()
