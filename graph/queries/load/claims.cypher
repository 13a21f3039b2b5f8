// Where do these claims begin and end, and how does each of them stand now?
UNWIND $rows AS row
OPTIONAL MATCH (entity:Entity {key: row.start})
OPTIONAL MATCH (period:PerformancePeriod {key: row.start})
OPTIONAL MATCH (end:Entity {key: row.end})
WITH row, coalesce(entity, period) AS start, end
OPTIONAL MATCH (start)-[standing]->(end)
WHERE standing.claim = row.claim AND standing.recordedTo = $open
RETURN row.number AS number,
  elementId(start) AS start, labels(start) AS startLabels,
  elementId(end) AS end, labels(end) AS endLabels, end.active AS active,
  elementId(standing) AS standing, standing.digest AS digest, standing.version AS version
ORDER BY number
