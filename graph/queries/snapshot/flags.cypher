// Which risk flags count at the moment, on what?
MATCH (flag:RiskFlag)-[claim:FLAGS]->(subject:Entity)
WHERE flag.raisedOn <= $asOf AND coalesce($asOf < flag.resolvedOn, true)
  AND flag.recordedAt <= $knownAt
  AND claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
WITH flag, subject ORDER BY flag.key, subject.key
RETURN collect([flag.key, subject.key, flag.kind, flag.severity]) AS rows
ORDER BY size(rows)
