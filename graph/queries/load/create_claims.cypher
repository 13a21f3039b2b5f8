// Record these claims between things that are there.
UNWIND $rows AS row
OPTIONAL MATCH (entity:Entity {key: row.start})
OPTIONAL MATCH (period:PerformancePeriod {key: row.start})
OPTIONAL MATCH (end:Entity {key: row.end})
WITH row, coalesce(entity, period) AS start, end
CREATE (start)-[claim:$(row.type)]->(end)
SET claim = row.properties, claim.recordedAt = $at, claim.recordedTo = $open
