// What did each of these things say at an instant before it was changed?
UNWIND $keys AS key
MATCH (former:Former {of: key})
WHERE former.recordedAt <= $at AND $at < former.recordedTo
RETURN key, former {.*} AS former
ORDER BY key, former.version
