// Keep what came of these attempts, if this server sends and the deliveries still wait.
MATCH (lease:MigrationLock {id: 'webhooks', holder: $holder})
SET lease._lock = true
REMOVE lease._lock
WITH lease WHERE lease.holder = $holder
UNWIND $rows AS row
MATCH (delivery:WebhookDelivery {key: row.key, open: true, attempt: row.before})
SET delivery += row.properties
RETURN delivery.key AS key
