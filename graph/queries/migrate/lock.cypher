// Who may migrate now: this starter if it does already, if nobody does, or if the last one fell silent.
MERGE (lock:MigrationLock {id: 1})
SET lock.asked = $holder
WITH lock, datetime.realtime() AS now
WITH lock, now, lock.holder IS NULL OR lock.holder = $holder OR lock.until < now AS free
SET lock.until = CASE WHEN free THEN now + duration({milliseconds: $lease}) ELSE lock.until END,
  lock.holder = CASE WHEN free THEN $holder ELSE lock.holder END
RETURN lock.holder AS holder
ORDER BY holder
