// Which direct shares do these hold at the moment, and who stands as a nominee for them?
UNWIND $keys AS key
MATCH (party:Entity {key: key})
CALL (party) {
  MATCH (party)-[claim:OWNS]->(end:Organization)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
  RETURN party AS start, claim, end
  UNION ALL
  MATCH (start:Party)-[claim:NOMINEE_FOR]->(party)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  RETURN start, claim, party AS end
}
WITH start, claim, end ORDER BY claim.id LIMIT $limit
RETURN collect([claim.id, type(claim), start.key, end.key, coalesce(claim.minShare, 0),
  coalesce(claim.maxShare, 0), coalesce(claim.disclosed, true), claim.interest, claim.source,
  CASE WHEN start:Person THEN 'Person' WHEN start:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END,
  CASE WHEN end:Person THEN 'Person' WHEN end:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END]) AS rows
ORDER BY size(rows)
