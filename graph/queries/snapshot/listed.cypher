// Which flags are on record at the moment, on which parties? Their days are looked at afterwards.
MATCH (flag:RiskFlag)-[claim:FLAGS]->(subject:Party)
WHERE flag.recordedAt <= $knownAt
  AND claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
WITH flag, subject ORDER BY flag.key, subject.key
RETURN collect([flag {.key, .kind, .severity, .changedAt, raisedOn: toString(flag.raisedOn),
  resolvedOn: toString(flag.resolvedOn)}, subject.key]) AS rows
ORDER BY size(rows)
