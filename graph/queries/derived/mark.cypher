// How far has the log come, and how far has been derived what follows from it, on which day?
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN log.incarnation AS incarnation, coalesce(log.sequence, 0) AS sequence,
  log.derived AS derived, log.derivedDay AS day
ORDER BY sequence
