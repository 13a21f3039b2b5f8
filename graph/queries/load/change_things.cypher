// Give these things other properties, keeping what they said; null ones are removed, others stay. Which version is it now?
UNWIND $rows AS row
MATCH (thing)
WHERE elementId(thing) = row.node
CALL (thing) {
  WITH thing WHERE thing.recordedAt IS NOT NULL
  CREATE (former:Former)
  SET former = properties(thing), former.of = thing.key,
    former.key = thing.key + '@' + toString(coalesce(thing.version, 1)),
    former.recordedAt = coalesce(thing.changedAt, thing.recordedAt), former.recordedTo = $at,
    thing.changedAt = $at
}
SET thing += row.properties
SET thing.digest = coalesce(row.digest, thing.digest), thing.version = coalesce(thing.version, 1) + 1
RETURN thing.key AS key, thing.version AS version
ORDER BY key
