// Send this at once, unless so many wait already that are sent out of turn.
MATCH (webhook:Webhook {key: $webhook})
WHERE COUNT {
  MATCH (waiting:WebhookDelivery {webhook: $webhook, open: true})
  WHERE waiting.alone AND waiting.key <> $key
} < $most
MERGE (delivery:WebhookDelivery {key: $key})
SET delivery += $properties, webhook.pinged = coalesce(webhook.pinged, false) OR delivery.kind = 'PING'
RETURN delivery.key AS key
