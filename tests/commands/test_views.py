"""Views saved, changed and deleted."""

import asyncio
from typing import Any

from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.resolvers.conftest import Ask

SELECTED = "view { id title document variables layout notes shared owner version updatedAt }"
NEW: dict[str, Any] = {
    "title": "Harbor group",
    "document": "query Part($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    "variables": {"ids": ["x"]},
    "layout": {"positions": {"x": [0, 0]}},
    "shared": True,
}


async def saved(give: Give, **more: object) -> dict[str, Any]:
    """A view just saved."""
    answer = await give("saveView", SELECTED, **{**NEW, **more})
    assert answer["userErrors"] == []
    view: dict[str, Any] = answer["view"]
    return view


async def test_a_view_is_saved_changed_and_deleted(graph: Graph, give: Give, ask: Ask) -> None:
    view = await saved(give)
    assert view == {
        **NEW,
        "id": view["id"],
        "notes": None,
        "owner": "development",
        "version": 1,
        "updatedAt": view["updatedAt"],
    }

    changed = await give("saveView", SELECTED, id=view["id"], notes="Look", expectedVersion=1)
    assert (changed["userErrors"], changed["changes"], changed["cursor"]) == ([], [], None)
    assert changed["view"] == {
        **view,
        "notes": "Look",
        "version": 2,
        "updatedAt": changed["view"]["updatedAt"],
    }

    gone = await give("deleteView", SELECTED, id=view["id"])
    assert (gone["userErrors"], gone["view"]) == ([], None)
    assert (await ask("{ viewer { savedViews { id } } }"))["viewer"] == {"savedViews": []}


BAD: list[Case] = [
    ({"title": None}, [("REQUIRED", "title")]),
    ({"title": "x" * 201}, [("OUT_OF_RANGE", "title")]),
    ({"document": " "}, [("REQUIRED", "document")]),
    ({"document": "query {"}, [("INVALID_FORMAT", "document")]),
    ({"variables": {"number": "219-09-9999"}}, [("INVALID_FORMAT", "variables")]),
    ({"variables": [1]}, [("INVALID_FORMAT", "variables")]),
    ({"layout": {"x": "y" * 100_001}}, [("OUT_OF_RANGE", "layout")]),
    ({"notes": "Call 219-09-9999"}, [("INVALID_FORMAT", "notes")]),
    ({"shared": None}, [("REQUIRED", "shared")]),
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Party:P-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("SavedView:V-0")}, [("NOT_FOUND", "id")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"title": "", "document": "{"}, [("REQUIRED", "title"), ("INVALID_FORMAT", "document")]),
]


@cases("saveView", BAD)
async def test_a_bad_view_is_refused(
    graph: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("saveView", told(wrong), **{**NEW, **more})

    assert await graph.schema("MATCH (v:SavedView) RETURN v") == []


async def test_a_view_of_somebody_else_stays(graph: Graph, give: Give, refuse: Refuse) -> None:
    view = await saved(give)
    await graph.schema("MATCH (v:SavedView) SET v.owner = 'another'")

    wrong = [("NOT_PERMITTED", "input.id")]
    await refuse("saveView", wrong, id=view["id"], title="Mine")
    await refuse("deleteView", wrong, id=view["id"])
    await graph.schema("MATCH (v:SavedView) SET v.shared = false")
    await refuse("deleteView", [("NOT_FOUND", "input.id")], id=view["id"])
    await refuse("deleteView", [("WRONG_KIND", "input.id")], id=gid("Party:P-1"))
    await refuse("deleteView", [("INVALID_FORMAT", "input.id")], id="nonsense")


DELETIONS: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Party:P-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("SavedView:V-0")}, [("NOT_FOUND", "id")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"reason": "x" * 501}, [("OUT_OF_RANGE", "reason")]),
    ({"reason": "For 219-09-9999"}, [("INVALID_FORMAT", "reason")]),
    ({"idempotencyKey": ""}, [("OUT_OF_RANGE", "idempotencyKey")]),
]


@cases("deleteView", DELETIONS)
async def test_a_bad_deletion_is_refused(
    graph: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    view = await saved(give)

    await refuse("deleteView", told(wrong), **{"id": view["id"], **more})

    assert len(await graph.schema("MATCH (v:SavedView) RETURN v")) == 1


async def test_a_version_wins_once(graph: Graph, give: Give, refuse: Refuse) -> None:
    view = await saved(give)

    answers = await asyncio.gather(
        *(
            give("saveView", "", id=view["id"], title=f"Title {n}", expectedVersion=1)
            for n in range(16)
        )
    )

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["VERSION_CONFLICT"]] * 15
    wrong = [("VERSION_CONFLICT", "input.expectedVersion")]
    await refuse("deleteView", wrong, id=view["id"], expectedVersion=1)


async def test_a_repeat_saves_no_second_view(
    graph: Graph, give: Give, seal: Seal, key: IdentifierKey
) -> None:
    first, again = [await give("saveView", SELECTED, **NEW, idempotencyKey="K") for _ in range(2)]

    assert again == {**first, "replayed": True}


async def test_what_is_wrong_with_a_document_is_told_without_its_numbers(
    graph: Graph, give: Give
) -> None:
    answer = await give("saveView", "", title="Mine", document="{ viewer } 219099999")

    told = " ".join(error["message"] for error in answer["userErrors"])
    assert "***-**-9999" in told
    assert "219099999" not in told
