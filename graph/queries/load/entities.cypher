// Which of these things that relationships join are there already, and are they as last written?
UNWIND $rows AS row
MATCH (thing:Entity {key: row.key})
RETURN row.number AS number, elementId(thing) AS node, labels(thing) AS labels,
  coalesce(thing.digest = row.digest, false) AS same
ORDER BY number
