// Which changes follow this place in the log?
MATCH (change:Change)
WHERE change.sequence > $after AND change.sequence < $before
  AND ($kinds IS NULL OR change.kind IN $kinds)
  AND ($accounts IS NULL OR change.account IN $accounts)
  AND ($subjects IS NULL OR change.subject IN $subjects)
  AND ($centers IS NULL OR change.center IN $centers)
  AND ($managers IS NULL OR change.manager IN $managers)
  AND ($types IS NULL OR change.relationshipType IN $types)
  AND ($ratings IS NULL OR change.rating IN $ratings)
  AND ($recordedFrom IS NULL OR change.recordedAt >= $recordedFrom)
  AND ($recordedTo IS NULL OR change.recordedAt < $recordedTo)
WITH change ORDER BY change.sequence LIMIT $limit
RETURN collect(change {.*, recordedAt: toString(change.recordedAt)}) AS rows
ORDER BY size(rows)
