// Which flags of these kinds count at the moment, on which parties?
MATCH (flag:RiskFlag)-[claim:FLAGS]->(subject:Party)
WHERE flag.kind IN $kinds
  AND flag.raisedOn <= $asOf AND coalesce($asOf < flag.resolvedOn, true)
  AND flag.recordedAt <= $knownAt
  AND claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
WITH flag, subject ORDER BY flag.key, subject.key
RETURN collect([flag.key, subject.key]) AS rows
ORDER BY size(rows)
