"""What the product keeps for who is asking: their own things, and views that others share."""

from neo4j import Query

from graph import ids
from graph.demo import desk
from graph.session import Graph
from tests.resolvers.conftest import Ask

DESK = """
  query ($delivered: Boolean, $limit: Int! = 20) {
    viewer {
      savedViews(limit: $limit) { id title document variables layout notes shared owner version }
      jobs(states: [SUCCEEDED]) {
        id kind state format done total changed refused startedAt finishedAt
        errors(limit: 2) { row column code message } uploadUrl downloadUrl expiresAt cursor
      }
      webhooks {
        url filter active pausedReason secretHint cursor createdAt version
        deliveries(delivered: $delivered) {
          id sentAt attempt delivered httpStatus error nextAttemptAt change { id kind }
        }
      }
    }
  }
"""


async def test_views_jobs_and_webhooks_of_the_caller_are_read(harbor: Graph, ask: Ask) -> None:
    await harbor.write(
        lambda tx: harbor.run(tx, Query("MATCH (c:Change) SET c.kind = 'RISK_FLAG_RAISED'")),
        name="test",
    )
    await desk.write(harbor)
    harbor.statements = 0

    viewer = (await ask(DESK, delivered=False))["viewer"]

    assert [view["title"] for view in viewer["savedViews"]] == [
        "Anything called harbor",
        "Who is the first point of contact?",
    ]
    assert viewer["savedViews"][1]["variables"] == {"number": "12-3456789AB"}
    [job] = viewer["jobs"]
    assert (job["done"], job["changed"], job["refused"]) == (5120, 5117, 3)
    assert [error["code"] for error in job["errors"]] == ["NOT_FOUND", "OUT_OF_RANGE"]
    [webhook] = viewer["webhooks"]
    assert webhook["filter"]["kinds"] == list(desk.KINDS)
    assert [each["httpStatus"] for each in webhook["deliveries"]] == [503, 503]
    assert all(each["change"]["kind"] == "RISK_FLAG_RAISED" for each in webhook["deliveries"])
    assert harbor.statements == 5  # views, jobs, webhooks, deliveries, changes


async def test_a_cursor_of_a_job_goes_on_in_the_log(harbor: Graph, ask: Ask) -> None:
    await desk.write(harbor)
    await harbor.write(
        lambda tx: harbor.run(tx, Query("MATCH (j:Job) SET j.sequence = 20")), name="test"
    )
    job = (await ask(DESK))["viewer"]["jobs"][0]

    found = await ask(
        "query ($after: String) { changes(after: $after) { nodes { id } } }", after=job["cursor"]
    )

    assert len(found["changes"]["nodes"]) == 2


async def test_they_are_found_by_id_by_who_may_see_them(harbor: Graph, ask: Ask) -> None:
    await desk.write(harbor)
    await harbor.write(
        lambda tx: harbor.run(
            tx,
            Query(
                "MATCH (n:Job|SavedView) SET n.owner = 'somebody', n.shared = n.key ENDS WITH '1'"
            ),
        ),
        name="test",
    )
    wanted = [
        ids.encode(key) for key in ("Job:J-1", "SavedView:V-1", "SavedView:V-2", "Webhook:W-1")
    ]

    found = await ask("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=wanted)

    # The job is one of somebody else, shown on a developer's own machine only.
    assert [node and node["__typename"] for node in found["nodes"]] == [
        "Job",
        "SavedView",
        None,
        "Webhook",
    ]


async def test_a_limit_out_of_range_is_refused(harbor: Graph, ask: Ask) -> None:
    await ask(DESK, "BAD_USER_INPUT", limit=0)
    await ask(DESK, "BAD_USER_INPUT", limit=101)
