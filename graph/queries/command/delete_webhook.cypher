// Forget this webhook and what was sent to it; of very much the rest goes with what is old.
MATCH (webhook:Webhook {key: $key})
WITH webhook, COLLECT {
  MATCH (delivery:WebhookDelivery {webhook: $key})
  RETURN delivery LIMIT 10000
} AS sent
FOREACH (each IN sent | DELETE each)
DELETE webhook
