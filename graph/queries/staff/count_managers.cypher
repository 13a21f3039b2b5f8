// How many account managers are there, counted up to a bound?
CALL () {
  MATCH (manager:AccountManager)
  WHERE manager.searchName >= ''
  AND manager.recordedAt <= $knownAt
  AND ($active IS NULL OR manager.active = $active)
  AND ($national IS NULL OR coalesce(manager.national, false) = $national)
  AND ($centers IS NULL OR EXISTS {
    MATCH (manager)-[member:MEMBER_OF]->(center:Center)
    WHERE center.code IN $centers
      AND member.validFrom <= $asOf AND $asOf < member.validTo
      AND member.recordedAt <= $knownAt AND $knownAt < member.recordedTo
  })
  RETURN manager LIMIT $most
}
RETURN count(manager) AS total
ORDER BY total
