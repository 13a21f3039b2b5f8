// Which change has each of these numbers?
UNWIND $sequences AS sequence
MATCH (change:Change {sequence: sequence})
RETURN sequence, change {.*, recordedAt: toString(change.recordedAt)} AS change
ORDER BY sequence
