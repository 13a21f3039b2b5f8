// What is claimed of these nodes that only one may be at a time?
UNWIND $keys AS key
MATCH (node:Entity {key: key})-[claim:IDENTIFIES|MANAGED_BY|MEMBER_OF|ASSIGNED_TO]->(other)
WHERE claim.recordedTo = $open
RETURN key, type(claim) AS type, other.key AS other, claim.claim AS claim, claim.role AS role,
  claim.validFrom AS validFrom, claim.validTo AS validTo
ORDER BY key, claim
