"""What every mutation is given beside what it writes: a key and a reason."""

from typing import Any

from graph import changes
from graph.load.digest import digest
from graph.session import Graph
from tests.commands.conftest import INPUTS, Give, gid
from tests.commands.test_run import GIVEN

HERE = sorted(INPUTS.keys() - {"startImport", "cancelJob"})  # those have their own: tests/jobs
LEAST: dict[str, dict[str, Any]] = {
    **GIVEN, "deleteView": {"id": gid("SavedView:V-0")},
    **{
        name: {"id": gid("Webhook:W-0")}
        for name in ("rotateWebhookSecret", "pingWebhook", "redeliverWebhook", "deleteWebhook")
    },
    "resolveIssue": {"id": gid("Issue:IS-0"), "resolution": "Done"},
}  # fmt: skip


HEADERS: list[tuple[dict[str, str], tuple[str, str]]] = [
    ({"idempotencyKey": ""}, ("OUT_OF_RANGE", "idempotencyKey")),
    ({"idempotencyKey": "k" * 65}, ("OUT_OF_RANGE", "idempotencyKey")),
    ({"reason": "x" * 501}, ("OUT_OF_RANGE", "reason")),
    ({"reason": "Of 219-09-9999"}, ("INVALID_FORMAT", "reason")),
]


async def test_a_bad_key_or_reason_is_refused_by_every_mutation(harbor: Graph, give: Give) -> None:
    before = await digest(harbor), await changes.place(harbor)

    for name in HERE:
        for header, wrong in HEADERS:
            answer = await give(name, "", **LEAST.get(name, {}), **header)

            said = [(error["code"], error["path"][-1]) for error in answer["userErrors"]]
            assert wrong in said, name

    assert (await digest(harbor), await changes.place(harbor)) == before
