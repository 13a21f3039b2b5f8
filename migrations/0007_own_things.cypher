// What the product itself keeps: views, jobs, webhooks and what was sent to them.
CREATE CONSTRAINT saved_view_key IF NOT EXISTS
  FOR (view:SavedView) REQUIRE view.key IS UNIQUE;
CREATE CONSTRAINT job_key IF NOT EXISTS
  FOR (job:Job) REQUIRE job.key IS UNIQUE;
CREATE CONSTRAINT webhook_key IF NOT EXISTS
  FOR (webhook:Webhook) REQUIRE webhook.key IS UNIQUE;
CREATE CONSTRAINT webhook_delivery_key IF NOT EXISTS
  FOR (delivery:WebhookDelivery) REQUIRE delivery.key IS UNIQUE;
CREATE INDEX job_owner IF NOT EXISTS
  FOR (job:Job) ON (job.owner, job.createdAt);
CREATE INDEX webhook_owner IF NOT EXISTS
  FOR (webhook:Webhook) ON (webhook.owner, webhook.createdAt);
CREATE INDEX webhook_delivery_webhook IF NOT EXISTS
  FOR (delivery:WebhookDelivery) ON (delivery.webhook, delivery.sentAt);
CALL db.awaitIndexes(300);
