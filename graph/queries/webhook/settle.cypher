// Say of these webhooks how far all is acknowledged, since when they fail, and why they are paused.
UNWIND $rows AS row
MATCH (webhook:Webhook {key: row.key})
SET webhook._lock = true
REMOVE webhook._lock
WITH webhook, row, COLLECT {
  MATCH (delivery:WebhookDelivery {webhook: webhook.key, open: true})
  RETURN delivery
} AS waiting
WITH webhook, row, waiting,
  reduce(first = webhook.read + 1, each IN waiting |
    CASE WHEN each.sequence < first AND NOT each.alone THEN each.sequence ELSE first END) AS first
SET webhook.acknowledged = first - 1, webhook.pinged = any(each IN waiting WHERE each.kind = 'PING'),
  webhook.failingSince = CASE
    WHEN row.acknowledged THEN null
    WHEN row.failed THEN coalesce(webhook.failingSince, row.at)
    ELSE webhook.failingSince END
WITH webhook, row, waiting WHERE row.paused IS NOT NULL AND webhook.active
SET webhook.active = false, webhook.pausedReason = row.paused, webhook.version = webhook.version + 1
FOREACH (each IN waiting | SET each.nextAttemptAt = null)
RETURN webhook.key AS key
