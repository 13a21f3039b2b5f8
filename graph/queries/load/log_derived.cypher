// How far has been derived what follows from the log, which nobody else may write until we are done?
MERGE (log:ChangeLog {id: 'changes'})
ON CREATE SET log.incarnation = $incarnation, log.sequence = 0
SET log.lock = $incarnation
WITH log
RETURN log.incarnation AS incarnation, log.sequence AS sequence, log.derived AS derived,
  log.derivedDay AS day
ORDER BY sequence
