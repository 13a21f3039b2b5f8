"""Claims corrected by people."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases
from tests.commands.claiming import SELECTED, SOURCE, managed, recorded
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.resolvers.conftest import Ask


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


async def test_a_correction_may_say_no_more_than_who_says_so(
    harbor: Graph, give: Give, ask: Ask
) -> None:
    claim = await recorded(give)

    answer = await give(
        "correctRelationship", SELECTED, id=claim["id"], source={"name": "Annual report"}
    )

    assert answer["userErrors"] == []
    [corrected] = answer["relationships"]
    assert (corrected["version"], corrected["source"]["name"]) == (2, "Annual report")
    assert [change["kind"] for change in answer["changes"]] == ["RELATIONSHIP_CORRECTED"]
    document = "query ($id: ID!) { node(id: $id) { ... on Relationship { source { name } } } }"
    assert (await ask(document, id=corrected["id"]))["node"]["source"]["name"] == "Annual report"


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


CORRECTIONS: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "input.id")]),
    ({"id": gid("Party:P-1")}, [("WRONG_KIND", "input.id")]),
    ({"id": gid("Relationship:R-0")}, [("NOT_FOUND", "input.id")]),
    ({"share": {"min": 3, "max": 2}}, [("OUT_OF_RANGE", "input.share.min")]),
    ({"scope": "GENERAL"}, [("INVALID_FORMAT", "input.scope")]),
    ({"retract": True, "interest": "TRUSTEE"}, [("INVALID_STATE", "input.interest")]),
    ({"retract": True, "validFrom": "2024-01-01"}, [("INVALID_STATE", "input.validFrom")]),
    ({"validTo": "2024-07-01"}, [("INTERVAL_CONFLICT", "input.validTo")]),
    ({"source": {"name": ""}}, [("REQUIRED", "input.source.name")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "input.expectedVersion")]),
    ({"retract": True, "validTo": None}, [("INVALID_STATE", "input.validTo")]),
    (
        {"share": {"min": 3, "max": 2}, "validFrom": "2025-01-01", "validTo": "2024-01-01"},
        [("OUT_OF_RANGE", "input.share.min"), ("INTERVAL_CONFLICT", "input.validTo")],
    ),
    (
        {
            "id": "nonsense",
            "share": {"min": 3, "max": 2},
            "validFrom": "2025-01-01",
            "validTo": "2024-01-01",
        },
        [
            ("INVALID_FORMAT", "input.id"),
            ("OUT_OF_RANGE", "input.share.min"),
            ("INTERVAL_CONFLICT", "input.validTo"),
        ],
    ),
]


@cases("correctRelationship", CORRECTIONS)
async def test_a_bad_correction_is_refused(
    harbor: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    claim = await recorded(give)

    await refuse("correctRelationship", wrong, **{"id": claim["id"], "source": SOURCE, **more})


async def test_an_assignment_is_not_corrected(harbor: Graph, ask: Ask, refuse: Refuse) -> None:
    id_ = await managed(ask)
    wrong = [("RELATIONSHIP_NOT_ALLOWED", "input.id")]
    await refuse("correctRelationship", wrong, id=id_, source=SOURCE)


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
