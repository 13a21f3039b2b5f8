// What do the things that relationships join say, a page in key order?
MATCH (thing:Entity)
WHERE thing.key > $after
WITH thing
ORDER BY thing.key
LIMIT $limit
RETURN thing.key AS place, labels(thing) AS labels, thing {.*} AS properties
ORDER BY place
