// How many webhooks has this caller, now that nobody registers another one, and where does the log stand?
MERGE (lock:MigrationLock {id: 'registering webhooks'})
SET lock._lock = true
REMOVE lock._lock
WITH lock
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN COUNT { MATCH (:Webhook {owner: $owner}) } AS number, coalesce(log.sequence, 0) AS sequence,
  log.incarnation AS incarnation
