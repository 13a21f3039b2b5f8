// Keep what is to be sent and how far the log was read, if this server sends and nobody moved the place.
MATCH (lease:MigrationLock {id: 'webhooks', holder: $holder})
SET lease._lock = true
REMOVE lease._lock
WITH lease WHERE lease.holder = $holder
UNWIND $rows AS row
MATCH (webhook:Webhook {key: row.webhook})
SET webhook._lock = true
REMOVE webhook._lock
WITH webhook, row WHERE webhook.active AND webhook.version = row.version
SET webhook.read = row.read, webhook.log = row.log
FOREACH (each IN row.deliveries |
  MERGE (delivery:WebhookDelivery {key: each.key})
  ON CREATE SET delivery += each.properties
)
RETURN webhook.key AS key
