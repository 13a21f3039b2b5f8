// Note how far has been derived what follows from the log, and on which day.
MATCH (log:ChangeLog {id: 'changes'})
SET log.derived = $derived, log.derivedDay = $day
