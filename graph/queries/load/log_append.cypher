// Append these entries to the log.
UNWIND $rows AS row
CREATE (change:Change)
SET change = row, change.recordedAt = $at
