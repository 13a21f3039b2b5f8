"""Random histories with corrections, read at random moments, beside a replay of the claims."""

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
from tests import worlds
from tests.resolvers.histories import Ends, Saying, claimed, moment, recorded

DOCUMENT = """
  query ($moment: MomentInput) {
    account(by: {id: "QWNjb3VudDpBLTE"}, moment: $moment) {
      name
      managers(first: 100) { edges { relationship { role } node { key } } }
      center { key }
      importerNumbers(first: 100) { nodes { key } }
      team(first: 100) { nodes { key } }
      ... on ImporterAccount { brokers(first: 100) { nodes { key } } }
    }
    party(by: {id: "UGFydHk6Ty0x"}, moment: $moment) {
      ... on Organization { owners(first: 100) { edges { share { min } node { ... on Party { key } } } } }
    }
  }
"""  # noqa: E501
ENDS: Ends = {
    "MANAGED_BY": (
        ["Account:A-1"],
        ["AccountManager:M-1", "AccountManager:M-2"],
        ["PRIMARY", "BACKUP"],
    ),
    "ASSIGNED_TO": (["Account:A-1"], ["Center:CEE001", "Center:CEE002"], ["APPEAL"]),
    "IDENTIFIES": (["ImporterNumber:N-1", "ImporterNumber:N-2"], ["Account:A-1"], [None]),
    "SERVES": (["Specialist:S-1", "Specialist:S-2"], ["Account:A-1"], ["VALUATION"]),
    "GRANTED_POA": (["Account:A-1"], ["Account:B-1", "Account:B-2"], [None]),
    "OWNS": (["Party:P-1", "Party:P-2"], ["Party:O-1"], [10, 35, 50]),
}


class Said(Saying):
    """A claim, or a new name of the account."""

    @property
    def row(self) -> worlds.Row:
        """As the writer takes it."""
        return worlds.account("A-1", self.value) if self.type == "NAME" else super().row


@st.composite
def sayings(draw: st.DrawFn) -> Said:
    turn = draw(st.integers(1, 12))
    type_ = draw(st.sampled_from([*ENDS, "NAME"]))
    if type_ == "NAME":
        return Said(turn, type_, value=draw(st.sampled_from(["One", "Two", "Three"])))
    return claimed(draw, Said, turn, type_, ENDS)


def things(key: IdentifierKey) -> list[worlds.Row]:
    discipline = worlds.NodeRow("Discipline", "D", ("Discipline",), {"code": "D", "name": "D"})
    made: list[worlds.Row] = [
        worlds.account("A-1", "First"),
        *(worlds.account(f"B-{n}", f"Broker {n}", "Broker") for n in (1, 2)),
        *(worlds.manager(f"M-{n}", f"Manager {n}") for n in (1, 2)),
        *(worlds.center(f"CEE00{n}", f"Center {n}") for n in (1, 2)),
        *(worlds.number(key, f"N-{n}", f"12-345678{n}AB") for n in (1, 2)),
        *(worlds.person(f"P-{n}", f"Person {n}") for n in (1, 2)),
        worlds.organization("O-1", "Owned"),
        discipline,
    ]
    for n in (1, 2):
        properties: dict[str, object] = {"name": f"Specialist {n}", "active": True}
        made.append(worlds.NodeRow("Specialist", f"S-{n}", ("Specialist",), properties))
        made.append(worlds.claim(f"Specialist:S-{n}", "PRACTISES", "Discipline:D"))
    return made


def replayed(history: list[Said], day: int, turn: int) -> dict[str, Any]:
    """What was known by the turn to hold on the day."""
    last: dict[tuple[Any, ...], Said] = {}
    name = "First"
    for said in history:
        if said.turn <= turn:
            name = said.value if said.type == "NAME" else name
            last[said.claim] = said
    holding = [said for said in last.values() if said.type != "NAME" and said.holds(day)]

    def others(type_: str, at_start: bool = False) -> list[str]:
        found = [said for said in holding if said.type == type_]
        return sorted(said.start if at_start else said.end for said in found)

    return {
        "name": name,
        "managers": sorted((s.end, s.value) for s in holding if s.type == "MANAGED_BY"),
        "center": others("ASSIGNED_TO"),
        "numbers": others("IDENTIFIES", at_start=True),
        "team": others("SERVES", at_start=True),
        "brokers": others("GRANTED_POA"),
        "owners": sorted((s.start, s.value) for s in holding if s.type == "OWNS"),
    }


def told(data: dict[str, Any]) -> dict[str, Any]:
    """The same out of an answer."""
    account, owners = data["account"], data["party"]["owners"]["edges"]

    def keys(nodes: list[dict[str, str]]) -> list[str]:
        return sorted(ids.decode(node["key"]) for node in nodes)

    return {
        "name": account["name"],
        "managers": sorted(
            (ids.decode(edge["node"]["key"]), edge["relationship"]["role"])
            for edge in account["managers"]["edges"]
        ),
        "center": keys([account["center"]] if account["center"] else []),
        "numbers": keys(account["importerNumbers"]["nodes"]),
        "team": keys(account["team"]["nodes"]),
        "brokers": keys(account["brokers"]["nodes"]),
        "owners": sorted((ids.decode(e["node"]["key"]), e["share"]["min"]) for e in owners),
    }


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    history=st.lists(sayings(), max_size=14),
    moments=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 13)), min_size=3, max_size=3),
)
async def test_answers_at_any_moment_are_those_of_the_claims_replayed(
    server: Graph,
    seal: Seal,
    key: IdentifierKey,
    history: list[Said],
    moments: list[tuple[int, int]],
) -> None:
    kept = await recorded(server, things(key), history)
    for day, turn in moments:
        context = Context(server, DEVELOPMENT, seal, key)

        answer = await schema.execute(
            DOCUMENT, {"moment": moment(day, turn)}, context_value=context
        )

        assert answer.errors is None
        assert answer.data
        assert told(answer.data) == replayed(kept, day, turn), (kept, day, turn)
