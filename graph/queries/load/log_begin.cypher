// Which numbers do these entries get, in a log that nobody else may write until we are done?
MERGE (log:ChangeLog {id: 'changes'})
ON CREATE SET log.incarnation = $incarnation, log.sequence = 0
SET log.lock = $incarnation
WITH log
SET log.sequence = log.sequence + $count
RETURN log.sequence - $count AS sequence
