// By which name does the change log go on, so that whoever followed it before is told of a gap?
MATCH (log:ChangeLog {id: 'changes'})
SET log.incarnation = $incarnation
RETURN log.incarnation AS incarnation
ORDER BY incarnation
