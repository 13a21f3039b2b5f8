"""Claims recorded by people."""

import asyncio

from graph.load.digest import digest
from graph.session import Graph
from tests.commands.cases import Case, cases
from tests.commands.claiming import SELECTED, SOURCE, owning, recorded
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.resolvers.conftest import Ask


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


BAD: list[Case] = [
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
    (
        {
            "type": "HOLDS",
            "share": None,
            "interest": "TRUSTEE",
            "toId": gid("ImporterNumber:N-1"),
        },
        [("INVALID_FORMAT", "interest")],
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


@cases("recordRelationships", BAD)
async def test_a_bad_claim_is_refused_and_its_good_neighbour_with_it(
    harbor: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    below = [(code, f"input.relationships.1.{path}") for code, path in wrong]

    good = owning(fromId=gid("Party:U-1"))
    await refuse("recordRelationships", below, relationships=[good, owning(**more)])


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
    wrong = [*long, ("OUT_OF_RANGE", "input.reason"), ("VERSION_CONFLICT", "input.expectedVersion")]
    more = {"reason": "x" * 501, "expectedVersion": 3, "idempotencyKey": "k" * 65}
    await refuse("recordRelationships", wrong, relationships=claims, **more)


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
