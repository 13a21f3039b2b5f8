// What do these things say, now that nobody else may change them?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
WITH DISTINCT thing
ORDER BY thing.key
SET thing._lock = true
REMOVE thing._lock
WITH thing
// After the locks: whatever was recorded of these things is in the log by now.
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN thing.key AS key, labels(thing) AS labels, thing {.*} AS properties,
  toString(log.at) AS last
ORDER BY key
