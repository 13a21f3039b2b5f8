"""What is kept for a caller is theirs, however few accounts they reach: views, jobs."""

from typing import Any

import pytest

from graph import ids, policy
from graph.policy import Viewer
from graph.roles import Role
from graph.session import Graph
from graph.terms import Permission
from tests.reach.conftest import DIRECTOR, MANAGER, Ask, member

SAVE = """
  mutation ($input: SavedViewInput!) {
    saveView(input: $input) { view { id title owner } userErrors { code path } }
  }
"""
DELETE = "mutation ($id: ID!) { deleteView(input: {id: $id}) { userErrors { code } } }"
CANCEL = "mutation ($id: ID!) { cancelJob(input: {id: $id}) { userErrors { code } } }"
HOOKS = {
    "saveWebhook": "input: {id: $id, active: false}",
    **dict.fromkeys(
        ("rotateWebhookSecret", "pingWebhook", "redeliverWebhook", "deleteWebhook"),
        "input: {id: $id}",
    ),
}
MINE = "{ viewer { savedViews { title } jobs { id } } }"
VIEW: dict[str, Any] = {"title": "My mills", "document": "{ accounts { nodes { name } } }"}


async def titles(ask: Ask, viewer: Viewer) -> list[str]:
    told = await ask(viewer, MINE)
    assert told.codes == []
    return [each["title"] for each in told.data["viewer"]["savedViews"]]


async def saved(ask: Ask, viewer: Viewer, **more: object) -> dict[str, Any]:
    told = await ask(viewer, SAVE, input={**VIEW, **more})
    assert (told.codes, told.data["saveView"]["userErrors"]) == ([], [])
    view: dict[str, Any] = told.data["saveView"]["view"]
    return view


async def test_who_reaches_some_accounts_keeps_views_of_their_own(ask: Ask) -> None:
    view = await saved(ask, MANAGER)
    shared = await saved(ask, MANAGER, title="For all", shared=True)

    assert view["owner"] == shared["owner"] == "M-1"
    assert sorted(await titles(ask, MANAGER)) == ["For all", "My mills"]
    assert await titles(ask, DIRECTOR) == ["For all"]
    of_another = (await ask(DIRECTOR, DELETE, id=view["id"])).data["deleteView"]
    missing = (await ask(DIRECTOR, DELETE, id=ids.encode("SavedView:V-0"))).data["deleteView"]
    assert of_another == missing == {"userErrors": [{"code": "NOT_FOUND"}]}
    assert (await ask(MANAGER, DELETE, id=view["id"])).data["deleteView"] == {"userErrors": []}
    assert await titles(ask, MANAGER) == ["For all"]


async def test_a_job_of_another_is_as_one_that_is_missing(centers: Graph, ask: Ask) -> None:
    await centers.schema("CREATE (:Job {key: 'Job:J-1', owner: 'D-1', state: 'RUNNING'})")

    told = [(await ask(MANAGER, CANCEL, id=ids.encode(f"Job:{j}"))).data for j in ("J-1", "none")]

    assert told == [{"cancelJob": {"userErrors": [{"code": "NOT_FOUND"}]}}] * 2


@pytest.mark.parametrize("document", [SAVE, DELETE, CANCEL], ids=["save", "delete", "cancel"])
async def test_an_auditor_has_nothing_kept(ask: Ask, document: str) -> None:
    auditor = member("auditor", Role.AUDITOR)

    told = await ask(auditor, document, id=ids.encode("SavedView:V-0"), input=VIEW)

    assert (told.codes, told.statements) == (["FORBIDDEN"], 0)


@pytest.mark.parametrize("name", HOOKS)
async def test_a_webhook_of_another_is_as_one_that_is_missing(
    centers: Graph, ask: Ask, name: str
) -> None:
    """Word for word, after as many statements, for a service of some Centers."""
    rights = frozenset({Permission.READ_RISK, Permission.MANAGE_WEBHOOKS})
    given = policy.rights((Role.INTEGRATOR,), rights, frozenset({"CEE001"}))
    service = Viewer("service:n", "n", **given)
    kind = "WebhookDelivery" if name == "redeliverWebhook" else "Webhook"
    await centers.schema(
        "CREATE (:Webhook {key: 'Webhook:1', owner: 'service:m', version: 1, active: true})"
        " CREATE (:WebhookDelivery {key: 'WebhookDelivery:1', webhook: 'Webhook:1', open: false})"
    )
    document = (
        f"mutation ($id: ID!) {{ {name}({HOOKS[name]})"
        " { secret webhook { id } userErrors { code path message } } }"
    )
    await ask(service, MINE)

    told = [await ask(service, document, id=ids.encode(f"{kind}:{n}")) for n in (0, 1)]

    assert told[0] == told[1]
    assert told[0].codes == []
    [error] = told[0].data[name]["userErrors"]
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["input", "id"])
    [left] = await centers.schema("MATCH (w:Webhook) RETURN w.active AS active")
    assert left["active"]
