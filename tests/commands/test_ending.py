"""Claims ended by people."""

from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases
from tests.commands.claiming import SELECTED, managed, recorded
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.days import LATER, today
from tests.resolvers.conftest import Ask


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

    assert answer["relationships"][0]["validTo"] == today().isoformat()
    assert answer["changes"][0]["account"] == {"key": gid("Account:A-1")}


ENDS: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "input.id")]),
    ({"id": gid("Account:A-1")}, [("WRONG_KIND", "input.id")]),
    ({"id": gid("Relationship:R-0")}, [("NOT_FOUND", "input.id")]),
    ({"validTo": "2024-07-01"}, [("INTERVAL_CONFLICT", "input.validTo")]),
    ({"validTo": LATER}, [("OUT_OF_RANGE", "input.validTo")]),
    ({"expectedVersion": 4}, [("VERSION_CONFLICT", "input.expectedVersion")]),
]


@cases("endRelationship", ENDS)
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
