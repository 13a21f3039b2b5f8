// Which open flags and issues and which strategies not ended are about these accounts?
UNWIND $keys AS key
MATCH (account:Entity {key: key})<-[claim:FLAGS|CONCERNS]-(thing)
WHERE claim.recordedTo = $open AND claim.validTo = date('9999-12-31')
  AND thing.resolvedOn IS NULL AND thing.closedOn IS NULL AND thing.endedOn IS NULL
RETURN claim.claim AS claim, type(claim) AS type, thing.key AS start, key AS end,
  claim.version AS version, claim {.*} AS standing
ORDER BY type, start, end, claim
