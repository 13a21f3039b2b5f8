// Where do these claims begin and end, how does each stand now, and what did its recorder say last?
UNWIND $rows AS row
OPTIONAL MATCH (entity:Entity {key: row.start})
OPTIONAL MATCH (period:PerformancePeriod {key: row.start})
OPTIONAL MATCH (end:Entity {key: row.end})
WITH row, coalesce(entity, period) AS start, end
OPTIONAL MATCH (start)-[said]->(end)
WHERE said.claim = row.claim
WITH row, start, end, said
ORDER BY row.number, said.version
WITH row, start, end, collect(said) AS versions
WITH row, start, end, versions, [v IN versions WHERE v.recordedTo = $open][-1] AS standing
RETURN row.number AS number,
  elementId(start) AS start, labels(start) AS startLabels,
  elementId(end) AS end, labels(end) AS endLabels, end.active AS active,
  elementId(standing) AS standing, standing.digest AS digest, standing.source AS source,
  versions[-1].version AS version,
  [v IN versions WHERE v.recordedBy = row.by][-1].digest AS told
ORDER BY number
