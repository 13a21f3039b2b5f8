// Which strategies are there, soonest review first?
MATCH (strategy:Strategy)
WHERE strategy.reviewSort >= date('0001-01-01') AND strategy.key IS NOT NULL
  AND strategy.recordedAt <= $knownAt AND strategy.startsOn <= $asOf
  AND ($reachesAll OR $seen[strategy.key])
  AND ($statuses IS NULL
    OR CASE WHEN strategy.endedOn > $asOf THEN 'ACTIVE' ELSE strategy.status END IN $statuses)
  AND ($disciplines IS NULL OR EXISTS {
      MATCH (strategy)-[handled:HANDLED_BY]->(discipline:Discipline)
      WHERE discipline.code IN $disciplines
        AND handled.validFrom <= $asOf AND $asOf < handled.validTo
        AND handled.recordedAt <= $knownAt AND $knownAt < handled.recordedTo
    })
WITH strategy ORDER BY strategy.reviewSort, strategy.key LIMIT $limit
RETURN collect(strategy {.*, recordedAt: null, labels: labels(strategy)}) AS rows
ORDER BY size(rows)
