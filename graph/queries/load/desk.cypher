// Keep these things of the product's own: views, jobs, webhooks, deliveries.
UNWIND $rows AS row
CALL (row) {
  WITH row WHERE row.kind = 'SavedView' MERGE (thing:SavedView {key: row.key}) RETURN thing
  UNION
  WITH row WHERE row.kind = 'Job' MERGE (thing:Job {key: row.key}) RETURN thing
  UNION
  WITH row WHERE row.kind = 'Webhook' MERGE (thing:Webhook {key: row.key}) RETURN thing
  UNION
  WITH row WHERE row.kind = 'WebhookDelivery' MERGE (thing:WebhookDelivery {key: row.key}) RETURN thing
}
SET thing += row.properties
