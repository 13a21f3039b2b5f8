// Create these things, each with its labels.
UNWIND $rows AS row
CREATE (thing:$(row.labels))
SET thing = row.properties, thing.recordedAt = CASE WHEN row.dated THEN $at END
