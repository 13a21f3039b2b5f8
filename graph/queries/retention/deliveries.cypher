// Forget what was sent to webhooks long ago, a few at a time; what still waits for its turn stays.
MATCH (delivery:WebhookDelivery)
WHERE delivery.sentAt < $before
  AND (NOT coalesce(delivery.open, false) OR NOT EXISTS { MATCH (:Webhook {key: delivery.webhook}) })
WITH delivery LIMIT $most
WITH collect(delivery) AS old
FOREACH (delivery IN old | DELETE delivery)
RETURN size(old) AS forgotten
