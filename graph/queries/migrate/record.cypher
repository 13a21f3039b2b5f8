// Record a file as applied, if this starter still holds the lock.
MATCH (lock:MigrationLock {id: 1})
SET lock.asked = $holder
WITH lock
WHERE lock.holder = $holder
MERGE (migration:Migration {name: $name})
SET migration.checksum = $checksum, migration.appliedAt = datetime.realtime()
RETURN migration.name AS name
ORDER BY name
