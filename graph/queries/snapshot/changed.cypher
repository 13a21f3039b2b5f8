// Whose claims of these types, and which flags, were changed between two places of the log?
MATCH (change:Change)
WHERE $after < change.sequence AND change.sequence <= $upTo
RETURN collect(DISTINCT CASE WHEN change.relationshipType IN $types THEN change.subject END) AS keys,
  count(CASE WHEN change.relationshipType = 'FLAGS' OR change.kind STARTS WITH 'RISK_FLAG' THEN 1 END)
    AS flags
ORDER BY flags
