// Which account managers were there as they were known at an earlier instant, by name?
// What was changed since says here what it said then, so no index has that order.
MATCH (manager:AccountManager)
WHERE manager.recordedAt <= $knownAt
  AND ($centers IS NULL OR EXISTS {
    MATCH (manager)-[member:MEMBER_OF]->(center:Center)
    WHERE center.code IN $centers
      AND member.validFrom <= $asOf AND $asOf < member.validTo
      AND member.recordedAt <= $knownAt AND $knownAt < member.recordedTo
  })
WITH manager, coalesce(CASE WHEN manager.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: manager.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, manager) AS said
WHERE ($active IS NULL OR said.active = $active)
  AND ($national IS NULL OR coalesce(said.national, false) = $national)
WITH manager, [said.searchName, manager.key] AS sort
ORDER BY sort
WITH collect({manager: manager, sort: sort}) AS found
WITH size(found) AS total, [row IN found
  WHERE ($after IS NULL OR row.sort > $after) AND ($before IS NULL OR row.sort < $before)] AS open
WITH total, CASE WHEN $backward THEN open[-$limit..] ELSE open[..$limit] END AS page
RETURN total, COLLECT {
  UNWIND page AS row
  WITH row.manager AS manager, row.sort AS sort
  RETURN [null, manager {.*, recordedAt: null, labels: labels(manager)}, sort]
} AS rows
ORDER BY total
