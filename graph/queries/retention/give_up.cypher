// How many of the oldest entries of the log were recorded before an instant, and are given up from now on?
MATCH (log:ChangeLog {id: 'changes'})
SET log.lock = 'pruning' // of servers that prune at once, each goes on where another ended
WITH log, coalesce(log.earliest, 1) AS earliest
CALL (log, earliest) {
  MATCH (change:Change)
  WHERE earliest <= change.sequence AND change.sequence <= log.sequence - $kept
    AND change.sequence <= coalesce(log.derived, log.sequence) // what follows from it is still to be told
  WITH change ORDER BY change.sequence LIMIT $most
  WITH collect(change.recordedAt >= $before) AS young
  RETURN coalesce([place IN range(0, size(young) - 1) WHERE young[place]][0], size(young)) AS old
}
SET log.earliest = earliest + old
RETURN old
ORDER BY old
