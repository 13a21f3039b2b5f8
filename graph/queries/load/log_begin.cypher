// Which numbers do these entries get, in a log that nobody else may write until we are done?
MERGE (log:ChangeLog {id: 'changes'})
ON CREATE SET log.incarnation = $incarnation, log.sequence = 0
SET log.lock = $incarnation
WITH log
SET log.sequence = log.sequence + $count,
  log.at = CASE WHEN log.at > $at THEN log.at ELSE $at END // of units at the same time one is later
RETURN log.sequence - $count AS sequence, toString(log.at) AS at
