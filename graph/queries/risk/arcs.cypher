// Which relationships of these types hold at the moment, in pieces of a thousand?
MATCH (start:Entity)-[claim:OWNS|GRANTED_POA|SHARES|HOLDS|IDENTIFIES|CONTROLS|OFFICER_OF|SUCCESSOR_OF|NOMINEE_FOR]->(end:Entity)
WHERE type(claim) IN $types
  AND claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  AND coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
WITH collect([type(claim), start.key, end.key, claim.minShare, claim.maxShare]) AS rows
UNWIND range(0, size(rows) - 1, 1000) AS place
RETURN rows[place..place + 1000] AS rows
ORDER BY place
