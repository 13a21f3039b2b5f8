"""Claims recorded, corrected and ended by people."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.resolvers.conftest import Ask

SELECTED = """relationships {
  id type from { key } to { key } validFrom validTo share { min max disclosed } interest
  source { name reference url } recordedBy reason version supersededAt
}"""
SOURCE = {"name": "SEC Schedule 13D", "reference": "24-000001"}
TODAY = datetime.now(UTC).date()


def owning(**more: object) -> dict[str, object]:
    """Iris owns 30 percent of the mill."""
    return {
        "type": "OWNS",
        "fromId": gid("Party:P-1"),
        "toId": gid("Party:O-2"),
        "share": {"min": 30, "max": 30},
        "validFrom": "2024-07-01",
        "source": SOURCE,
        **more,
    }


async def recorded(give: Give, **more: object) -> dict[str, Any]:
    """A claim just recorded."""
    answer = await give("recordRelationships", SELECTED, relationships=[owning(**more)])
    assert answer["userErrors"] == []
    claim: dict[str, Any] = answer["relationships"][0]
    return claim


async def test_claims_are_recorded_with_their_source(harbor: Graph, give: Give) -> None:
    undisclosed = owning(fromId=gid("Party:U-1"), share=None, source={"name": "Register"})

    answer = await give(
        "recordRelationships",
        SELECTED,
        relationships=[owning(), undisclosed],
        reason="Annual review",
    )

    assert answer["userErrors"] == []
    exact, unknown = answer["relationships"]
    assert exact["share"] == {"min": 30, "max": 30, "disclosed": True}
    assert unknown["share"] == {"min": 0, "max": 100, "disclosed": False}
    assert (exact["interest"], exact["version"]) == ("SHAREHOLDING", 1)
    assert exact["source"] == {**SOURCE, "url": None}
    assert (exact["recordedBy"], exact["reason"]) == ("Development viewer", "Annual review")
    assert [change["kind"] for change in answer["changes"]] == ["RELATIONSHIP_RECORDED"] * 2
    assert answer["changes"][0] == {
        "kind": "RELATIONSHIP_RECORDED",
        "actor": "Development viewer",
        "reason": "Annual review",
        "subject": {"key": gid("Party:P-1")},
        "account": None,
        "properties": [
            {"property": "interest", "before": None, "after": "SHAREHOLDING"},
            {"property": "validFrom", "before": None, "after": "2024-07-01"},
            {"property": "share", "before": None, "after": "30"},
        ],
        "relationship": {"id": exact["id"]},
    }
    assert answer["cursor"]


async def test_the_cursor_is_a_place_in_the_log(harbor: Graph, give: Give, ask: Ask) -> None:
    first = await give("recordRelationships", "", relationships=[owning()])
    await recorded(give, fromId=gid("Party:U-1"))

    document = "query ($after: String) { changes(after: $after) { nodes { subject { key } } } }"
    answer = await ask(document, after=first["cursor"])

    assert answer["changes"]["nodes"] == [{"subject": {"key": gid("Party:U-1")}}]


BAD: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"fromId": "nonsense"}, [("INVALID_FORMAT", "fromId")]),
    ({"fromId": gid("Relationship:R-1")}, [("WRONG_KIND", "fromId")]),
    ({"toId": gid("Party:NOBODY")}, [("NOT_FOUND", "toId")]),
    ({"toId": gid("Party:P-1")}, [("RELATIONSHIP_NOT_ALLOWED", "toId")]),
    ({"fromId": gid("Account:A-1")}, [("RELATIONSHIP_NOT_ALLOWED", "fromId")]),
    ({"type": "MANAGED_BY"}, [("RELATIONSHIP_NOT_ALLOWED", "type")]),
    ({"share": {"min": 40, "max": 30}}, [("OUT_OF_RANGE", "share.min")]),
    ({"type": "HOLDS", "toId": gid("ImporterNumber:N-1")}, [("INVALID_FORMAT", "share")]),
    (
        {"type": "CONTROLS", "share": None, "toId": gid("Party:O-2"), "fromId": gid("Party:O-2")},
        [("RELATIONSHIP_NOT_ALLOWED", "toId")],
    ),
    ({"scope": "CUSTOMS_BUSINESS"}, [("INVALID_FORMAT", "scope")]),
    ({"validTo": "2024-07-01"}, [("INTERVAL_CONFLICT", "validTo")]),
    ({"source": None}, [("REQUIRED", "source")]),
    ({"source": {"name": "  "}}, [("REQUIRED", "source.name")]),
    ({"source": {"name": "X" * 201}}, [("OUT_OF_RANGE", "source.name")]),
    ({"source": {"name": "A letter of 219-09-9999"}}, [("INVALID_FORMAT", "source.name")]),
    ({"source": {"name": "S", "url": "example.org/1"}}, [("INVALID_FORMAT", "source.url")]),
    (
        {"source": {"name": "S", "retrievedAt": "2999-01-01T00:00:00Z"}},
        [("OUT_OF_RANGE", "source.retrievedAt")],
    ),
    (
        {"fromId": "nonsense", "toId": gid("Party:NOBODY"), "share": {"min": 2, "max": 1}},
        [("INVALID_FORMAT", "fromId"), ("NOT_FOUND", "toId"), ("OUT_OF_RANGE", "share.min")],
    ),
]


@pytest.mark.parametrize(("more", "wrong"), BAD)
async def test_a_bad_claim_is_refused_and_its_good_neighbour_with_it(
    harbor: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    told = [(code, f"input.relationships.1.{path}") for code, path in wrong]

    good = owning(fromId=gid("Party:U-1"))
    await refuse("recordRelationships", told, relationships=[good, owning(**more)])


async def test_a_list_has_bounds(harbor: Graph, refuse: Refuse) -> None:
    wrong = [("OUT_OF_RANGE", "input.relationships")]
    await refuse("recordRelationships", wrong, relationships=[])


async def test_a_claim_given_twice_is_refused(harbor: Graph, refuse: Refuse) -> None:
    wrong = [("ALREADY_EXISTS", "input.relationships.1")]
    await refuse("recordRelationships", wrong, relationships=[owning(), owning()])


async def test_a_claim_that_stands_is_not_recorded_again(
    harbor: Graph, give: Give, refuse: Refuse
) -> None:
    await recorded(give)

    wrong = [("ALREADY_EXISTS", "input.relationships.0")]
    await refuse("recordRelationships", wrong, relationships=[owning(share={"min": 31, "max": 31})])


async def test_what_every_write_has_is_checked(harbor: Graph, refuse: Refuse) -> None:
    claims = [owning()]
    long = [("OUT_OF_RANGE", "input.idempotencyKey")]
    await refuse("recordRelationships", long, relationships=claims, idempotencyKey="k" * 65)
    await refuse("recordRelationships", long, relationships=claims, idempotencyKey="")
    wrong = [("OUT_OF_RANGE", "input.reason"), ("VERSION_CONFLICT", "input.expectedVersion")]
    await refuse(
        "recordRelationships", wrong, relationships=claims, reason="x" * 501, expectedVersion=3
    )


async def test_a_repeat_answers_as_the_first_time(harbor: Graph, give: Give) -> None:
    more = {"relationships": [owning()], "idempotencyKey": "K-1", "reason": "Once"}
    first = await give("recordRelationships", SELECTED, **more)
    await give(
        "correctRelationship",
        "",
        id=first["relationships"][0]["id"],
        source={"name": "Later"},
        share={"min": 10, "max": 10},
    )
    before = await digest(harbor)

    again = await give("recordRelationships", SELECTED, **more)

    assert (first["replayed"], again["replayed"]) == (False, True)
    for part in ("changes", "cursor", "userErrors"):
        assert again[part] == first[part]
    standing = [{**claim, "supersededAt": None} for claim in again["relationships"]]
    assert standing == first["relationships"]
    assert await digest(harbor) == before


async def test_a_key_is_not_used_for_another_input(
    harbor: Graph, give: Give, refuse: Refuse
) -> None:
    await give("recordRelationships", "", relationships=[owning()], idempotencyKey="K-1")

    wrong = [("IDEMPOTENCY_KEY_REUSED", "input.idempotencyKey")]
    other = owning(fromId=gid("Party:U-1"))
    await refuse("recordRelationships", wrong, relationships=[other], idempotencyKey="K-1")


async def test_a_key_is_forgotten_after_a_day(harbor: Graph, give: Give) -> None:
    await give("recordRelationships", "", relationships=[owning()], idempotencyKey="K-1")
    await harbor.schema("MATCH (k:IdempotencyKey) SET k.at = k.at - duration('P1DT1S')")

    other = owning(fromId=gid("Party:U-1"))
    answer = await give("recordRelationships", "", relationships=[other], idempotencyKey="K-1")

    assert (answer["userErrors"], answer["replayed"]) == ([], False)


async def test_a_refused_command_leaves_its_key_free(harbor: Graph, give: Give) -> None:
    bad = await give(
        "recordRelationships", "", relationships=[owning(source=None)], idempotencyKey="K-1"
    )
    good = await give("recordRelationships", "", relationships=[owning()], idempotencyKey="K-1")

    assert (bad["userErrors"][0]["code"], good["userErrors"]) == ("REQUIRED", [])


async def test_the_same_command_at_once_is_written_once(harbor: Graph, give: Give) -> None:
    more = {"relationships": [owning()], "idempotencyKey": "K-1"}

    answers = await asyncio.gather(
        *(give("recordRelationships", SELECTED, **more) for _ in range(16))
    )

    assert [answer["userErrors"] for answer in answers] == [[]] * 16
    assert sorted(answer["replayed"] for answer in answers) == [False] + [True] * 15
    assert len({answer["cursor"] for answer in answers}) == 1


async def test_a_correction_keeps_what_was_believed(harbor: Graph, give: Give, ask: Ask) -> None:
    claim = await recorded(give)

    answer = await give(
        "correctRelationship",
        SELECTED,
        id=claim["id"],
        share={"min": 49, "max": 49},
        source={"name": "SEC Schedule 13D/A"},
        expectedVersion=1,
        reason="Typing error",
    )

    assert answer["userErrors"] == []
    [corrected] = answer["relationships"]
    assert (corrected["share"]["min"], corrected["version"]) == (49, 2)
    assert (corrected["validFrom"], corrected["interest"]) == ("2024-07-01", "SHAREHOLDING")
    assert corrected["source"]["name"] == "SEC Schedule 13D/A"
    [change] = answer["changes"]
    assert (change["kind"], change["reason"]) == ("RELATIONSHIP_CORRECTED", "Typing error")
    assert change["properties"] == [{"property": "share", "before": "30", "after": "49"}]
    document = """query ($id: ID!) {
      node(id: $id) { ... on Relationship { share { exact } supersededBy { id } } }
    }"""
    old = (await ask(document, id=claim["id"]))["node"]
    assert old == {"share": {"exact": 30}, "supersededBy": {"id": corrected["id"]}}


async def test_a_claim_is_found_by_the_id_of_any_of_its_versions(
    harbor: Graph, give: Give, refuse: Refuse
) -> None:
    claim = await recorded(give)
    change = {"id": claim["id"], "source": SOURCE}
    await give("correctRelationship", "", share={"min": 40, "max": 40}, **change)

    answer = await give("correctRelationship", SELECTED, validTo="2025-01-01", **change)
    await refuse(
        "correctRelationship",
        [("VERSION_CONFLICT", "input.expectedVersion")],
        expectedVersion=1,
        **change,
    )

    [third] = answer["relationships"]
    assert (third["version"], third["share"]["min"], third["validTo"]) == (3, 40, "2025-01-01")


async def test_a_retracted_claim_never_held(harbor: Graph, give: Give, refuse: Refuse) -> None:
    claim = await recorded(give)

    answer = await give(
        "correctRelationship", SELECTED, id=claim["id"], source=SOURCE, retract=True
    )

    assert answer["userErrors"] == []
    assert answer["relationships"][0]["supersededAt"] is not None
    [change] = answer["changes"]
    assert change["kind"] == "RELATIONSHIP_CORRECTED"
    assert {each["after"] for each in change["properties"]} == {None}
    wrong = [("INVALID_STATE", "input.id")]
    await refuse("correctRelationship", wrong, id=claim["id"], source=SOURCE)
    assert (await recorded(give))["version"] == 2


CORRECTIONS: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "input.id")]),
    ({"id": gid("Party:P-1")}, [("WRONG_KIND", "input.id")]),
    ({"id": gid("Relationship:R-0")}, [("NOT_FOUND", "input.id")]),
    ({"share": {"min": 3, "max": 2}}, [("OUT_OF_RANGE", "input.share.min")]),
    ({"scope": "GENERAL"}, [("INVALID_FORMAT", "input.scope")]),
    ({"validTo": "2024-07-01"}, [("INTERVAL_CONFLICT", "input.validTo")]),
    ({"source": {"name": ""}}, [("REQUIRED", "input.source.name")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "input.expectedVersion")]),
    ({"retract": True, "validTo": None}, [("INVALID_STATE", "input.validTo")]),
    (
        {"share": {"min": 3, "max": 2}, "validFrom": "2025-01-01", "validTo": "2024-01-01"},
        [("OUT_OF_RANGE", "input.share.min"), ("INTERVAL_CONFLICT", "input.validTo")],
    ),
]


@pytest.mark.parametrize(("more", "wrong"), CORRECTIONS)
async def test_a_bad_correction_is_refused(
    harbor: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    claim = await recorded(give)

    await refuse("correctRelationship", wrong, **{"id": claim["id"], "source": SOURCE, **more})


async def test_an_assignment_is_not_corrected(harbor: Graph, ask: Ask, refuse: Refuse) -> None:
    id_ = await managed(ask)
    wrong = [("RELATIONSHIP_NOT_ALLOWED", "input.id")]
    await refuse("correctRelationship", wrong, id=id_, source=SOURCE)


async def managed(ask: Ask, type_: str = "MANAGED_BY", role: str | None = "PRIMARY") -> str:
    """The id of a claim of account A-1."""
    document = """query ($id: ID!, $type: RelationshipType!) {
      account(by: {id: $id}) { relationships(types: [$type]) { nodes { id role } } }
    }"""
    answer = await ask(document, id=gid("Account:A-1"), type=type_)
    nodes = answer["account"]["relationships"]["nodes"]
    return str(next(node["id"] for node in nodes if node["role"] == role))


async def test_a_claim_ends_on_a_day(harbor: Graph, give: Give) -> None:
    claim = await recorded(give)

    answer = await give(
        "endRelationship", SELECTED, id=claim["id"], validTo="2025-11-02", reason="Shares sold"
    )

    assert answer["userErrors"] == []
    [ended] = answer["relationships"]
    assert (ended["validTo"], ended["version"], ended["source"]) == (
        "2025-11-02",
        2,
        claim["source"],
    )
    [change] = answer["changes"]
    assert (change["kind"], change["reason"]) == ("RELATIONSHIP_ENDED", "Shares sold")
    assert change["properties"] == [{"property": "validTo", "before": None, "after": "2025-11-02"}]


async def test_a_claim_ends_today_if_no_day_is_given(harbor: Graph, ask: Ask, give: Give) -> None:
    answer = await give("endRelationship", SELECTED, id=await managed(ask))

    assert answer["relationships"][0]["validTo"] == TODAY.isoformat()
    assert answer["changes"][0]["account"] == {"key": gid("Account:A-1")}


ENDS: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "input.id")]),
    ({"id": gid("Account:A-1")}, [("WRONG_KIND", "input.id")]),
    ({"id": gid("Relationship:R-0")}, [("NOT_FOUND", "input.id")]),
    ({"validTo": "2024-07-01"}, [("INTERVAL_CONFLICT", "input.validTo")]),
    ({"validTo": (TODAY + timedelta(2)).isoformat()}, [("OUT_OF_RANGE", "input.validTo")]),
    ({"expectedVersion": 4}, [("VERSION_CONFLICT", "input.expectedVersion")]),
]


@pytest.mark.parametrize(("more", "wrong"), ENDS)
async def test_a_bad_end_is_refused(
    harbor: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    claim = await recorded(give)

    await refuse("endRelationship", wrong, **{"id": claim["id"], **more})


async def test_what_ended_does_not_end_again(harbor: Graph, give: Give, refuse: Refuse) -> None:
    claim = await recorded(give, validTo="2025-01-01")

    await refuse("endRelationship", [("INVALID_STATE", "input.id")], id=claim["id"])


async def test_an_identifier_is_not_taken_away_like_this(
    harbor: Graph, ask: Ask, refuse: Refuse
) -> None:
    id_ = await managed(ask, "IDENTIFIES", None)
    await refuse("endRelationship", [("RELATIONSHIP_NOT_ALLOWED", "input.id")], id=id_)


async def test_the_last_manager_of_a_participant_stays(
    harbor: Graph, ask: Ask, refuse: Refuse
) -> None:
    isa = worlds.NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), {"status": "ACTIVE"})
    part = worlds.claim("Account:A-1", "PARTICIPATES_IN", isa.key)
    await write(harbor, [isa, part], at=worlds.RECORDED)

    await refuse("endRelationship", [("ISA_NEEDS_MANAGER", "input.id")], id=await managed(ask))


async def test_racing_corrections_of_one_version_leave_one(harbor: Graph, give: Give) -> None:
    claim = await recorded(give)

    answers = await asyncio.gather(
        *(
            give(
                "correctRelationship",
                "",
                id=claim["id"],
                share={"min": place, "max": place},
                source=SOURCE,
                expectedVersion=1,
            )
            for place in range(1, 17)
        )
    )

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["VERSION_CONFLICT"]] * 15


async def test_a_file_loaded_again_does_not_undo_a_correction(
    harbor: Graph, key: IdentifierKey, ask: Ask, give: Give
) -> None:
    document = """query ($id: ID!) { node(id: $id) { ... on Organization {
      relationships(types: [OWNS], direction: IN) { nodes { id share { exact } } } } } }"""

    async def stake() -> dict[str, Any]:
        found = await ask(document, id=gid("Party:O-1"))
        nodes = found["node"]["relationships"]["nodes"]
        stakes: list[dict[str, Any]] = [n for n in nodes if n["share"]["exact"]]
        return stakes[0] if stakes else {}

    await give(
        "correctRelationship",
        "",
        id=(await stake())["id"],
        source={"name": "Letter"},
        share={"min": 45, "max": 45},
    )
    corrected = await digest(harbor)

    again = await write(harbor, worlds.harbor(key).rows, at=datetime.now(UTC))

    assert (again.changed, again.created, await digest(harbor)) == (0, 0, corrected)
    assert (await stake())["share"] == {"exact": 45}
    row = worlds.owns("Party:P-1", "Party:O-1", 61)
    await write(harbor, [row], at=datetime.now(UTC))
    assert (await stake())["share"] == {"exact": 61}
