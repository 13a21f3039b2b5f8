"""Accounts by who controls their holders."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.reference.install import install
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.resolvers.conftest import Ask

LIST = """query ($filter: AccountFilter, $moment: MomentInput) {
  accounts(filter: $filter, moment: $moment) { nodes { name } totalCount { value } } }"""
HOLDERS = ("top", "mid", "low", "half", "wide", "alone")
Given = dict[str, Any]


@pytest.fixture
async def groups(graph: Graph, key: IdentifierKey) -> Graph:
    """
    ada -60%-> top -30%-> mid, ada -21%-> mid, mid -51%-> low, ada -50%-> half, ada -40..60%-> wide
    Each of these, and alone, holds one number, which identifies one account of its name.
    """
    await install(graph, worlds.RECORDED)
    rows: list[worlds.Row] = [worlds.person("P-A", "Ada")]
    for place, name in enumerate(HOLDERS):
        rows += [
            worlds.organization(f"O-{name}", name.title()),
            worlds.account(f"A-{name}", name.title()),
            worlds.number(key, f"N-{name}", f"12-345678{place}00"),
            worlds.claim(f"Party:O-{name}", "HOLDS", f"ImporterNumber:N-{name}"),
            worlds.claim(f"ImporterNumber:N-{name}", "IDENTIFIES", f"Account:A-{name}"),
        ]
    rows += [
        worlds.owns("Party:P-A", "Party:O-top", 60),
        worlds.owns("Party:O-top", "Party:O-mid", 30),
        worlds.owns("Party:P-A", "Party:O-mid", 21),
        worlds.owns("Party:O-mid", "Party:O-low", 51),
        worlds.owns("Party:P-A", "Party:O-half", 50),
        worlds.owns("Party:P-A", "Party:O-wide", 40, 60),
    ]
    assert (await write(graph, rows, at=worlds.RECORDED)).refused == []
    graph.statements = 0
    return graph


def by(id_: str) -> Given:
    return {"controlledBy": ids.encode(f"Party:{id_}")}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (by("P-A"), "Low Mid Top"),  # not half, nor what is wide: control is to be certain
        (by("O-mid"), "Low"),  # not what it holds itself
        (by("O-top"), ""),  # 30 percent of mid alone
        (by("O-alone"), ""),
        (by("P-404"), ""),
        ({"not": by("P-A")}, "Alone Half Wide"),
        ({"anyOf": [by("O-mid"), {"nameContains": "half"}]}, "Half Low"),
        ({"anyOf": [by("P-A"), by("O-mid")], "not": by("O-mid")}, "Mid Top"),
        ({**by("P-A"), "nameContains": "mid"}, "Mid"),
    ],
)
async def test_accounts_whose_holders_a_party_controls(
    groups: Graph, ask: Ask, given: Given, found: str
) -> None:
    answer = (await ask(LIST, filter=given))["accounts"]

    assert " ".join(sorted(each["name"] for each in answer["nodes"])) == found
    assert answer["totalCount"]["value"] == len(found.split())


@pytest.mark.parametrize(
    "id_", ["nonsense", ids.encode("Account:A-low"), ids.encode("Center:CEE001")]
)
async def test_an_id_of_no_party_is_refused(
    groups: Graph, seal: Seal, key: IdentifierKey, id_: str
) -> None:
    variables = {"filter": {"anyOf": [{"controlledBy": id_}]}}
    context = Context(groups, Viewer("one", "One", tuple(Permission), True), seal, key)

    [error] = (await schema.execute(LIST, variables, context_value=context)).errors or []

    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
    assert "filter.anyOf.0.controlledBy" in error.message


async def test_it_needs_the_right_to_read_ownership(
    groups: Graph, seal: Seal, key: IdentifierKey
) -> None:
    few = Viewer("few", "Few", tuple(set(Permission) - {Permission.READ_OWNERSHIP}), True)
    for given in (by("P-A"), {"not": by("P-A")}):
        context = Context(groups, few, seal, key)
        answer = await schema.execute(LIST, {"filter": given}, context_value=context)
        [error] = answer.errors or []
        assert (error.extensions or {})["code"] == "FORBIDDEN"


async def test_control_is_that_of_the_moment(groups: Graph, ask: Ask) -> None:
    sold = worlds.ClaimRow(
        "OWNS", "Party:P-A", "Party:O-alone", worlds.REGISTER, date(2022, 1, 1), date(2023, 1, 1),
        {"interest": "SHAREHOLDING", "minShare": 10**9, "maxShare": 10**9, "disclosed": True},
    )  # fmt: skip
    await write(groups, [sold], at=datetime(2023, 6, 1, tzinfo=UTC))
    found = {}
    for moment in (
        {"asOf": "2022-06-01"},
        {"asOf": "2023-01-01"},
        {"asOf": "2022-06-01", "knownAt": "2023-01-01T00:00:00Z"},
    ):
        answer = await ask(LIST, filter=by("P-A"), moment=moment)
        found[str(moment)] = "Alone" in {each["name"] for each in answer["accounts"]["nodes"]}

    assert list(found.values()) == [True, False, False]


async def test_what_it_costs(groups: Graph, ask: Ask) -> None:
    """The log's place, the accounts of all that is controlled, and the page with its count."""
    await ask(LIST, filter=by("P-A"))
    groups.statements = 0

    await ask(LIST, filter=by("P-A"))

    assert groups.statements == 3
