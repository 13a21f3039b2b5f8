// Which changes recorded these versions of claims between two instants, oldest first?
UNWIND $ids AS id
MATCH (change:Change {relationship: id})
WHERE $fromKnownAt < change.recordedAt AND change.recordedAt <= $toKnownAt
  AND $veiledChanges[change.kind] IS NULL
  AND $veiledTypes[change.relationshipType] IS NULL
  AND ($reachesAll OR CASE WHEN change.account IS NOT NULL THEN $reach[change.account]
      ELSE coalesce(NOT change.relationshipType IN ['HOLDS', 'SHARES'], true)
        AND (split(change.subject, ':')[0] IN ['Party', 'AccountManager', 'Specialist', 'Center',
          'Discipline', 'Port', 'HtsChapter', 'RiskPolicy', 'RiskSegment'] OR $seen[change.subject]) END)
WITH id, change ORDER BY id, change.sequence
RETURN id, collect(change {.*, recordedAt: toString(change.recordedAt)})[..$most] AS changes
ORDER BY id
