// Where does the change log stand, and when was its last entry recorded?
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
OPTIONAL MATCH (last:Change {sequence: log.sequence})
RETURN coalesce(log.sequence, 0) AS sequence, log.incarnation AS incarnation,
  coalesce(log.earliest, 1) AS earliest, toString(last.recordedAt) AS recordedAt
ORDER BY sequence
