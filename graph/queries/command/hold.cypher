// What do these things say, now that nobody else may change them?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
WITH DISTINCT thing
ORDER BY thing.key
SET thing._lock = true
REMOVE thing._lock
RETURN thing.key AS key, labels(thing) AS labels, thing {.*} AS properties
ORDER BY key
