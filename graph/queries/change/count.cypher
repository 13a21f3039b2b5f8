// How many changes match, counted up to a bound?
CALL () {
  MATCH (change:Change)
  WHERE change.sequence > 0
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
  RETURN change LIMIT $most
}
RETURN count(change) AS total
ORDER BY total
