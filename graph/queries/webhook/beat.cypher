// Who sends webhooks and for how long, of which log, which are sent to, and what waits to be sent?
OPTIONAL MATCH (lease:MigrationLock {id: 'webhooks'})
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
WITH lease.holder AS holder, lease.until > datetime() AS held, log.incarnation AS log
RETURN holder, coalesce(held, false) AS held, COLLECT {
  MATCH (webhook:Webhook)
  WHERE webhook.active OR webhook.pinged
  WITH webhook ORDER BY webhook.key LIMIT 10000
  RETURN webhook {.*, waiting: COLLECT {
    MATCH (delivery:WebhookDelivery {webhook: webhook.key, open: true})
    WHERE webhook.active OR delivery.kind = 'PING'
    WITH delivery ORDER BY delivery.sequence, delivery.key LIMIT 200
    OPTIONAL MATCH (change:Change {sequence: delivery.sequence})
      WHERE coalesce(delivery.nextAttemptAt <= $at, true)
    RETURN delivery {.*, lost: delivery.log IS NOT NULL AND delivery.log <> log, change: change {.*, recordedAt: toString(change.recordedAt)}}
  }}
} AS webhooks
ORDER BY holder
