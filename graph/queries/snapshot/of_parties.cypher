// Which ownership and nominee claims of these parties hold at the moment?
UNWIND $keys AS key
MATCH (start:Entity {key: key})-[claim:OWNS|NOMINEE_FOR]->(end:Party)
WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  AND coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
WITH start, claim, end ORDER BY claim.id
RETURN collect([claim.id, type(claim), start.key, end.key, coalesce(claim.minShare, 0),
  coalesce(claim.maxShare, 0), coalesce(claim.disclosed, true), claim.interest, claim.source,
  CASE WHEN start:Person THEN 'Person' WHEN start:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END,
  CASE WHEN end:Person THEN 'Person' WHEN end:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END]) AS rows
ORDER BY size(rows)
