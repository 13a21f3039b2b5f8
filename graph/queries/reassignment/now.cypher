// Who manages each of these accounts first, and at which Center is it?
UNWIND $keys AS key
MATCH (account:Entity {key: key})
RETURN key,
  head(COLLECT {
    MATCH (account)-[m:MANAGED_BY {role: 'PRIMARY'}]->(manager:AccountManager)
    WHERE m.validFrom <= $asOf AND $asOf < m.validTo
      AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
    RETURN manager.key ORDER BY manager.key LIMIT 1
  }) AS manager,
  head(COLLECT {
    MATCH (account)-[a:ASSIGNED_TO]->(center:Center)
    WHERE a.validFrom <= $asOf AND $asOf < a.validTo
      AND a.recordedAt <= $knownAt AND $knownAt < a.recordedTo
    RETURN center.key ORDER BY center.key LIMIT 1
  }) AS center
ORDER BY key
