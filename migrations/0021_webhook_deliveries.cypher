// What waits to be sent to a webhook, and what was sent long ago.
CREATE INDEX webhook_delivery_open IF NOT EXISTS
  FOR (delivery:WebhookDelivery) ON (delivery.webhook, delivery.open);
CREATE INDEX webhook_delivery_sent IF NOT EXISTS
  FOR (delivery:WebhookDelivery) ON (delivery.sentAt);
CALL db.awaitIndexes(300);
