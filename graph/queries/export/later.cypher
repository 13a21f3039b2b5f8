// Which is the first entry of the change log that was recorded after this instant?
MATCH (change:Change)
WHERE change.sequence > 0 AND change.recordedAt > $by
RETURN min(change.sequence) AS sequence
ORDER BY sequence
