// What do the relationships from a page of things say, by the key of where they start?
MATCH (start:Entity)
WHERE start.key > $after
WITH start
ORDER BY start.key
LIMIT $limit
OPTIONAL MATCH (start)-[claim]->(end)
WITH start, claim, end
ORDER BY start.key, type(claim), end.key, claim.id
RETURN start.key AS place,
  collect({type: type(claim), end: end.key, properties: claim {.*}}) AS claims
ORDER BY place
