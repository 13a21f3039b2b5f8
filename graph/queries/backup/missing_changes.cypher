// How many entries are missing from the change log, between the earliest that is kept and the last?
MATCH (log:ChangeLog {id: 'changes'})
WITH log, coalesce(log.earliest, 1) AS earliest
RETURN log.sequence - earliest + 1
  - COUNT { MATCH (change:Change) WHERE change.sequence >= earliest } AS number
ORDER BY number
