// How many nodes are there?
MATCH (thing)
RETURN count(thing) AS number
ORDER BY number
