// Take or keep the lease of who sends webhooks; alone on this graph, whoever held it has gone.
MERGE (lease:MigrationLock {id: 'webhooks'})
SET lease._lock = true
REMOVE lease._lock
WITH lease WHERE lease.holder = $holder OR $alone OR coalesce(lease.until <= datetime(), true)
SET lease.holder = $holder, lease.until = datetime() + duration({seconds: $seconds})
RETURN lease.holder AS holder
