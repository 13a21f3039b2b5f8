// End these claims' time in the record: others replace them. What did they say?
UNWIND $rows AS row
MATCH ()-[claim]->()
WHERE elementId(claim) = row.standing
SET claim.supersededBy = row.by,
  claim.recordedTo = CASE WHEN claim.recordedAt > $at THEN claim.recordedAt ELSE $at END
RETURN claim.claim AS claim, claim {.*} AS before
ORDER BY claim
