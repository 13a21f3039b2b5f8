// How does this caller's webhook stand, now that nobody else may change it?
MATCH (webhook:Webhook {key: $key})
WHERE webhook.owner = $owner
SET webhook._lock = true
REMOVE webhook._lock
RETURN webhook.key AS key, labels(webhook) AS labels, webhook {.*} AS properties
