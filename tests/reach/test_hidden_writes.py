"""What is out of a caller's reach is refused by each write as what is not there.

Word for word, after the same statements, which touch the store as often.
"""

import re
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type

from graph import changes, ids
from graph.load.digest import digest
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.plans import touches
from tests.reach.conftest import DIRECTOR, MANAGER, Ask
from tests.reach.random_world import FLAG, RECORDED, thing
from tests.reach.writing import SDL, Writer
from tests.schema.test_writes_by_role import OWN, ROWS
from tests.worlds import claim

A1, N1 = ids.encode("Account:A-1"), ids.encode("ImporterNumber:N-1")
DONE = {"resolution": "Done"}
ASKED = {"toCenter": "CEE002", "basis": "APPEAL", "statement": "It moved."}
PLAN = {"title": "Plan", "objective": "Better"}
FOUND = {"kind": "PENALTY", "evidence": [{"name": "Register"}]}
HELP = {"accountId": A1, "purpose": "ADVICE", "title": "Help"}
SAID = {"type": "SUCCESSOR_OF", "source": {"name": "Register"}}
MOVED = {"center": "CEE001", "basis": "BUSINESS_PRACTICE"}
M1 = ids.encode("AccountManager:M-1")
CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("applyForIsa", {"importerNumberIds": [N1]}, "accountId", "Account:A-3"),
    ("applyForIsa", {"accountId": A1}, "importerNumberIds", "ImporterNumber:N-3"),
    ("changeIsaStatus", {"status": "SUSPENDED"}, "id", "IsaParticipation:I-3"),
    (
        "recordAnnualNotification",
        {"dueOn": "2026-01-01", "receivedOn": "2026-01-01"},
        "participationId",
        "IsaParticipation:I-3",
    ),
    ("raiseRiskFlag", FOUND, "flag.subjectId", "Account:A-3"),
    ("raiseRiskFlag", FOUND, "flag.subjectId", "ImporterNumber:N-3"),
    ("resolveRiskFlag", DONE, "id", "RiskFlag:F-3"),
    ("requestCenterChange", ASKED, "accountId", "Account:A-3"),
    (
        "requestCenterChange",
        {"accountId": A1, **ASKED},
        "appealsId",
        "CenterChangeRequest:CR-3",
    ),
    ("saveIssue", {"purpose": "ADVICE", "title": "Help"}, "accountId", "Account:A-3"),
    ("saveIssue", {"title": "Help"}, "id", "Issue:I-3"),
    ("saveIssue", HELP, "concernsIds", "ImporterNumber:N-3"),
    ("saveIssue", HELP, "concernsIds", "Account:A-3"),
    ("saveIssue", HELP, "flagIds", "RiskFlag:F-3"),
    ("resolveIssue", DONE, "id", "Issue:I-3"),
    ("saveStrategy", PLAN, "accountIds", "Account:A-3"),
    ("saveStrategy", PLAN, "issueIds", "Issue:I-3"),
    ("saveStrategy", {"title": "Plan"}, "id", "Strategy:ST-3"),
    (
        "recordRelationships",
        {"toId": N1, **SAID},
        "relationships.fromId",
        "ImporterNumber:N-3",
    ),
    (
        "recordRelationships",
        {"fromId": N1, **SAID},
        "relationships.toId",
        "ImporterNumber:N-3",
    ),
    ("assignManager", {"managerId": M1}, "accountIds", "Account:A-3"),
    ("assignCenter", MOVED, "accountIds", "Account:A-3"),
    (
        "assignSpecialist",
        {"specialistId": ids.encode("Specialist:S-1")},
        "accountIds",
        "Account:A-3",
    ),
    ("endRelationship", {}, "id", "Account:A-3 MANAGED_BY AccountManager:M-2"),
    (
        "correctRelationship",
        {"source": {"name": "Register"}},
        "id",
        "Party:O-1 HOLDS ImporterNumber:N-3",
    ),
]
"""A mutation, what is right of its input, the field, and what is hidden from who gives it."""
ALL_SEE = {  # staff, parties and segments: nothing of that kind is hidden from anybody
    *("AssignManager.managerId", "AssignSpecialist.specialistId", "ChangeIsaStatus.managerId"),
    *("Issue.handlerId", "Strategy.leaderId", "Strategy.segmentId"),
    *("Party.id", "AccountManager.id", "Specialist.id"),
}
BEGIN = "command/begin"  # asks for the attempt, which is another each time
FOUND_FIRST = 8  # touches of a claim by its id
CLAIM = re.compile(r"(\S+) ([A-Z_]+) (\S+)")


@pytest.fixture
async def hidden(centers: Graph) -> Graph:
    """Things that hang on A-3 alone, which M-1 does not reach."""
    participation = {"status": "ACTIVE", "nextNotificationDue": worlds.SINCE}
    plan = {"title": "Plan", "objective": "Better", "status": "ACTIVE", "startsOn": worlds.SINCE}
    request = {"account": "A-3", "toCenter": "CEE001", "state": "DENIED", "basis": "APPEAL"}
    word = {"vocabulary": "RISK_FLAG_KIND", "code": "PENALTY", "label": "Penalty"}
    rows: list[worlds.Row] = [
        thing("Term", "RISK_FLAG_KIND.PENALTY", **word),
        thing("Specialist", "S-1", name="Specialist S-1", active=True),
        thing("IsaParticipation", "I-3", **participation),
        thing("RiskFlag", "F-3", **FLAG),
        thing("Strategy", "ST-3", **plan, measures=[]),
        thing("CenterChangeRequest", "CR-3", **request, requestedOn=worlds.SINCE),
        claim("Specialist:S-1", "MEMBER_OF", "Center:CEE001"),
        claim("Account:A-3", "PARTICIPATES_IN", "IsaParticipation:I-3"),
        claim("RiskFlag:F-3", "FLAGS", "Account:A-3"),
        claim("Strategy:ST-3", "CONCERNS", "Account:A-3"),
    ]
    outcome = await write(centers, rows, at=RECORDED)
    assert outcome.refused == []
    return centers


def test_every_input_that_names_what_may_be_hidden_has_a_case() -> None:
    assert SDL.mutation_type
    bounded = {name for name, (_, scope) in ROWS.items() if scope is OWN}
    named = {
        (name, path)
        for name in bounded
        for path in ids_of(get_named_type(SDL.mutation_type.fields[name].args["input"].type))
    }

    tried = {(name, field) for name, _, field, _ in CASES}
    kinds = {
        (name, path)
        for name, path in named
        if f"{kind_of(name).removesuffix('Input')}.{path}" in ALL_SEE
    }
    assert named - kinds == tried
    assert len(kinds) == len(ALL_SEE)


def kind_of(mutation: str) -> str:
    assert SDL.mutation_type
    return str(get_named_type(SDL.mutation_type.fields[mutation].args["input"].type).name)


def ids_of(kind: Any) -> list[str]:
    """The paths to all ids of an input."""
    if not isinstance(kind, GraphQLInputObjectType):
        return []
    found = []
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        found += [name] if below.name == "ID" else [f"{name}.{each}" for each in ids_of(below)]
    return found


@pytest.mark.parametrize(
    ("name", "given", "field", "beyond"), CASES, ids=[f"{c[0]}-{c[2]}-{c[3]}" for c in CASES]
)
async def test_what_is_hidden_is_refused_as_what_is_missing(
    hidden: Graph,
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    given: dict[str, Any],
    field: str,
    beyond: str,
) -> None:
    document = f"""mutation ($input: {kind_of(name)}!) {{ {name}(input: $input) {{
      userErrors {{ code message path }} changes {{ id }} cursor }} }}"""
    viewer = DIRECTOR if name.startswith("assign") else MANAGER  # neither reaches A-3
    if found := CLAIM.fullmatch(beyond):
        beyond = ids.decode(await Writer(hidden, ask).claim(*found.groups()))
    before = await digest(hidden), await changes.place(hidden)
    await ask(viewer, "{ accounts { totalCount { value } } }")  # their reach is known

    *above, last = field.split(".")
    told, cost = [], []
    touched = touches(hidden, monkeypatch)
    missing = f"{beyond.partition(':')[0]}:none"
    for each in (missing, beyond, missing):  # what is stored first costs names of labels, too
        whole: Any = {
            **given,
            last: [ids.encode(each)] if last.endswith("Ids") else ids.encode(each),
        }
        for outer in above:
            whole = {outer: [whole] if outer == "relationships" else whole}
        touched.clear()
        told.append((await ask(viewer, document, input=whole)).data[name])
        cost.append([each for each in touched if each[0] != BEGIN])

    assert told[1] == told[2]
    path = [
        "input",
        *(step for outer in above for step in (outer, *["0"][: outer == "relationships"])),
        last,
        *(["0"] if last.endswith("Ids") else []),
    ]
    errors = [(error["code"], error["path"]) for error in told[1]["userErrors"]]
    assert errors == [("NOT_FOUND", path)]
    assert (told[1]["changes"], told[1]["cursor"]) == ([], None)
    if found:  # it is found before it can be told whose it is: nothing more is read
        assert [each for each, _ in cost[1]] == [each for each, _ in cost[2]]
        assert 0 <= sum(n for _, n in cost[1]) - sum(n for _, n in cost[2]) <= FOUND_FIRST
    else:
        assert cost[1] == cost[2]
    assert any(name.startswith("command/") for name, _ in cost[1])
    assert (await digest(hidden), await changes.place(hidden)) == before
