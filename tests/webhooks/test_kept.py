"""Deliveries are kept for seven days; what waits, and is of a webhook, for as long as it waits."""

from datetime import UTC, datetime, timedelta

from graph import retention
from graph.session import Graph

KEPT = """
  CREATE (:Webhook {key: 'Webhook:W-1', owner: 'o', active: false, version: 1})
  WITH datetime() - duration({days: 8}) AS old, datetime() AS now
  UNWIND [
    {key: 'old', webhook: 'Webhook:W-1', sentAt: old, open: false},
    {key: 'old and of none', webhook: 'Webhook:W-0', sentAt: old, open: true},
    {key: 'old and waits', webhook: 'Webhook:W-1', sentAt: old, open: true},
    {key: 'new', webhook: 'Webhook:W-1', sentAt: now, open: false},
    {key: 'new and of none', webhook: 'Webhook:W-0', sentAt: now, open: true}
  ] AS row
  CREATE (d:WebhookDelivery) SET d = row
"""


async def test_what_was_sent_a_week_ago_is_forgotten(graph: Graph) -> None:
    await graph.schema(KEPT)

    forgotten = await retention.forget_deliveries(graph, datetime.now(UTC) - retention.SENT)

    left = await graph.schema("MATCH (d:WebhookDelivery) RETURN d.key AS key ORDER BY key")
    assert forgotten == 2
    assert timedelta(days=7) == retention.SENT
    assert [row["key"] for row in left] == ["new", "new and of none", "old and waits"]
