// Which change has each of these numbers?
UNWIND $sequences AS sequence
MATCH (change:Change {sequence: sequence})
WHERE ($reachesAll OR CASE WHEN change.account IS NOT NULL THEN change.account IN $reach
      ELSE coalesce(NOT change.relationshipType IN ['HOLDS', 'SHARES'], true)
        AND (split(change.subject, ':')[0] IN ['Party', 'AccountManager', 'Specialist', 'Center',
          'Discipline', 'Port', 'HtsChapter', 'RiskPolicy', 'RiskSegment'] OR change.subject IN $seen) END)
RETURN sequence, change {.*, recordedAt: toString(change.recordedAt)} AS change
ORDER BY sequence
