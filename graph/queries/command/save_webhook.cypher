// Keep this webhook as it is given; what waits is tried at once, later, or not at all.
MERGE (webhook:Webhook {key: $key})
SET webhook += $properties
WITH webhook, COLLECT {
  MATCH (delivery:WebhookDelivery {webhook: $key, open: true})
  WHERE delivery.kind <> 'PING'
  RETURN delivery
} AS waiting
FOREACH (each IN CASE WHEN $moved IS NULL THEN [] ELSE waiting END |
  SET each.open = false, each.nextAttemptAt = null, each.error = $moved)
FOREACH (each IN CASE WHEN $moved IS NULL AND $switched THEN waiting ELSE [] END |
  SET each.nextAttemptAt = CASE WHEN webhook.active THEN $at END)
RETURN webhook.key AS key
