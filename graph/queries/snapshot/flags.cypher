// Which risk flags are on record at the moment, on what? Their days are looked at afterwards.
MATCH (flag:RiskFlag)-[claim:FLAGS]->(subject:Entity)
WHERE flag.recordedAt <= $knownAt
  AND claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
WITH flag, subject ORDER BY flag.key, subject.key
RETURN collect([flag {.key, .kind, .severity, .changedAt, raisedOn: toString(flag.raisedOn),
  resolvedOn: toString(flag.resolvedOn)}, subject.key]) AS rows
ORDER BY size(rows)
