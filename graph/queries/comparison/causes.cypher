// Which changes recorded these versions of claims between two instants, oldest first?
UNWIND $ids AS id
MATCH (change:Change {relationship: id})
WHERE $fromKnownAt < change.recordedAt AND change.recordedAt <= $toKnownAt
WITH id, change ORDER BY id, change.sequence
RETURN id, collect(change {.*, recordedAt: toString(change.recordedAt)})[..$most] AS changes
ORDER BY id
