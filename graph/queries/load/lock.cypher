// Let nobody else change these nodes until this unit of work ends; taken in key order.
UNWIND $nodes AS node
MATCH (thing)
WHERE elementId(thing) = node
WITH DISTINCT thing
ORDER BY thing.key
SET thing._lock = true
REMOVE thing._lock
RETURN count(thing) AS locked
