// At which instant was the last entry of the change log recorded?
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN toString(log.at) AS at
ORDER BY at
