// Which of these views, jobs, webhooks and deliveries may this caller see?
UNWIND $keys AS key
CALL (key) {
  MATCH (thing:SavedView {key: key}) WHERE thing.owner = $owner OR thing.shared RETURN thing
  UNION
  MATCH (thing:Job {key: key}) WHERE thing.owner = $owner OR $every RETURN thing
  UNION
  MATCH (thing:Webhook {key: key}) WHERE thing.owner = $owner RETURN thing
  UNION
  MATCH (thing:WebhookDelivery {key: key})
  MATCH (webhook:Webhook {key: thing.webhook}) WHERE webhook.owner = $owner RETURN thing
}
RETURN key, labels(thing)[0] AS kind, thing {.*, updatedAt: toString(thing.updatedAt),
  createdAt: toString(thing.createdAt), startedAt: toString(thing.startedAt),
  finishedAt: toString(thing.finishedAt), expiresAt: toString(thing.expiresAt),
  uploadUntil: toString(thing.uploadUntil),
  sentAt: toString(thing.sentAt), nextAttemptAt: toString(thing.nextAttemptAt)} AS thing
ORDER BY key
