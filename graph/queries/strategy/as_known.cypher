// Which strategies were there as they were known at an earlier instant, soonest review first?
// What was changed since says here what it said then, so no index has that order.
MATCH (strategy:Strategy)
WHERE strategy.recordedAt <= $knownAt
  AND ($reachesAll OR $seen[strategy.key])
  AND ($disciplines IS NULL OR EXISTS {
      MATCH (strategy)-[handled:HANDLED_BY]->(discipline:Discipline)
      WHERE discipline.code IN $disciplines
        AND handled.validFrom <= $asOf AND $asOf < handled.validTo
        AND handled.recordedAt <= $knownAt AND $knownAt < handled.recordedTo
    })
WITH strategy, coalesce(CASE WHEN strategy.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: strategy.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, strategy) AS said
WHERE said.startsOn <= $asOf
  AND ($statuses IS NULL
    OR CASE WHEN said.endedOn > $asOf THEN 'ACTIVE' ELSE said.status END IN $statuses)
WITH strategy, said ORDER BY said.reviewSort, strategy.key LIMIT $limit
RETURN collect(strategy {.*, recordedAt: null, labels: labels(strategy)}) AS rows
ORDER BY size(rows)
