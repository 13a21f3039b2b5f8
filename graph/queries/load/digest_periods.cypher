// What do the figures of accounts say and whose are they, a page in key order?
MATCH (thing:PerformancePeriod)
WHERE thing.key > $after
WITH thing
ORDER BY thing.key
LIMIT $limit
OPTIONAL MATCH (thing)-[claim]->(end)
WITH thing, claim, end
ORDER BY thing.key, end.key, claim.id
RETURN thing.key AS place, labels(thing) AS labels, thing {.*} AS properties,
  collect({type: type(claim), end: end.key, properties: claim {.*}}) AS claims
ORDER BY place
