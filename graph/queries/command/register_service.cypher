// Keep what a service may do, one writer at a time, who is not named on the lock.
MERGE (lock:MigrationLock {id: 'identity'})
SET lock.at = $at
REMOVE lock.holder
MERGE (service:Service {id: $id})
ON CREATE SET service.at = $at
SET service.rights = coalesce($rights, service.rights),
  service.centers = CASE WHEN $rights IS NULL AND $centers IS NULL THEN service.centers ELSE $centers END
RETURN service.rights AS rights
