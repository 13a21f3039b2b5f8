// At which place does the change log stand, and which log is it?
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN coalesce(log.sequence, 0) AS sequence, log.incarnation AS incarnation,
  coalesce(log.earliest, 1) AS earliest, toString(log.at) AS at
ORDER BY sequence
