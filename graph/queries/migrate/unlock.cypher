// Give the lock back, if this starter holds it.
MATCH (lock:MigrationLock {id: 1})
SET lock.asked = $holder
WITH lock
WHERE lock.holder = $holder
REMOVE lock.holder, lock.until
RETURN lock.id AS id
ORDER BY id
