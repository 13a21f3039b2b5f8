// Who is a nominee for whom at the moment, in the order of the claims' ids, after this one?
MATCH (start:Party)-[claim:NOMINEE_FOR]->(end:Party)
WHERE claim.id > $after
  AND claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
WITH start, claim, end ORDER BY claim.id LIMIT $limit
RETURN collect([claim.id, 'NOMINEE_FOR', start.key, end.key, 0, 0, true, null, claim.source,
  CASE WHEN start:Person THEN 'Person' WHEN start:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END,
  CASE WHEN end:Person THEN 'Person' WHEN end:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END]) AS rows
ORDER BY size(rows)
