// Which direct ownership claims hold at the moment, in the order of their ids, after this one?
MATCH (start:Party)-[claim:OWNS]->(end:Organization)
WHERE claim.id > $after
  AND claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  AND coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
WITH start, claim, end ORDER BY claim.id LIMIT $limit
RETURN collect([claim.id, 'OWNS', start.key, end.key, claim.minShare, claim.maxShare,
  coalesce(claim.disclosed, true), claim.interest, claim.source,
  CASE WHEN start:Person THEN 'Person' WHEN start:Unspecified THEN 'Unspecified'
    ELSE 'Organization' END, 'Organization']) AS rows
ORDER BY size(rows)
