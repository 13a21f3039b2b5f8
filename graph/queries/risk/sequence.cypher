// At which place does the change log stand?
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN coalesce(log.sequence, 0) AS sequence
ORDER BY sequence
