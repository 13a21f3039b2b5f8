// What does each risk flag say, and on what is it raised, whatever the day?
MATCH (flag:RiskFlag)
WITH flag, [(flag)-[claim:FLAGS]->(subject) WHERE claim.recordedTo = $open
  | [claim.id, subject.key, claim.validFrom, claim.validTo]] AS claims
ORDER BY flag.key
RETURN collect([flag.key, flag.kind, flag.severity, flag.raisedOn, flag.resolvedOn, claims]) AS rows
ORDER BY size(rows)
