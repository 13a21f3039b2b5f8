// What does each entry between two places of the log put on record, and take off it?
MATCH (change:Change)
WHERE $after < change.sequence AND change.sequence <= $upTo
WITH change ORDER BY change.sequence
RETURN collect([change.sequence, change.kind, change.unit, change.recordedAt, change.subject,
  change.relationshipType, change.opened, change.closed, change.version, change.rules]) AS rows
ORDER BY size(rows)
