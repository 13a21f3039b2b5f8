// Which changes precede this place in the log?
MATCH (change:Change)
WHERE change.sequence > $after AND change.sequence < $before
  AND $veiledChanges[change.kind] IS NULL
  AND $veiledTypes[change.relationshipType] IS NULL
  AND $veiledKinds[split(change.subject, ':')[0]] IS NULL
  AND ($reachesAll OR CASE WHEN change.account IS NOT NULL THEN $reach[change.account]
      ELSE coalesce(NOT change.relationshipType IN ['HOLDS', 'SHARES'], true)
        AND (split(change.subject, ':')[0] IN ['Party', 'AccountManager', 'Specialist', 'Center',
          'Discipline', 'Port', 'HtsChapter', 'RiskPolicy', 'RiskSegment'] OR $seen[change.subject]) END)
  AND ($kinds IS NULL OR change.kind IN $kinds)
  AND ($accounts IS NULL OR change.account IN $accounts)
  AND ($subjects IS NULL OR change.subject IN $subjects)
  AND ($centers IS NULL OR change.center IN $centers)
  AND ($managers IS NULL OR change.manager IN $managers)
  AND ($types IS NULL OR change.relationshipType IN $types)
  AND ($ratings IS NULL OR change.rating IN $ratings)
  AND ($recordedFrom IS NULL OR change.recordedAt >= $recordedFrom)
  AND ($recordedTo IS NULL OR change.recordedAt < $recordedTo)
WITH change ORDER BY change.sequence DESC LIMIT $limit
WITH collect(change {.*, recordedAt: toString(change.recordedAt)}) AS rows
// After the entries: where some have been pruned meanwhile, the log says so by now.
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN rows, log.incarnation AS incarnation, coalesce(log.sequence, 0) AS sequence,
  coalesce(log.earliest, 1) AS earliest
ORDER BY sequence
