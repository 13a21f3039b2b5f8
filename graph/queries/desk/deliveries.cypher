// What was sent to each of these webhooks, newest first?
UNWIND $keys AS key
CALL (key) {
  MATCH (delivery:WebhookDelivery {webhook: key})
  WHERE $delivered IS NULL OR delivery.delivered = $delivered
  WITH delivery ORDER BY delivery.sentAt DESC, delivery.key LIMIT $limit
  RETURN collect(delivery {.*, sentAt: toString(delivery.sentAt),
    nextAttemptAt: toString(delivery.nextAttemptAt)}) AS rows
}
RETURN key, rows
ORDER BY key
