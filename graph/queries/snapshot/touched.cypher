// Which things, and were flags, changed between two places of the log?
MATCH (change:Change)
WHERE $after < change.sequence AND change.sequence <= $upTo
  // What was derived changes no fact.
  AND NOT change.kind IN ['RISK_RATING_CHANGED', 'BLOCKED_STATUS_CHANGED', 'SEGMENT_CHANGED']
RETURN collect(DISTINCT change.subject) AS keys,
  count(CASE WHEN change.relationshipType = 'FLAGS' OR change.kind STARTS WITH 'RISK_FLAG' THEN 1 END)
    AS flags
ORDER BY flags
