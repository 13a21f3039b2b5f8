// Which direct shares in these hold at the moment, and for whom do those stand as nominees?
CALL () {
  UNWIND $keys AS key
  MATCH (end:Entity {key: key})
  MATCH (start:Party)-[claim:OWNS]->(end)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
  RETURN start, claim, end
  UNION ALL
  UNWIND $nominees AS key
  MATCH (start:Entity {key: key})
  MATCH (start)-[claim:NOMINEE_FOR]->(end:Party)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  RETURN start, claim, end
}
WITH start, claim, end ORDER BY claim.id LIMIT $limit
RETURN collect([claim.id, type(claim), start.key, end.key, coalesce(claim.minShare, 0),
  coalesce(claim.maxShare, 0), coalesce(claim.disclosed, true), claim.interest, claim.source,
  CASE WHEN start:Person THEN 'Person' WHEN start:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END,
  CASE WHEN end:Person THEN 'Person' WHEN end:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END]) AS rows
ORDER BY size(rows)
