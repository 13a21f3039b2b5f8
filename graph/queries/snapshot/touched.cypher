// Which things, and were flags, changed between two places of the log?
MATCH (change:Change)
WHERE $after < change.sequence AND change.sequence <= $upTo
RETURN collect(DISTINCT change.subject) AS keys,
  count(CASE WHEN change.relationshipType = 'FLAGS' OR change.kind STARTS WITH 'RISK_FLAG' THEN 1 END)
    AS flags
ORDER BY flags
