// Which risk flags count at the moment, on what, in pieces of a thousand?
MATCH (flag:RiskFlag)-[claim:FLAGS]->(subject:Entity)
WHERE flag.raisedOn <= $asOf AND coalesce($asOf < flag.resolvedOn, true)
  AND flag.recordedAt <= $knownAt
  AND claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
WITH collect([subject.key, flag.kind, flag.severity]) AS rows
UNWIND range(0, size(rows) - 1, 1000) AS place
RETURN rows[place..place + 1000] AS rows
ORDER BY place
