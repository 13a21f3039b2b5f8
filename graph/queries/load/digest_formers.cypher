// What did things say before they were changed, a page in key order?
MATCH (thing:Former)
WHERE thing.key > $after
WITH thing
ORDER BY thing.key
LIMIT $limit
RETURN thing.key AS place, labels(thing) AS labels, thing {.*} AS properties
ORDER BY place
