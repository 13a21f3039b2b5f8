"""Random histories with corrections, asked through lists, filters, counts, search and the past.

The same as `test_histories`, for what stands on the other side of a relationship: portfolios,
clients, holdings, issues, loads, and things by what they were called.
"""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import ids
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests.resolvers.histories import moment, recorded
from tests.resolvers.replayed import Known, Said, sayings, things

QUESTIONS = [  # asked one after another: on an empty database each is planned first
    """query ($moment: MomentInput, $manager: ID!, $broker: ID!) {
      managed: accounts(first: 5, filter: {managerIds: [$manager]}, moment: $moment) { ...Keys }
      brokered: accounts(first: 5, filter: {brokerId: $broker}, moment: $moment) { ...Keys }
      named: accounts(first: 5, filter: {nameContains: "lant"}, moment: $moment) { ...Keys } }""",
    """query ($moment: MomentInput) {
      centered: accounts(first: 5, filter: {centers: ["CEE001"]}, moment: $moment) { ...Keys }
      suspended: accounts(first: 5, filter: {statuses: [SUSPENDED]}, moment: $moment) { ...Keys }
      troubled: accounts(first: 5, filter: {hasOpenIssue: true}, moment: $moment) { ...Keys }
      alone: accounts(
        first: 5, filter: {hasPrimaryManager: false, kinds: [IMPORTER]}, moment: $moment
      ) { ...Keys }
      ordered: accounts(first: 5, orderBy: NAME_DESC, moment: $moment) { ...Keys nodes { name } }
    }""",
    """query ($moment: MomentInput) {
      search(first: 5, text: "lantern", moment: $moment) { nodes { key } }
      issues(first: 5, filter: {statuses: [OPEN]}, moment: $moment) { nodes { key } }
      number: account(by: {importerNumber: "12-3456781AB"}, moment: $moment) { key } }""",
    """query ($moment: MomentInput, $manager: ID!) {
      accountManager(id: $manager, moment: $moment) {
        accounts(role: PRIMARY, first: 5) { nodes { key } }
        caseload { accounts withPrimaryManager openIssues } } }""",
    """query ($moment: MomentInput) {
      center(code: "CEE001", moment: $moment) {
        accounts(first: 5) { nodes { key } }
        caseload { accounts withPrimaryManager openIssues } } }""",
    """query ($moment: MomentInput, $broker: ID!, $holder: ID!) {
      broker: account(by: {id: $broker}, moment: $moment) {
        ... on BrokerAccount { clients(first: 5) { nodes { key } } } }
      party(by: {id: $holder}, moment: $moment) {
        holdings(first: 5) { edges { share { min } node { key } } }
        importerNumbers(first: 5) { nodes { key } } accounts(first: 5) { nodes { key } } } }""",
    """query ($moment: MomentInput, $first: ID!) {
      account(by: {id: $first}, moment: $moment) {
        pointOfContact { standing }
        issues(first: 5) { nodes { key } }
        holders(first: 5) { nodes { key } }
        managers(includeFormer: true, first: 5) {
          edges { relationship { validFrom validTo } node { key } } }
        importerNumbers(includeFormer: true, first: 5) {
          edges { relationship { validFrom validTo } node { key } } }
        centers: relationships(types: [ASSIGNED_TO], includeFormer: true, first: 5) {
          nodes { validFrom validTo to { key } } } } }""",
    """query ($moment: MomentInput, $first: ID!, $past: MomentInput!) {
      comparison(of: $first, from: $past, to: $moment, relationshipTypes: [ASSIGNED_TO]) {
        differences { before { to { key } } after { to { key } } } } }""",
]
KEYS = "fragment Keys on AccountConnection { totalCount { value } nodes { key } }"
ASKED = {
    "first": ids.encode("Account:A-1"),
    "manager": ids.encode("AccountManager:M-1"),
    "broker": ids.encode("Account:B-1"),
    "holder": ids.encode("Party:O-1"),
}


def keys(found: dict[str, Any] | None) -> set[str]:
    """The things of a list."""
    nodes = (found or {"nodes": []})["nodes"]
    decoded = [ids.decode(node["key"]) for node in nodes]
    assert len(decoded) == len(set(decoded))
    assert (found or {}).get("totalCount", {"value": len(nodes)}) == {"value": len(nodes)}
    return set(decoded)


def past(found: dict[str, Any]) -> set[tuple[str | None, str, str | None]]:
    """What was joined with something, from when and to when."""
    return {(key(edge["node"]), *edge["relationship"].values()) for edge in found["edges"]}


def key(node: dict[str, str] | None) -> str | None:
    return ids.decode(node["key"]) if node else None


def told(data: dict[str, Any]) -> dict[str, Any]:
    """The same out of an answer."""
    account, party = data["account"], data["party"]
    lists = ("managed", "centered", "suspended", "named", "troubled", "alone", "brokered")
    manager, center = data["accountManager"], data["center"]
    return {
        **{name: keys(data[name]) for name in (*lists, "search", "issues")},
        "ordered": [node["name"] for node in data["ordered"]["nodes"]],
        "number": {key(data["number"])} - {None},
        "of manager": keys(manager["accounts"]),
        "load of manager": manager["caseload"],
        "of center": keys(center["accounts"]),
        "load of center": center["caseload"],
        "clients": keys(data["broker"]["clients"]),
        "holdings": {(key(e["node"]), e["share"]["min"]) for e in party["holdings"]["edges"]},
        "numbers": keys(party["importerNumbers"]),
        "held": keys(party["accounts"]),
        "standing": account["pointOfContact"]["standing"],
        "issues of account": keys(account["issues"]),
        "managers": past(account["managers"]),
        "identifiers": past(account["importerNumbers"]),
        "centers": {
            (key(each["to"]), each["validFrom"], each["validTo"])
            for each in account["centers"]["nodes"]
        },
        "holders": keys(account["holders"]),
        "differences": {
            (each["before"], key(each["after"] and each["after"]["to"]))
            for each in data["comparison"]["differences"]
        },
    }


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    history=st.lists(sayings(), max_size=16),
    moments=st.lists(st.tuples(st.integers(0, 14), st.integers(1, 13)), min_size=3, max_size=3),
)
async def test_lists_at_any_moment_are_those_of_the_claims_replayed(
    server: Graph,
    seal: Seal,
    key: IdentifierKey,
    history: list[Said],
    moments: list[tuple[int, int]],
) -> None:
    kept = await recorded(server, things(key), history)
    for day, turn in moments:
        asked = {**ASKED, "moment": moment(day, turn), "past": moment(0, 0)}
        found: dict[str, Any] = {}
        for question in QUESTIONS:
            text = f"{question} {KEYS}" if "...Keys" in question else question
            context = Context(server, DEVELOPMENT, seal, key)
            answer = await schema.execute(text, asked, context_value=context)
            assert answer.errors is None
            found |= answer.data or {}

        assert told(found) == Known(kept, day, turn).answer, (kept, day, turn)
