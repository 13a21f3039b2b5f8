// How do this delivery and this caller's webhook stand, now that nobody else may change them?
MATCH (delivery:WebhookDelivery {key: $key})
MATCH (webhook:Webhook {key: delivery.webhook})
WHERE webhook.owner = $owner
SET webhook._lock = true
REMOVE webhook._lock
RETURN webhook.key AS key, labels(webhook) AS labels, webhook {.*} AS properties,
  delivery {.*} AS delivery
