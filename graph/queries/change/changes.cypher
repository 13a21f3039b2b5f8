// Which change has each of these numbers?
UNWIND $sequences AS sequence
MATCH (change:Change {sequence: sequence})
WHERE $veiledChanges[change.kind] IS NULL
  AND $veiledTypes[change.relationshipType] IS NULL
  AND $veiledKinds[split(change.subject, ':')[0]] IS NULL
  AND ($reachesAll OR CASE WHEN change.account IS NOT NULL THEN $reach[change.account]
      ELSE coalesce(NOT change.relationshipType IN ['HOLDS', 'SHARES'], true)
        AND (split(change.subject, ':')[0] IN ['Party', 'AccountManager', 'Specialist', 'Center',
          'Discipline', 'Port', 'HtsChapter', 'RiskPolicy', 'RiskSegment'] OR $seen[change.subject]) END)
RETURN sequence, change {.*, recordedAt: toString(change.recordedAt)} AS change
ORDER BY sequence
