// Which account managers follow this one by name?
MATCH (manager:AccountManager)
WHERE manager.searchName >= $name AND manager.key IS NOT NULL
  AND (manager.searchName > $name OR manager.key > $key)
  AND manager.recordedAt <= $knownAt
  AND ($active IS NULL OR manager.active = $active)
  AND ($national IS NULL OR coalesce(manager.national, false) = $national)
  AND ($centers IS NULL OR EXISTS {
    MATCH (manager)-[member:MEMBER_OF]->(center:Center)
    WHERE center.code IN $centers
      AND member.validFrom <= $asOf AND $asOf < member.validTo
      AND member.recordedAt <= $knownAt AND $knownAt < member.recordedTo
  })
WITH manager ORDER BY manager.searchName, manager.key LIMIT $limit
RETURN collect([null, manager {.*, recordedAt: null, labels: labels(manager)}, [manager.searchName, manager.key]])
  AS rows
ORDER BY size(rows)
